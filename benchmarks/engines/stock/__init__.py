"""A site of Haystack and Whoosh as shipped, but for an Arabic analyzer: a peer."""
