"""Texts that are alike: by which sketches they are found, and what people say."""

from archive.models.duplicates.likeness import Likeness, LikenessAnswer
from archive.models.duplicates.sketch import SketchBucket, TextSketch

__all__ = ["Likeness", "LikenessAnswer", "SketchBucket", "TextSketch"]
