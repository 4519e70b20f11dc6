"""Commands of ``manage.py`` that search, analyze, index and reconcile."""

__all__ = ["analyze", "index_worker", "rebuild_index", "reconcile_index", "search"]
