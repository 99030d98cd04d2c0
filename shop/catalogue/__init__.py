"""The catalogue: craft villages, producers and their products: publish, take down, browse, search."""
