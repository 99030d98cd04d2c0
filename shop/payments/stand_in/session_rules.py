"""What Stripe asks of a new Checkout Session beyond the types of its parameters."""

import re
from typing import Any
from urllib.parse import urlsplit

from .refusal import Refused, invalid, missing, unmodelled

SHORTEST, LONGEST = 30 * 60, 24 * 60 * 60
LEAST = {"vnd": 13_000, "usd": 50}  # 0.50 USD of the settlement currency, seen from an account like ours
MOST = 99_999_999
_MAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
# They change what is paid or how, and are not built here.
_UNMODELLED = (
    "discounts",
    "shipping_options",
    "optional_items",
    "subscription_data",
    "setup_intent_data",
    "customer",
    "customer_account",
    "allow_promotion_codes",
    "automatic_tax",
    "managed_payments",
    "custom_fields",
    "invoice_creation",
    "tax_id_collection",
)
_UNMODELLED_IN_ITEM = ("tax_rates", "adjustable_quantity", "price")


def check(params: dict[str, Any], now: int) -> None:
    _check_way(params)
    _check_address(params)
    _check_expiry(params, now)
    _check_items(params.get("line_items"))
    check_metadata(params.get("metadata"), "metadata")
    check_metadata(params.get("payment_intent_data", {}).get("metadata"), "payment_intent_data[metadata]")
    if "customer_email" in params and not _MAIL.match(params["customer_email"]):
        raise invalid(f"Invalid email address: {params['customer_email']}", "customer_email", "email_invalid")
    if len(params.get("client_reference_id", "")) > 200:
        raise invalid("This value must be at most 200 characters long.", "client_reference_id")


def _check_way(params: dict[str, Any]) -> None:
    if "mode" not in params:
        raise missing("mode")
    if params["mode"] != "payment":
        raise unmodelled(f"mode={params['mode']}")
    if params.get("ui_mode", "hosted_page") != "hosted_page":
        raise unmodelled(f"ui_mode={params['ui_mode']}")
    if "card" not in params.get("allowed_payment_method_types", ["card"]):
        raise unmodelled("a session without cards")
    if params.get("payment_intent_data", {}).get("capture_method", "automatic") == "manual":
        raise unmodelled("payment_intent_data[capture_method]=manual")
    for name in _UNMODELLED:
        value = params.get(name)
        if value and not (isinstance(value, dict) and value.get("enabled") is False):
            raise unmodelled(name)


def _check_address(params: dict[str, Any]) -> None:
    # Stripe lets cancel_url out; the stand-in does not, for a buyer must always find the way back.
    for name in ("success_url", "cancel_url"):
        if name not in params:
            raise missing(name)
        parts = urlsplit(params[name])
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise invalid("Not a valid URL", name, "url_invalid")


def _check_expiry(params: dict[str, Any], now: int) -> None:
    if "expires_at" not in params:
        return
    if params["expires_at"] < now + SHORTEST:
        raise invalid("expires_at must be at least 30 minutes from Checkout Session creation.", "expires_at")
    if params["expires_at"] > now + LONGEST:
        raise invalid("expires_at must be less than 24 hours from Checkout Session creation.", "expires_at")


def _check_items(items: list[dict[str, Any]] | None) -> None:
    if not items:
        raise missing("line_items")
    if len(items) > 100:
        raise invalid("A session takes at most 100 line items.", "line_items")
    for at, item in enumerate(items):
        _check_item(item, f"line_items[{at}]")
    if len({item["price_data"]["currency"].lower() for item in items}) > 1:
        raise invalid("All line items must have the same currency.", "line_items")


def _check_item(item: dict[str, Any], path: str) -> None:
    for name in _UNMODELLED_IN_ITEM:
        if name in item:
            raise unmodelled(f"{path}[{name}]")
    for name in ("price_data", "quantity"):
        if name not in item:
            raise missing(f"{path}[{name}]")
    if item["quantity"] < 1:
        raise invalid(
            "This value must be greater than or equal to 1.", f"{path}[quantity]", "parameter_invalid_integer"
        )
    data, under = item["price_data"], f"{path}[price_data]"
    for name in ("unit_amount", "product_data"):
        if name not in data:
            raise missing(f"{under}[{name}]")
    if data["unit_amount"] < 0:
        raise invalid("Invalid non-negative integer", f"{under}[unit_amount]", "parameter_invalid_integer")
    if data["currency"].lower() not in LEAST:
        raise invalid(f"Invalid currency: {data['currency']}", f"{under}[currency]")


def check_total(total: int, currency: str) -> None:
    """VND has no decimals: 150000 is 150,000 đồng."""
    if total < LEAST[currency]:
        raise Refused(
            f"The total amount due must add up to at least {LEAST[currency]} {currency}.",
            code="amount_too_small",
        )
    if total > MOST:
        raise Refused(f"The total amount due must be at most {MOST} {currency}.", code="amount_too_large")


def check_metadata(metadata: dict[str, str] | None, path: str) -> None:
    metadata = metadata or {}
    if len(metadata) > 50:
        raise invalid("Metadata can have up to 50 keys.", path)
    for key, text in metadata.items():
        if len(key) > 40 or len(text) > 500:
            raise invalid("Metadata keys have at most 40 characters, values at most 500.", f"{path}[{key}]")
