"""Texts that run as scripts where a page does not escape them; parsing of pages."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urlsplit

# After the OWASP cheat sheet for filter evasion, in our own words.
PAYLOADS: Final = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    '" autofocus onfocus=alert(1) x="',
    "' onmouseover=alert(1) x='",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mtext><style><img src=x onerror=alert(1)></style>",
    "<mark>بغداد</mark><script>alert(1)</script>",
    "<a href=javascript:alert(1)>بغداد</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "<!--><script>alert(1)</script>-->",
    "]]><script>alert(1)</script>",
    "{{ 7|add:7 }}{% debug %}${7*7}",
    "\u202e<script>alert(1)</script>\u202c",
    "<scr\u0000ipt>alert(1)</script>".replace("\0", ""),
    "＜script＞alert(1)＜/script＞",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<form action=//evil.example><button>بغداد",
)
BAD_ADDRESSES: Final = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
)
SAFE_SCHEMES: Final = frozenset({"", "http", "https", "mailto"})
_LINKS: Final = frozenset({"href", "src", "action", "formaction", "content"})


@dataclass
class Anatomy(HTMLParser):
    """The elements of a page with the names of their attributes, and where it leads."""

    parts: set[tuple[str, str]] = field(default_factory=set)
    schemes: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.add((tag, ""))
        for name, value in attrs:
            self.parts.add((tag, name))
            if name in _LINKS - {"content"}:
                address = urlsplit((value or "").strip())
                self.schemes.add(address.scheme.lower())
                self.hosts.add(address.netloc)


def dissect(page: str) -> Anatomy:
    """The elements, attributes and links of a page, parsed as HTML."""
    anatomy = Anatomy()
    anatomy.feed(page)
    return anatomy
