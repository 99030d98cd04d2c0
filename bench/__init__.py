"""Measures the shop against a constant answer of the same size, in the same run, on this machine."""
