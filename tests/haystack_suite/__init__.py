"""Haystack's own tests of its Whoosh engine, run on ours."""
