"""The options of a batch, as they are stored with it and under a name."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from archive.importing.fields import RecordField
from archive.importing.mapping.columns import FieldMapping
from archive.importing.mapping.options import build_mapping


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """What a person has chosen for a file.

    `columns` are the field of each column; a column without one is left out. None are
    chosen where it is None, and the usual names hold. `rules` are the columns of fields
    in the notation of the command line, `constants` the values that every record gets,
    `defaults` those of fields that a record does not have.
    """

    columns: Mapping[str, str] | None = None
    rules: Mapping[str, Any] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    separator: str = ""
    encoding: str | None = None
    base_address: str = ""
    only_new: bool = False
    overwrite: bool = False

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """The options from a JSON object; names that are not known are passed over."""
        known = {
            name: value[name] for name in cls.__dataclass_fields__ if name in value
        }
        return cls(**known)

    def as_json(self) -> dict[str, Any]:
        """The options as a JSON object."""
        return asdict(self)

    def build_mapping(self, fields: tuple[RecordField, ...]) -> FieldMapping:
        """The mapping that the options describe."""
        return build_mapping(
            fields,
            written=self.rules,
            constants=self.constants,
            columns=self.columns,
            defaults=self.defaults,
        )
