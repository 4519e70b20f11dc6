"""Faults from outside: a database that fails, and signals that end a process."""

__all__ = ["database", "termination"]
