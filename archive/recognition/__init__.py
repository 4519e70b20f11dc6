"""What a text says, proposed: its title and dates, the actors that it names, and more.

Known names are found in one pass over the text, unknown ones by what stands around
them. Nothing here changes the archive: forms and commands show what is proposed, people
accept it, and their answers count the next time.
"""

__all__ = [
    "actors_in_text",
    "article_parts",
    "authority",
    "describe",
    "name_table",
    "namings",
    "propose",
    "similar",
    "unknown_names",
]
