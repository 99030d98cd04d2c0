"""Places: provinces and wards of 2025 with their old names, and the sales points: find a ward, find a point."""
