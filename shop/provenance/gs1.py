"""GS1 as labels need it: GTINs with their check digit, and uncompressed Digital Link addresses, read and written.

Sources: GS1 Digital Link URI Syntax 1.4 and the GS1 Syntax Dictionary (`01 N14,csum dlpkey=22,10,21`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from shop.core.refusal import N_, Refusal

LENGTHS = (8, 12, 13, 14)
NAMES = {"22": "cpv", "10": "lot", "21": "serial"}  # the qualifiers of a GTIN, in the only order they may stand
DEMO = "952"  # GS1's prefix for examples; a number with 893 would be some real firm's

CSET82 = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}")
OURS = re.compile(r"[0-9A-Z.-]{1,20}")
BROKEN_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

DAYS = ("11", "13", "15", "16", "17")
ATTRIBUTES = (  # (keys, values): what may be told of a GTIN behind the question mark and is checked by us
    (re.compile(r"1[13567]"), re.compile(r"[0-9]{6}")),
    (re.compile(r"30"), re.compile(r"[0-9]{1,8}")),
    (re.compile(r"3[1-6][0-9][0-5]"), re.compile(r"[0-9]{6}")),
    (re.compile(r"422|42[46]"), re.compile(r"[0-9]{3}")),
    (re.compile(r"723[0-9]"), re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{3,30}")),
    (re.compile(r"8030"), re.compile(r"[A-Za-z0-9_-]{1,90}")),
)

# Numbers that mean something else in every shop: loose goods, coupons, refund slips (GS1 General Specifications 1.4).
NOT_TRADED = re.compile(r"02|04|05|2|98|99")


class NotDigits(Refusal):
    sentence = N_("A GTIN is made of digits only.")
    field = "gtin"


class WrongLength(Refusal):
    sentence = N_("A GTIN has 8, 12, 13 or 14 digits; this one has %(count)s.")
    field = "gtin"


class WrongCheckDigit(Refusal):
    sentence = N_("The last digit of this GTIN should be %(wanted)s: please compare it with the pack.")
    field = "gtin"


class NotATradeItem(Refusal):
    sentence = N_("%(gtin)s is a number for use inside one shop or for coupons, not a GTIN of a product.")
    field = "gtin"


class BadLink(Refusal):
    """An address that is no Digital Link of a GTIN."""

    sentence = N_("An address on a label reads /01/GTIN, then /22/, /10/ and /21/, each at most once, in this order.")


class ShortGtin(BadLink):
    sentence = N_("In an address on a label the GTIN has exactly 14 digits; shorter ones begin with zeros.")


class BadEncoding(BadLink):
    sentence = N_("A percent sign in this address is not followed by a readable sign.")


class BadValue(BadLink):
    sentence = N_("(%(ai)s) may hold 1 to 20 Latin letters, digits and plain signs.")


class BadAttribute(BadLink):
    sentence = N_("(%(ai)s) cannot have the value “%(value)s”.")


class BadCode(Refusal):
    sentence = N_("Write 1 to 20 signs: capital letters A to Z without marks, digits, dots and hyphens.")
    field = "lot"


def check_digit(digits: str) -> str:
    """Of the digits before it: weights 3 and 1 in turn, the rightmost weighing 3."""
    weighed = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits)))
    return str(-weighed % 10)


def gtin14(typed: str) -> str:
    """A GTIN as typed (8, 12, 13 or 14 digits, blanks and hyphens allowed) in 14 digits. Raises what is wrong."""
    digits = re.sub(r"[\s-]", "", typed)
    if not (digits.isascii() and digits.isdigit()):
        raise NotDigits()
    if len(digits) not in LENGTHS:
        raise WrongLength(count=len(digits))
    wanted = check_digit(digits[:-1])
    if digits[-1] != wanted:
        raise WrongCheckDigit(wanted=wanted)
    if is_not_traded(digits.zfill(14)):
        raise NotATradeItem(gtin=digits)
    return digits.zfill(14)


def is_not_traded(gtin: str) -> bool:
    """Whether these 14 digits are of a range that names no product in the open market."""
    if gtin.startswith("000000"):  # a GTIN-8, whose prefix stands further right
        return gtin[6] in "02"
    return NOT_TRADED.match(gtin[1:]) is not None


def is_demo(gtin: str) -> bool:
    return gtin[1:4] == DEMO


def demo(number: int) -> str:
    """The `number`-th GTIN of the range for examples: never a real firm's."""
    digits = f"0{DEMO}{number:09d}"
    return digits + check_digit(digits)


def own_code(typed: str) -> str:
    """A lot number of ours as it will stand on labels. Raises BadCode."""
    if not OURS.fullmatch(typed):
        raise BadCode()
    return typed


