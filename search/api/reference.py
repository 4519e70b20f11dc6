"""The OpenAPI document as a page: each operation with a form that asks it.

It works without scripts, since all operations are reads: a form is a GET.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext

_EMPTY: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter; ``choices`` are its only values, where these are few."""

    name: str
    description: str
    kind: str
    default: str
    in_path: bool
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """A member of an answer; ``of`` is the schema of objects in it, or ``""``."""

    name: str
    kind: str
    description: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation; ``answer`` is the name of its schema."""

    name: str
    path: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    answer: str

    @property
    def has_path_parameters(self) -> bool:
        """Whether a form cannot ask it, since the address has a variable part."""
        return any(each.in_path for each in self.parameters)


@dataclass(frozen=True, slots=True)
class SchemaTable:
    """A schema with its properties."""

    name: str
    properties: tuple[Property, ...]


def list_operations(document: Mapping[str, Any]) -> tuple[Operation, ...]:
    """The operations of the OpenAPI *document*, in its order."""
    return tuple(
        Operation(
            name=one["operationId"],
            path=path,
            summary=_translate(one["summary"]),
            description=_translate(one.get("description", "")),
            parameters=tuple(map(_read_parameter, one["parameters"])),
            answer=_name_of(
                one["responses"]["200"]["content"]["application/json"]["schema"]
            ),
        )
        for path, by_method in document["paths"].items()
        for one in by_method.values()
    )


def list_schemas(document: Mapping[str, Any]) -> tuple[SchemaTable, ...]:
    """The schemas of answers in the OpenAPI *document*, by name."""
    schemas = document["components"]["schemas"]
    return tuple(
        SchemaTable(name, tuple(_iter_properties(schemas[name])))
        for name in sorted(schemas)
    )


def _iter_references(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        if "$ref" in value:
            yield value
        for each in value.values():
            yield from _iter_references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _iter_references(each)


def _read_parameter(given: Mapping[str, Any]) -> Parameter:
    schema = given["schema"]
    default = schema.get("default", "")
    return Parameter(
        name=given["name"],
        description=_translate(given.get("description", "")),
        kind=_describe(schema),
        default="" if isinstance(default, list | bool) else str(default),
        in_path=given["in"] == "path",
        choices=_list_choices(schema),
    )


def _list_choices(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The values that there are; ``""`` first where the parameter may be left out."""
    if schema.get("type") == "boolean":
        return ("", "true", "false")
    items = schema.get("items", _EMPTY).get("enum", ())
    return ("", *items) if items else tuple(schema.get("enum", ()))


def _iter_properties(schema: Mapping[str, Any]) -> Iterator[Property]:
    for name, one in schema.get("properties", _EMPTY).items():
        of = next(iter(_iter_references(one)), _EMPTY)
        yield Property(
            name, _describe(one), _translate(one.get("description", "")), _name_of(of)
        )


def _describe(schema: Mapping[str, Any]) -> str:
    """The type in the words of JSON: string, array of Hit, integer or null."""
    if "anyOf" in schema:
        return " | ".join(_describe(each) for each in schema["anyOf"])
    if "$ref" in schema:
        return _name_of(schema)
    if schema.get("type") == "array":
        return f"{_describe(schema['items'])}[]"
    if "additionalProperties" in schema:
        return f"{{string: {_describe(schema['additionalProperties'])}}}"
    return str(schema.get("type", "any"))


def _name_of(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _translate(text: str) -> str:
    return gettext(text) if text else ""
