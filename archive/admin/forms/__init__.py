"""Forms of the editors' desk: fields that understand what editors type.

Fields read dates, years and tags as they are written and store one clean spelling; each
widget runs the way its content runs, whatever the direction of the page.
"""

__all__ = [
    "actor_roles",
    "article",
    "cells",
    "choices",
    "dates",
    "differences",
    "fields",
    "languages",
    "sent",
    "widgets",
]
