"""Full-text search of the catalogue in both languages, with or without tone marks: find, apply, rebuild."""

from shop.catalogue.searching.index import SearchIndex
from shop.catalogue.searching.rows import Found, Row
from shop.catalogue.searching.store import IndexUnavailable

__all__ = ["Found", "IndexUnavailable", "Row", "SearchIndex"]
