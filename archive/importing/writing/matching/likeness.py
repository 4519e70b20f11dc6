"""Whether two addresses are one page's, and two texts one article's."""

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

# What campaigns and social networks add to an address.
_TRACKING_RE: Final = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|igshid|mc_[ce]id|ref|ref_src|amp|s?share|from"
)
_WORD_RE: Final = re.compile(r"\w+")
# Words in a row that are compared, and their share that two versions have in common.
_RUN: Final = 3
_ALIKE: Final = 0.5
# Characters that are compared of each text.
_COMPARED: Final = 20_000


def canonical_address(url: str) -> str:
    """The page of an address: without scheme, www, campaign and last slash.

    >>> canonical_address("http://www.example.org/a/?utm_source=x#top")
    'example.org/a'
    """
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = parts.netloc.lower().removeprefix("www.").removesuffix(":80")
    pairs = [
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING_RE.fullmatch(pair[0].lower())
    ]
    query = f"?{urlencode(sorted(pairs))}" if pairs else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def is_alike_text(one: str, other: str) -> bool:
    """Whether one text is a version of the other: most runs of words are the same.

    >>> text = "كتب مراسلنا من البصرة أن المطر نزل وأن النهر فاض على الناس أمس"
    >>> is_alike_text(text, text.replace("أمس", "اليوم"))
    True
    """
    runs = [_runs(text[:_COMPARED]) for text in (one, other)]
    if not all(runs):
        return one == other
    common = len(runs[0] & runs[1])
    return common >= _ALIKE * max(len(each) for each in runs)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD_RE.findall(text)
    return set(zip(*(words[i:] for i in range(_RUN)), strict=False))
