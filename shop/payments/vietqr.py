"""VietQR (NAPAS): the EMVCo payload that a bank's app reads, written and read strictly.

Layout: facts.md §4.2 and NAPAS QR switching specification 1.5.2, checked against the published vectors.
"""

from __future__ import annotations

import binascii
from dataclasses import dataclass

from shop.core.text import fold

NAPAS = "A000000727"
TO_ACCOUNT, TO_CARD = "QRIBFTTA", "QRIBFTTC"
VND = "704"
MOST_MEMO = 25


class BadPayload(ValueError):
    """A text that is no VietQR transfer code; the message says where it breaks."""


@dataclass(frozen=True)
class Transfer:
    """What a VietQR asks for: `amount` in whole đồng or None, `memo` plain ASCII."""

    bank_bin: str
    account: str
    amount: int | None = None
    memo: str = ""
    service: str = TO_ACCOUNT

    def payload(self) -> str:
        """The text of the code. Raises ValueError for what no bank would accept."""
        if not (self.bank_bin.isdigit() and len(self.bank_bin) == 6):
            raise ValueError("a bank's BIN has six digits")
        if not (0 < len(self.account) <= 19 and self.account.isalnum()):
            raise ValueError("an account has 1 to 19 letters and digits")
        memo = plain(self.memo)
        if len(memo) > MOST_MEMO:
            raise ValueError(f"a memo has at most {MOST_MEMO} characters")
        bank = _field("00", self.bank_bin) + _field("01", self.account)
        body = _field("00", "01") + _field("01", "11" if self.amount is None else "12")
        body += _field("38", _field("00", NAPAS) + _field("01", bank) + _field("02", self.service))
        body += _field("53", VND)
        body += "" if self.amount is None else _field("54", str(self.amount))
        body += _field("58", "VN")
        body += _field("62", _field("08", memo)) if memo else ""
        return body + "6304" + crc(body + "6304")


def plain(memo: str) -> str:
    """A memo as banks keep it: ASCII letters, digits and spaces; case is kept where it was ASCII."""
    if memo.isascii():
        return memo
    return " ".join(fold(memo).split())


def crc(text: str) -> str:
    """CRC-16/CCITT-FALSE in four capital hex digits; of '123456789' it is 29B1."""
    return f"{binascii.crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def read(payload: str) -> Transfer:
    """The transfer a payload asks for. Raises BadPayload; the structure counts, not the CRC alone."""
    if not payload.isascii():
        raise BadPayload("not plain ASCII")
    if len(payload) < 12 or payload[-8:-4] != "6304":
        raise BadPayload("no CRC field at the end")
    if crc(payload[:-4]) != payload[-4:]:
        raise BadPayload("the CRC does not match")
    fields = _fields(payload[:-8])
    if fields.get("00") != "01" or fields.get("53") != VND:
        raise BadPayload("not an EMVCo code in đồng")
    merchant = _fields(fields.get("38", ""))
    bank = _fields(merchant.get("01", ""))
    if merchant.get("00") != NAPAS or merchant.get("02") not in (TO_ACCOUNT, TO_CARD):
        raise BadPayload("not a NAPAS transfer code")
    if len(bank.get("00", "")) != 6 or not bank.get("01"):
        raise BadPayload("no bank and account inside")
    amount = fields.get("54")
    if amount is not None and not amount.isdigit():
        raise BadPayload("the amount is no whole number")
    if (fields.get("01") == "12") != (amount is not None):
        raise BadPayload("static and dynamic do not agree with the amount")
    memo = _fields(fields.get("62", "")).get("08", "")
    return Transfer(bank["00"], bank["01"], int(amount) if amount else None, memo, merchant["02"])


def _field(tag: str, value: str) -> str:
    if len(value) > 99:
        raise ValueError(f"field {tag} is longer than 99 characters")
    return f"{tag}{len(value):02d}{value}"


def _fields(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        if len(tag) < 2 or not (tag + length).isdigit() or tag in found:
            raise BadPayload(f"no field begins at {at}")
        value = text[at + 4 : at + 4 + int(length)]
        if len(value) != int(length):
            raise BadPayload(f"field {tag} is cut short")
        found[tag] = value
        at += 4 + len(value)
    return found
