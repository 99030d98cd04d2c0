"""Payments: attempts by card, VietQR transfers, cash; one `settle()` makes an order paid: start, settle, refund."""
