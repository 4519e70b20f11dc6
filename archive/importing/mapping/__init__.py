"""Columns of a file to the fields of a record, as options and a mapping file say."""

__all__ = ["columns", "lookup", "options", "sample", "values"]
