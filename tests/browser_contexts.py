"""Browser contexts that tests take in turn: to open one takes half a second."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext

_FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"


class ContextPool:
    """Contexts by their options; each comes back as it was when it was new."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[BrowserContext]] = {}

    def take(self, **options: Any) -> tuple[str, BrowserContext]:
        """A context that nobody else has, and what to give it back under."""
        key = repr(sorted(options.items()))
        free = self._free.get(key)
        return key, free.pop() if free else self._browser.new_context(**options)

    def give_back(self, key: str, context: BrowserContext) -> None:
        """Close its pages and forget what it has stored."""
        for page in context.pages:
            # Without scripts nothing is stored, and other pages have no storage.
            if page.url.startswith("http") and "java_script_enabled" not in key:
                page.evaluate(_FORGET)
            page.close()
        context.clear_cookies()
        self._free.setdefault(key, []).append(context)
