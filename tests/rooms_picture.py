"""The picture of the packages in docs/architecture.md, drawn from the contracts.

``python -m tests.rooms_picture`` writes it anew.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Final

from tests.sources import BASE_DIR

DOCUMENT: Final = BASE_DIR / "docs" / "architecture.md"
_PLACE_RE: Final = re.compile(r"(<!-- rooms -->\n).*?(<!-- /rooms -->)", re.DOTALL)


def draw() -> str:
    """A Mermaid flowchart: a box for each contract of layers, a row for each layer.

    Arrows join applications, dotted lines a package with the one inside it.
    """
    tools = tomllib.loads((BASE_DIR / "pyproject.toml").read_text("utf-8"))["tool"]
    layers = {
        contract.get("containers", [""])[0]: contract["layers"]
        for contract in tools["importlinter"]["contracts"]
        if contract["type"] == "layers"
    }
    applications = [layer.replace(" | ", " & ") for layer in layers.pop("")]
    lines = [line for package, rows in layers.items() for line in _box(package, rows)]
    lines += [f"  {' --> '.join(applications)}"]
    lines += [
        f"  {package.rpartition('.')[0]} -.- {package}"
        for package in layers
        if "." in package
    ]
    return "\n".join(["```mermaid", "flowchart LR", *lines, "```", ""])


def _box(package: str, layers: Sequence[str]) -> Iterator[str]:
    rows = [f"{package}{number}" for number in range(len(layers))]
    yield f"  subgraph {package}"
    yield "    direction TB"
    for row, layer in zip(rows, layers, strict=True):
        yield f'    {row}["{layer.replace(" | ", " · ")}"]'
    yield f"    {' --> '.join(rows)}"
    yield "  end"


def replace_picture(document: str) -> str:
    """*document* with the picture as the contracts are now."""
    return _PLACE_RE.sub(lambda found: found[1] + draw() + found[2], document)


if __name__ == "__main__":
    DOCUMENT.write_text(replace_picture(DOCUMENT.read_text("utf-8")), "utf-8")
