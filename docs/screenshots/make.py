"""Takes screenshots from a throw-away site with the sample archive.

Run it from the project's folder, with Chromium installed. Without arguments it takes
those of the README; with ``--all`` every kind of page, whole, in both languages, light
and dark, at three widths, into a folder, to be looked at:

    .venv/bin/python docs/screenshots/make.py
    .venv/bin/python docs/screenshots/make.py --all /tmp/pages
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from urllib.error import URLError

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
BASE_DIR = HERE.parent.parent
sys.path.insert(0, str(BASE_DIR))

from tests import chromium_program  # noqa: E402

LANGUAGES = ("ar", "en")
WIDTHS = {1280: 860, 360: 740}
# Of pages that are only looked at: a tablet as well.
ALL_WIDTHS = {1280: 860, 768: 1024, 360: 740}
QUERY = "نهر دجلة"
# Name of the picture → address below the language.
PAGES = {"home": "", "results": f"search/?q={QUERY}"}
# Every kind of page for readers: name → address, and the link to follow from there.
PAGE_KINDS = {
    **{name: (path, "") for name, path in PAGES.items()},
    "about": ("about/", ""),
    "article": (f"search/?q={QUERY}", ".entry-title a"),
    "nothing": ("search/?q=قطارات&from=1999", ""),
    "refusal": ('search/?q="دجلة', ""),
    "facet": ("search/facets/actor/", ""),
    "help": ("search/help/", ""),
    "actors": ("actors/?order=articles", ""),
    "actor": ("actors/?order=articles", ".names a"),
    "topics": ("topics/", ""),
    "topic": ("topics/?order=articles", ".tree a"),
    "sources": ("sources/", ""),
    "source": ("sources/", ".browse-sources th a"),
    "coverage": ("coverage/", ""),
    "coverage-year": ("coverage/?period=1945", ""),
    "calendar": ("calendar/", ""),
    "year": ("calendar/", "a.tile"),
    "month": ("calendar/1945/", "a.tile"),
    "days": ("calendar/any-year/", ""),
    "day": ("calendar/any-year/", ".days-grid a"),
    "hijri": ("calendar/hijri/", ""),
    "hijri-year": ("calendar/hijri/", "a.tile"),
    "hijri-month": ("calendar/hijri/1364/", "a.tile"),
    "concordance": (f"search/concordance/?q={QUERY}", ""),
    "frequency": ("search/frequency/?q=دجلة&q=الفرات", ""),
    "compare": ("search/compare/?a.q=دجلة&b.q=الفرات", ""),
    "from-article": ("search/from-article/1/", ""),
    "many-searches": ("search/batch/", ""),
    "quotations": ("quotations/", ""),
    "basket": ("basket/", ""),
    "earlier-searches": ("search/history/", ""),
    "api": ("api/", ""),
    "not-found": ("nowhere/", ""),
    "dates-upside-down": ("search/?q=دجلة&from=1950&to=1940", ""),
    "login": ("login/", ""),
}
SCHEMES = ("light", "dark")
USER, PASSWORD = "editor", "only-for-screenshots"
PATIENCE = 60.0


@contextmanager
def serve() -> Iterator[str]:
    """The address of a site of its own; it and its data are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sijill-screenshots-") as folder:
        environment = os.environ | {
            "SIJILL_DATA_DIR": folder,
            "SECRET_KEY": PASSWORD * 5,
            "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        }
        for arguments in (
            ["migrate", "--verbosity=0"],
            ["createsuperuser", "--noinput", f"--username={USER}", "--email="],
            ["setup_site"],
        ):
            run = [sys.executable, "manage.py", *arguments]
            subprocess.run(run, cwd=BASE_DIR, env=environment, check=True)  # noqa: S603
        port = find_free_port()
        run = [sys.executable, "manage.py", "runserver", "--noreload", str(port)]
        server = subprocess.Popen(run, cwd=BASE_DIR, env=environment)  # noqa: S603
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait()


def find_free_port() -> int:
    """A port of this machine that nothing listens at."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_for(address: str) -> None:
    """Raises TimeoutError when nothing answers for a minute."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/ar/").close()  # noqa: S310
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"{address} does not answer.")


def take(page: Page, name: str) -> None:
    """Write the page, its fonts loaded, as ``name.png`` beside this file."""
    page.evaluate("document.fonts.ready")
    path = HERE / f"{name}.png"
    page.screenshot(path=path, scale="css")
    sys.stdout.write(f"{path.relative_to(BASE_DIR)}\n")


def take_all(browser: Browser, site: str) -> None:
    """Every page in every language and width, then the editors' desk."""
    for language in LANGUAGES:
        for width, height in WIDTHS.items():
            context = browser.new_context(viewport={"width": width, "height": height})
            page = context.new_page()
            root = f"{site}/{language}"
            for name, path in PAGES.items():
                page.goto(f"{root}/{path}")
                take(page, f"{name}-{language}-{width}")
            # The best hit, its words marked.
            page.locator(".entry-title a").first.click()
            take(page, f"article-{language}-{width}")
            page.goto(f"{root}/admin/login/?next=/{language}/admin/archive/article/")
            page.locator("#id_username").fill(USER)
            page.locator("#id_password").fill(PASSWORD)
            page.locator("[type=submit]").click()
            page.wait_for_url("**/admin/archive/article/")
            take(page, f"admin-{language}-{width}")
            context.close()


def take_page_kinds(browser: Browser, site: str, folder: Path) -> None:
    """Every kind of page, whole, as ``name-language-width-scheme.png`` in *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    for scheme, language in product(SCHEMES, LANGUAGES):
        for width, height in ALL_WIDTHS.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            page = context.new_page()
            for name, (path, link) in PAGE_KINDS.items():
                page.goto(f"{site}/{language}/{path}")
                if link:
                    page.locator(link).first.click()
                page.evaluate("document.fonts.ready")
                target = folder / f"{name}-{language}-{width}-{scheme}.png"
                page.screenshot(path=target, full_page=True, scale="css")
            context.close()
    sys.stdout.write(f"{len(list(folder.glob('*.png')))} pictures in {folder}\n")


def main() -> None:
    """Serve the sample and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument(
        "--all", type=Path, metavar="FOLDER", help="every kind of page, into FOLDER"
    )
    folder = parser.parse_args().all
    program = chromium_program.find()
    if program is None:
        raise SystemExit("No Chromium here: apt-get install chromium-headless-shell")
    with serve() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=chromium_program.ARGUMENTS
        )
        if folder:
            take_page_kinds(browser, site, folder)
        else:
            take_all(browser, site)
        browser.close()


if __name__ == "__main__":
    main()
