"""Pages of the calendar beside its years: days in any year, and Hijri months."""

__all__ = ["any_year", "hijri"]
