"""The fronts: one package for each audience, and what all of them share."""
