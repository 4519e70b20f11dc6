"""What stands in hostile requests: parameters, headers and bodies, as strategies."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from tests.search.query_texts import query_texts

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")

# What pages read, what forms of the site post, and keys that nobody reads.
_KEYS: Final = (
    *("q", "level", "from", "to", "sort", "page", "actor", "topic", "source"),
    *("contains", "period", "raw", "hit", "letter", "filter", "next", "language"),
    *("username", "password", "csrfmiddlewaretoken", "_popup", "format", "utm", ""),
    *("q[]", "q\x00", "ق", "__proto__", "page.", "[", "%"),
)
_CHOICES: Final = (
    "exact",
    "family",
    "root",
    "relevance",
    "newest",
    "oldest",
    "undated",
)
_NUMBERS: Final = (
    *("0", "1", "2", "3", "-1", "00", "+1", " 1", "1.5", "1e9", "0x10", "NaN", "inf"),
    *("²", "١٢", "۳", "④", "৫", "1_000", "999999999", "9999999999", "9" * 4_301),
    *(
        "2147483648",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551616",
    ),
)
_DATES: Final = (
    *("1923", "1923-02", "1923-02-03", "0000", "0001", "9999", "10000", "-1923"),
    *("1923-02-30", "1923-13", "9999-12-31", "0001-01-01", "19230203", "1923-W05"),
    *("شباط 1923", "٣ شباط ١٩٢٣", "14 رمضان 1445", "1 محرم 1", "30 ذو الحجة 9999 هـ"),
    *("1345 هـ", "0 هـ", "99999 هـ", "12/31/2018", "يوم", "1908..1910", "1990s", "199"),
)
_PIECES: Final = (
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "%s%n"),
    *("' OR 1=1 --", "'; DROP TABLE archive_article; --", "../../etc/passwd", "\\..\\"),
    *(
        "\x00",
        "a\x00b",
        "\r\nX-Injected: 1",
        "\ud800",
        "\udfff\ud800",
        "\ufeff",
        "\uffff",
    ),
    *(
        "\u202e\u2066",
        "\u0640" * 50,
        "ك" + "\u064e" * 300,
        "e" + "\u0301" * 300,
        "𝕬",
        "🕌",
    ),
    *(
        "*",
        "**",
        "?" * 30,
        "*ا*",
        "ا*",
        "*" * 500,
        "ا?" * 50,
        "\U0010ffff",
        "\U000e0001",
    ),
    *("ا~2", "ال*", "و*", "م* OR ن* OR ي*", "=ا*", "√ا", "=وال*ة", "-ا*", "√قول √كتب"),
    *("في من على إلى عن", '"في من"', '"من إلى على"~50', "title:ا*", "actor:*ن*"),
    *("(" * 200, ")" * 200, '"' * 301, "-" * 400, "NOT " * 100, "OR " * 100, "~" * 50),
    *("ب " * 400, "ا* " * 60, "كلمة~2 " * 40, "«" * 120, "title:" * 60, "1908.." * 80),
    *(
        "ن" * 10_000,
        "a" * 20_000,
        "٩" * 5_000,
        " " * 3_000,
        "%",
        "%zz",
        "%u0627",
        "&=;",
    ),
)


def _texts(known: Sequence[str]) -> st.SearchStrategy[str]:
    planes = st.text(st.characters(categories=None), max_size=30)
    pieces = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=3).map("".join)
    tables = st.sampled_from((*_CHOICES, *_NUMBERS, *_DATES))
    return st.one_of(query_texts(), tables, st.sampled_from(known), pieces, planes)


def _escaped(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


def _as_written(known: Sequence[str]) -> st.SearchStrategy[str]:
    """A value as it stands in an address: escaped well, badly, or not at all."""
    garbage = st.binary(max_size=12).map(quote_from_bytes)
    plain = st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF), max_size=20)
    broken = st.sampled_from(("%", "%2", "%zz", "%ED%A0%80", "%C0%80", "%FF", "+%2B+"))
    return st.one_of(
        *[_texts(known).map(_escaped)] * 4,
        st.one_of(garbage, broken, plain.filter(lambda text: "#" not in text)),
    )


def segments(known: Sequence[str]) -> st.SearchStrategy[str]:
    """A part of a path where an address has a variable one."""
    numbers = st.one_of(
        st.sampled_from(_NUMBERS).map(_escaped), st.integers(0, 13).map(str)
    )
    years = st.integers(0, 10_000).map(str)
    pages = st.sampled_from(known).map(_escaped)
    return st.one_of(pages, pages, pages, numbers, years, _as_written(known))


@st.composite
def parameters(draw: st.DrawFn, known: Sequence[str]) -> str:
    """What stands behind the question mark, or in a form that is posted."""
    keys = st.one_of(st.sampled_from(_KEYS).map(_escaped), _as_written(known))
    pair = st.tuples(keys, _as_written(known)).map("=".join)
    pairs = draw(st.lists(pair, max_size=6))
    if draw(st.integers(0, 40)) == 0:
        pairs *= draw(st.sampled_from((50, 400, 1_200)))
    return draw(st.sampled_from(("&", "&", "&", ";", "&&"))).join(pairs)


_HEADERS: Final = {
    "Host": ("localhost", "evil.example", "", "localhost:99999", "[::1", "a b", "ق"),
    "Accept-Language": (
        *("ar", "en;q=0.1,ar;q=NaN", "*", "ar-" + "x" * 4_000, "en," * 900, ";q=,,"),
        *("en;q=1e400", "x-\x80", "zh-Hant-TW;q=-1"),
    ),
    "Range": (
        "bytes=0-0",
        "bytes=-1",
        "bytes=9-1",
        "bytes=0-,0-,0-",
        "lines=1",
        "bytes=",
    ),
    "If-Modified-Since": (
        *("Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "now"),
        *("Thu, 99 Foo 0000 99:99:99 GMT", "Sat, 01 Jan 00000 00:00:00 GMT"),
    ),
    "If-None-Match": ("*", '"', 'W/"x"', '"' * 500),
    "If-Unmodified-Since": ("Thu, 01 Jan 1970 00:00:00 GMT", "-1"),
    "Cookie": (
        *(
            "sessionid=" + "a" * 32,
            "sessionid=\x00",
            "django_language=xx",
            "=;=;=",
            ";" * 900,
        ),
        *(
            "csrftoken=é",
            "messages=[[]]",
            'messages="[[\\"x\\"]]"',
            "sessionid=../../x",
        ),
        *("django_language=en; sessionid=" + "z" * 3_000, "a=" + "b" * 4_000),
    ),
    "Content-Type": (
        *("application/x-www-form-urlencoded", "multipart/form-data", "text/plain"),
        *(
            "multipart/form-data; boundary=" + "x" * 300,
            "multipart/form-data; boundary=b",
        ),
        *("application/x-www-form-urlencoded; charset=utf-7", "a/b; charset=nonesuch"),
        *(
            "application/json",
            "application/xml",
            ";",
            "multipart/form-data; boundary=é",
        ),
    ),
    "Accept": ("*/*", "application/json", "text/html;q=x", "," * 500),
    "Accept-Encoding": ("gzip", "br;q=0", "identity;q=0, *;q=0", "gzip;q=nonsense"),
    "Referer": ("http://localhost/", "javascript:alert(1)", "http://[", "é"),
    "Origin": ("null", "http://evil.example", "http://["),
    "X-Forwarded-For": ("1.2.3.4", "::1, 9.9.9.9", "not an address", "," * 300),
    "X-Forwarded-Host": ("evil.example",),
    "X-Forwarded-Proto": ("https", "http,https", "é"),
    "X-HTTP-Method-Override": ("DELETE",),
    "X-Requested-With": ("XMLHttpRequest",),
    "User-Agent": ("", "x" * 4_000, "é"),
    "Authorization": ("Basic !!!", "Bearer " + "x" * 2_000),
}


@st.composite
def headers(draw: st.DrawFn) -> tuple[tuple[str, str], ...]:
    """Names and values; each value can be written in Latin-1, none ends a line."""
    names = draw(st.lists(st.sampled_from(sorted(_HEADERS)), max_size=4, unique=True))
    noise = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF), max_size=40)
    return tuple(
        (name, draw(st.one_of(st.sampled_from(_HEADERS[name]), noise)).strip())
        for name in names
    )


_PART: Final = '--b\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n--b--\r\n'


def bodies(known: Sequence[str]) -> st.SearchStrategy[bytes]:
    """Forms, parts, garbage, nothing, and more than a form may hold."""
    form = parameters(known).map(lambda text: text.encode("latin-1", "replace"))
    part = st.tuples(st.sampled_from(_KEYS), _texts(known)).map(
        lambda pair: _PART.format(*pair).encode("utf-8", "surrogatepass")
    )
    big = st.sampled_from((b"x" * 3_000_000, b"a=1&" * 2_000, b"{" * 5_000))
    return st.one_of(form, part, st.binary(max_size=200), big, st.just(b""))
