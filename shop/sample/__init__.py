"""The sample: invented producers and products on real villages, drawn, certified and put in stock; it says so."""
