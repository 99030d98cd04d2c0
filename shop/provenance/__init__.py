"""Provenance: who certified a product, by which decision and criteria, and whether it holds today."""
