"""HTML in a text: whether there is any, and the text that a reader would see of it."""

import html
import re
from html.parser import HTMLParser
from typing import Final

# Elements of HTML; «<السيد>» and "a < b" are text.
_TAG_RE: Final = re.compile(
    r"</?(?:a|abbr|article|b|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|"
    r"fig(?:ure|caption)|font|footer|h[1-6]|header|hr|i|iframe|img|ins|li|link|main|mark|"
    r"meta|nav|noscript|ol|p|pre|q|s|script|section|small|span|strong|style|sub|sup|"
    r"table|tbody|td|tfoot|th|thead|time|tr|u|ul|video|wbr)\b[^<>]*>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
_ENTITY_RE: Final = re.compile(
    r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.I
)
_BLOCKS: Final = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "details"}
    | {"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1"}
    | {"h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"}
    | {"pre", "section", "table", "tr", "ul", "title"}
)
_HIDDEN: Final = frozenset(
    {"script", "style", "noscript", "template", "iframe", "svg", "object", "head"}
)
_BLANKS_RE: Final = re.compile(r"[ \t\r\f\v\u00a0]+")
_LINES_RE: Final = re.compile(r"\s*\n\s*")
_PARAGRAPHS_RE: Final = re.compile(r"\s*\n[ \t]*\n\s*")
PARAGRAPH: Final = "\n\n"


def has_tags(text: str) -> bool:
    """Whether the text has elements of HTML.

    >>> has_tags("<p>نص</p>"), has_tags("قال <السيد> و a < b")
    (True, False)
    """
    return "<" in text and _TAG_RE.search(text) is not None


def has_entities(text: str) -> bool:
    """Whether the text has character references.

    >>> has_entities("&quot;البصرة&quot;"), has_entities("R&D; AT&T")
    (True, False)
    """
    if "&" not in text:
        return False
    return any(html.unescape(match) != match for match in _ENTITY_RE.findall(text))


def unescape(text: str) -> str:
    """The text with its character references replaced.

    >>> unescape("رسالة &#8220;البصرة&#8221;&nbsp;")
    'رسالة “البصرة” '
    """
    return html.unescape(text).replace("\u00a0", " ")


def strip_markup(text: str) -> str:
    """The text of HTML, an empty line between paragraphs; scripts are no text.

    >>> strip_markup("<p>نص <b>الرسالة</b>&nbsp;هنا</p><p>ثم</p><script>x()</script>")
    'نص الرسالة هنا\\n\\nثم'
    """
    parser = _TextParser()
    parser.feed(text)
    parser.close()
    return parser.text()


class _TextParser(HTMLParser):
    """Gathers the text that is seen."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._hidden = 0
        self._preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _HIDDEN:
            self._hidden += 1
        self._preformatted += tag == "pre"
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        self._preformatted = max(0, self._preformatted - (tag == "pre"))
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        # Line ends of the source are blanks, but those of a text without elements.
        self._parts.append(data)

    def _break(self, tag: str) -> None:
        if self._hidden:
            return
        if tag == "br":
            self._parts.append("\n")
        elif tag in _BLOCKS:
            self._parts.append(PARAGRAPH)
        elif tag in {"td", "th"}:
            self._parts.append(" ")

    def text(self) -> str:
        joined = _BLANKS_RE.sub(" ", "".join(self._parts))
        paragraphs = _PARAGRAPHS_RE.split(joined.strip())
        return PARAGRAPH.join(
            _LINES_RE.sub("\n", paragraph) for paragraph in paragraphs if paragraph
        )
