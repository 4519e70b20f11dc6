"""Pages of the calendar beside its years: days in any year."""

__all__ = ["any_year"]
