"""Records from files into the catalogue: readers, mapping, validation, writing.

The way of a record: a reader gives a `Row`, a `Mapping` picks the values of the
known fields, `articles` and `authorities` make a frozen record of them or refuse
it, and `writer` puts records into the database batch by batch. Everything before
`writer` is pure: no database, no settings.
"""