@dataclass(frozen=True)
class DigitalLink:
    """What a label's address says. `gtin` has 14 digits; what is not told is empty."""

    gtin: str
    cpv: str = ""
    lot: str = ""
    serial: str = ""
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def qualifiers(self) -> list[tuple[str, str]]:
        told = ((ai, getattr(self, name)) for ai, name in NAMES.items())
        return [(ai, value) for ai, value in told if value]

    @property
    def path(self) -> str:
        """Percent-encoded, without attributes."""
        return "".join(f"/{ai}/{quote(value, safe='')}" for ai, value in [("01", self.gtin), *self.qualifiers])

    def uri(self, origin: str) -> str:
        """In full; `origin` is scheme and host, e.g. 'https://phonghe.vn'."""
        query = "&".join(f"{ai}={quote(value, safe='')}" for ai, value in self.attributes)
        return origin + self.path + (f"?{query}" if query else "")

    def for_qr(self, origin: str) -> str:
        """The same with scheme and host in capitals, so that the QR code takes its small alphanumeric mode."""
        return self.uri(loud(origin))

    @property
    def readable(self) -> str:
        """For people, under the code: (01)… (10)… (21)…"""
        return " ".join(f"({ai}){value}" for ai, value in [("01", self.gtin), *self.qualifiers])

    def levels(self) -> Iterator[DigitalLink]:
        """This link without attributes, then each of its ancestors up to the bare GTIN."""
        link = replace(self, attributes=())
        yield link
        for above in (replace(link, serial=""), replace(link, serial="", lot=""), DigitalLink(self.gtin)):
            if above != link:
                link = above
                yield link


def loud(address: str) -> str:
    """An address with scheme and host in capitals; its path means the same only as it is."""
    parts = urlsplit(address)
    return f"{parts.scheme.upper()}://{parts.netloc.upper()}{address.partition(parts.netloc)[2]}"


def parse(path: str, query: str = "") -> DigitalLink:
    """Reads a path and a query as they were sent, still percent-encoded. Raises BadLink or what is wrong with the GTIN.

    One slash at the end is forgiven, nothing else. Keys of the query that are none of ours are not looked at.
    """
    steps = path.removesuffix("/").split("/")[1:]
    if len(steps) % 2 or not steps or steps[0] != "01":
        raise BadLink()
    gtin, qualifiers = steps[1], list(zip(steps[2::2], steps[3::2], strict=True))
    if len(gtin) != 14:
        raise ShortGtin()
    order = list(NAMES)
    for ai, _ in qualifiers:
        if ai not in order:
            raise BadLink()
        order = order[order.index(ai) + 1 :]
    told = {NAMES[ai]: _value(ai, encoded) for ai, encoded in qualifiers}
    return DigitalLink(_sent_gtin(gtin), **told, attributes=_attributes(query, has_serial="serial" in told))


def _sent_gtin(digits: str) -> str:
    """Every byte counts here: no blanks, no hyphens, no percent-encoding."""
    if not (digits.isascii() and digits.isdigit()):
        raise NotDigits()
    return gtin14(digits)


def _value(ai: str, encoded: str) -> str:
    value = _decoded(encoded)
    if not CSET82.fullmatch(value):
        raise BadValue(ai=ai)
    return value


def _decoded(encoded: str) -> str:
    if BROKEN_PERCENT.search(encoded):
        raise BadEncoding()
    try:
        return unquote(encoded, errors="strict")
    except UnicodeDecodeError as error:
        raise BadEncoding() from error


def _attributes(query: str, *, has_serial: bool) -> tuple[tuple[str, str], ...]:
    """The GS1 attributes among the query's keys, sorted. A key told twice with two values contradicts itself."""
    if BROKEN_PERCENT.search(query):
        raise BadEncoding()
    try:
        told = parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=50)
    except (UnicodeDecodeError, ValueError) as error:
        raise BadEncoding() from error
    found: dict[str, str] = {}
    for ai, value in told:
        if ai == "01" or ai in NAMES:
            raise BadLink()
        shape = next((values for keys, values in ATTRIBUTES if keys.fullmatch(ai)), None)
        if shape is None:
            continue
        wrong = not shape.fullmatch(value) or (ai in DAYS and not _is_day(value))
        if wrong or found.get(ai, value) != value or (ai == "8030" and not has_serial):
            raise BadAttribute(ai=ai, value=value[:30])
        found[ai] = value
    return tuple(sorted(found.items()))


def _is_day(yymmdd: str) -> bool:
    """YYMMDD, where the day 00 stands for the end of the month."""
    year, month, day = int(yymmdd[:2]), int(yymmdd[2:4]), int(yymmdd[4:])
    if not 1 <= month <= 12:
        return False
    longest = 28 + (year % 4 == 0) if month == 2 else 30 + (month in (1, 3, 5, 7, 8, 10, 12))
    return day <= longest
