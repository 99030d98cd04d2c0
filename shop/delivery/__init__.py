"""Delivery: methods, zones, dated prices, and the day the shop promises: quote, promise."""
