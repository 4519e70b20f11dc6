"""Commands of ``manage.py`` that fill the archive, named as their modules."""

__all__ = [
    "import_actors",
    "import_articles",
    "import_sources",
    "import_topics",
    "load_sample",
    "propose",
    "read_names",
]
