"""Orders: one for the buyer, one parcel for each place that serves it: draft, place, cancel, expire."""
