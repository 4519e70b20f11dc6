"""Elements of XML, one record after the other, and their text."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final
from xml.etree import ElementTree

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse
from django.utils.translation import gettext as _

from archive.importing.problems import FileUnreadable, Note, excerpt
from archive.importing.readers.lines import MEBIBYTE
from archive.importing.readers.rows import Refusal

Element = ElementTree.Element
MAX_TREE: Final = 128 * MEBIBYTE


def local_name(element: Element) -> str:
    """The name of an element without its namespace.

    >>> local_name(Element("{http://www.w3.org/2005/Atom}entry"))
    'entry'
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def iter_records(
    stream: BinaryIO, names: frozenset[str]
) -> Iterator[Element | Refusal]:
    """The outermost elements with one of these local names, each freed after its use.

    Where the XML breaks off, the last item is a refusal. Raises `FileUnreadable` for a
    file that declares entities.
    """
    path: list[Element] = []
    count = depth = 0
    try:
        for event, element in iterparse(stream, ("start", "end")):
            if event == "start":
                path.append(element)
                depth += local_name(element) in names
                continue
            path.pop()
            if local_name(element) not in names:
                continue
            depth -= 1
            if not depth:
                count += 1
                yield element
                element.clear()
                if path:
                    path[-1].remove(element)
    except DefusedXmlException as error:
        raise _declares_entities() from error
    except ElementTree.ParseError as error:
        yield Refusal(
            count + 1, Note("bad_xml", values={"detail": excerpt(str(error))})
        )


def parse_tree(stream: BinaryIO) -> Element:
    """The root of a whole file. Raises `FileUnreadable` where there is none."""
    content = stream.read(MAX_TREE + 1)
    if len(content) > MAX_TREE:
        raise FileUnreadable(
            _("The XML file is larger than %(limit)s MiB. Split it.")
            % {"limit": MAX_TREE // MEBIBYTE}
        )
    try:
        root: Element = fromstring(content)
    except DefusedXmlException as error:
        raise _declares_entities() from error
    except ElementTree.ParseError as error:
        raise FileUnreadable(
            _("The XML cannot be read: %(detail)s.") % {"detail": excerpt(str(error))}
        ) from error
    return root


def _declares_entities() -> FileUnreadable:
    return FileUnreadable(
        _("The XML declares entities, which may be made to fill the memory.")
    )


def children(element: Element, *names: str) -> list[Element]:
    """The children with one of these local names."""
    return [child for child in element if local_name(child) in names]


def find(element: Element, *path: str) -> Element | None:
    """The first element at a path of local names below *element*; None for none."""
    for name in path:
        found = children(element, name)
        if not found:
            return None
        element = found[0]
    return element


def descendants(element: Element, *names: str) -> Iterator[Element]:
    """All elements below with one of these local names, in the order of the text."""
    return (each for each in element.iter() if local_name(each) in names)


def text_of(element: Element | None) -> str:
    """The text of an element on one line; ``""`` for None.

    >>> text_of(ElementTree.fromstring("<p>نص <b>ثقيل</b>\\n هنا</p>"))
    'نص ثقيل هنا'
    """
    return "" if element is None else " ".join("".join(element.itertext()).split())


def text_at(element: Element, *path: str) -> str:
    """The text of the first element at a path; ``""`` for none."""
    return text_of(find(element, *path))


def filled(columns: dict[str, object]) -> dict[str, object]:
    """The columns that have a value."""
    return {name: value for name, value in columns.items() if value}


def distinct(items: Sequence[str]) -> list[str]:
    """The items that are not empty, each once, in their order."""
    return [item for item in dict.fromkeys(items) if item]
