"""What the register tells machines: W3C credentials and status lists, schema.org, EPCIS and the product passport."""
