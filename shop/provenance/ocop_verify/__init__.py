"""What outsiders run to check a product's provenance; it knows nothing of the shop."""
