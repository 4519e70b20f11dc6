"""A long text in parts: from one to the next, with a script and without."""

import re
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, ContextMaker
from tests.browser.test_pages import AXE_RULES
from tests.installed import Installed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_FILL = "from tests.browser.rivers import fill_long; print(json.dumps(fill_long()))"
NEXT, PREVIOUS = '[data-step="1"]', '[data-step="-1"]'
# Where each step leads from the first part without a hit, by part and hit.
STEPS = [
    (NEXT, None, 1),
    (NEXT, None, 2),
    (NEXT, None, 3),
    (NEXT, 3, 1),
    (NEXT, 3, 2),
    (NEXT, None, 1),
    (PREVIOUS, 3, 2),
    (PREVIOUS, 3, 1),
    (PREVIOUS, None, 3),
]


@pytest.fixture(scope="module")
def address(
    set_up: Installed, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of an article of three parts on a running site."""
    data_dir = tmp_path_factory.mktemp("parts") / "data"
    shutil.copytree(set_up.data_dir, data_dir)
    installed = Installed(data_dir)
    article = installed.run(_FILL)
    with installed.serve(workers=1) as server:
        yield f"{server.address}{article}"


def _follow(page: Page, step: str, part: int | None, hit: int) -> None:
    page.locator(step).click()
    expect(page).to_have_url(re.compile(rf"#hit-{hit}$"))
    expect(page).to_have_url(
        re.compile(f"[?&]part={part}[&#]" if part else r"^(?!.*part=)")
    )
    expect(page.locator("mark:target")).to_have_id(f"hit-{hit}")
    expect(page.locator("mark:target")).to_be_in_viewport()


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
class TestSteps:
    def test_hits_of_all_parts_are_gone_through(
        self, make_context: ContextMaker, address: str, has_script: bool
    ) -> None:
        # A click while the page still glides to the last hit would stop it.
        context = make_context(java_script_enabled=has_script, reduced_motion="reduce")
        page = context.new_page()
        page.goto(f"{address}?q=دجلة")
        for step, part, hit in STEPS:
            _follow(page, step, part, hit)

    def test_parts_are_gone_through(
        self, make_context: ContextMaker, address: str, has_script: bool
    ) -> None:
        page = make_context(java_script_enabled=has_script).new_page()
        page.goto(f"{address}?q=دجلة")
        for rel, number in (("next", 2), ("next", 3), ("prev", 2), ("prev", 1)):
            page.locator(f"a[rel={rel}]").last.click()
            expect(page.locator("#text")).to_contain_text(f"الجزء {number} من 3")
            expect(page.locator("#text")).to_be_in_viewport()
        expect(page).to_have_url(re.compile(r"q=[^&]+#text$"))


class TestPage:
    @pytest.mark.parametrize("language", ["ar", "en"])
    @pytest.mark.parametrize("width", [PHONE, DESKTOP])
    def test_nothing_is_wider_than_the_screen(
        self, make_context: ContextMaker, address: str, width: int, language: str
    ) -> None:
        page = make_context(width).new_page()
        page.goto(f"{address.replace('/ar/', f'/{language}/')}?q=دجلة&part=3")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for link in page.locator(".parts a").all():
            box = link.bounding_box()
            # The least size of a target in WCAG 2.2 AA.
            assert box and box["height"] >= 24 and box["width"] >= 24

    @pytest.mark.parametrize(("language", "scheme"), [("ar", "light"), ("en", "dark")])
    def test_page_passes_axe(
        self, make_context: ContextMaker, address: str, language: str, scheme: str
    ) -> None:
        page = make_context(PHONE, color_scheme=scheme).new_page()
        page.goto(f"{address.replace('/ar/', f'/{language}/')}?q=دجلة&part=3")
        report = Axe().run(page, options=AXE_RULES)
        assert report.violations_count == 0, report.generate_report()

    def test_print_names_the_part_and_leaves_the_links_out(
        self, make_context: ContextMaker, address: str
    ) -> None:
        page = make_context().new_page()
        page.goto(f"{address}?part=2")
        page.emulate_media(media="print")
        expect(page.locator("#text")).to_be_visible()
        expect(page.locator(".parts").first).to_be_hidden()
