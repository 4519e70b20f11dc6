"""Texts that are alike: by which sketches they are found, and what people say."""

from archive.models.duplicates.likeness import (
    ALIKE,
    Likeness,
    LikenessAnswer,
    is_part,
    telling_percent,
)
from archive.models.duplicates.sketch import SketchBucket, TextSketch

__all__ = [
    "ALIKE",
    "Likeness",
    "LikenessAnswer",
    "SketchBucket",
    "TextSketch",
    "is_part",
    "telling_percent",
]
