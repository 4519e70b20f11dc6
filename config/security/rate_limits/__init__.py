"""How often one reader may ask for what costs much; `middleware` is the door."""
