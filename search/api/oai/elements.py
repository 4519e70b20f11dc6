"""XML elements with text that XML can hold, whatever stands in the database."""

import re
from typing import Final
from xml.etree import ElementTree as ET

# All that is no Char of XML 1.0, fifth edition, section 2.2.
_NO_CHAR_RE: Final = re.compile(
    "[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]"
)

Element = ET.Element


def clean(text: str) -> str:
    """The text without characters that no XML document may have.

    >>> clean("نص\\x0b آخر\\ufffe")
    'نص آخر'
    """
    return _NO_CHAR_RE.sub("", text)


def make(name: str, text: str = "", /, **attributes: str) -> Element:
    """An element; underscores in names of attributes stand for colons.

    >>> to_text(make("dc:title", "قلم & ورق", xml_lang="ar"))
    '<dc:title xml:lang="ar">قلم &amp; ورق</dc:title>'
    """
    named = {key.replace("_", ":"): clean(value) for key, value in attributes.items()}
    element = ET.Element(name, named)
    element.text = clean(text)
    return element


def add(parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
    """The same, as the last child of *parent*."""
    element = make(name, text, **attributes)
    parent.append(element)
    return element


def add_filled(parent: Element, name: str, text: str, /, **attributes: str) -> None:
    """The same, where there is a text."""
    if clean(text).strip():
        add(parent, name, text, **attributes)


def to_text(element: Element) -> str:
    """The element as XML, without a declaration."""
    return ET.tostring(element, encoding="unicode")
