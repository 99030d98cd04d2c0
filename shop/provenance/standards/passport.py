"""The product passport: the least that Decree 37/2026/NĐ-CP, article 32, demands, and nothing made up.

What is not known is null and says why. Texts are in both languages; keys are fixed: machines of the national portal
read them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from shop.catalogue.models import Product
from shop.core.languages import Texts
from shop.provenance.gs1 import DigitalLink
from shop.provenance.ocop_verify.dossier import Certificate, Dossier, Lot, Recall
from shop.provenance.ocop_verify.folding import points
from shop.provenance.ocop_verify.judging import is_recalled_on, judge
from shop.provenance.standards.credential import address_of

RULE = "37/2026/NĐ-CP, Điều 32"
WHY = {
    "gtin": Texts(
        vi="Chủ thể chưa đăng ký mã số GS1 cho sản phẩm này.", en="The producer has no GS1 number for this product."
    ),
    "address": Texts(
        vi="Sổ đăng ký ghi làng nghề, chưa ghi địa chỉ trụ sở của chủ thể.",
        en="The register knows the craft village, not yet the producer's street address.",
    ),
    "legal_id": Texts(
        vi="Sổ đăng ký chưa ghi mã số doanh nghiệp, mã số thuế hay số định danh của chủ thể.",
        en="The register does not hold the producer's business, tax or personal number yet.",
    ),
    "certificates": Texts(vi="Sản phẩm chưa từng được cấp chứng nhận.", en="The product was never certified."),
    "lot": Texts(
        vi="Ngày sản xuất và hạn dùng ghi theo từng lô; hãy mở hộ chiếu của lô.",
        en="Dates belong to a lot: please open the passport of the lot.",
    ),
    "expires_on": Texts(vi="Lô này không có hạn sử dụng.", en="This lot has no expiry date."),
    "warnings": Texts(vi="Chủ thể không khai cảnh báo nào.", en="The producer declared no warnings."),
    "other": Texts(
        vi="Cơ quan quản lý chưa yêu cầu thêm thông tin nào cho sản phẩm này.",
        en="No authority has asked for further data about this product yet.",
    ),
}

ADULTS = Texts(vi="Không bán cho người dưới 18 tuổi.", en="Not for sale to people under 18.")


def passport_of(product: Product, dossier: Dossier, host: str, day: date, *, lot: str = "") -> dict[str, Any]:
    """Of the product, or of one of its lots. Raises KeyError for a lot that was never released."""
    of_lot = dossier.lots[lot] if lot else None
    gtin = _gtin(dossier, of_lot)
    return {
        "id": _own(host, product.slug, lot),
        "rule": RULE,
        "updated_on": day.isoformat(),
        "product": {"name": dict(product.name), "gtin": _known(gtin, "gtin")},
        "responsible_party": {
            "name": product.producer.name,
            "address": _known(None, "address"),
            "legal_id": _known(None, "legal_id"),
        },
        "origin": _origin(product),
        "traceability": _traceability(product, dossier, host, gtin, of_lot),
        "certificates": _certificates(dossier, host, day, lot),
        "dates": _dates(of_lot),
        "warnings": _warnings(product, dossier, day, lot),
        "other": _known(None, "other"),
    }


def unknown(why: str) -> dict[str, Any]:
    return {"value": None, "reason": dict(WHY[why])}


def _known(value: Any, why: str) -> Any:
    return value if value else unknown(why)


def _own(host: str, slug: str, lot: str) -> str:
    return f"{host}/dpp/{slug}" + (f"/{quote(lot, safe='')}" if lot else "")


def _gtin(dossier: Dossier, lot: Lot | None) -> str:
    if lot and lot.gtin:
        return lot.gtin
    return next((gtin for gtin, retired in dossier.gtins.items() if retired is None), "")


def _origin(product: Product) -> dict[str, Any]:
    """Where the last step of making it is done: in its craft village."""
    ward = product.village.ward
    return {
        "country": "VN",
        "province": dict(ward.province.name),
        "ward": {"code": ward.code, "name": ward.name},
        "craft_village": dict(product.village.name),
    }


def _traceability(product: Product, dossier: Dossier, host: str, gtin: str, lot: Lot | None) -> dict[str, Any]:
    told = {
        "register_id": dossier.subject,
        "proof": f"{host}/vi/proof/{product.slug}",
        "digital_link": DigitalLink(gtin, lot=lot.lot if lot else "").uri(host) if gtin else unknown("gtin"),
    }
    if lot:
        return told | {"lot": lot.lot, "quantity": lot.quantity, "events": _events(host, product.slug, lot.lot)}
    return told | {"lots": [_own(host, product.slug, one) for one in dossier.lots]}


def _events(host: str, slug: str, lot: str) -> str:
    return f"{host}/epcis/{slug}/{quote(lot, safe='')}"


def _certificates(dossier: Dossier, host: str, day: date, lot: str) -> list[dict[str, Any]] | dict[str, Any]:
    """All of them with their state that day; stars only of one that is in force."""
    told = [_certificate(one, dossier, host, day, lot) for one in dossier.certificates.values()]
    return told or unknown("certificates")


def _certificate(held: Certificate, dossier: Dossier, host: str, day: date, lot: str) -> dict[str, Any]:
    status = judge([held], day, dossier.recalls.values(), lot=lot)
    return {
        "kind": "OCOP",
        "number": held.number,
        "decision": dict(held.decision),
        "state": status.state.value,
        "stars": status.stars,
        "score": points(held.score),
        "valid_from": held.valid_from.isoformat(),
        "valid_until": held.valid_until.isoformat(),
        "credential": address_of(held, host),
    }


def _dates(lot: Lot | None) -> dict[str, Any]:
    if lot is None:
        return {"made_on": unknown("lot"), "expires_on": unknown("lot")}
    expires = lot.expires_on.isoformat() if lot.expires_on else None
    return {"made_on": lot.made_on.isoformat(), "expires_on": _known(expires, "expires_on")}


def _warnings(product: Product, dossier: Dossier, day: date, lot: str) -> Any:
    """Recalls first: they are why somebody reads this."""
    told: list[dict[str, Any]] = [_recall(one) for one in _open_recalls(dossier, day, lot)]
    if product.allergens:
        told.append({"kind": "allergens", "text": dict(product.allergens)})
    if product.storage:
        told.append({"kind": "storage", "text": dict(product.storage)})
    if product.is_adult:
        told.append({"kind": "age", "text": dict(ADULTS)})
    return told or unknown("warnings")


def _open_recalls(dossier: Dossier, day: date, lot: str) -> Sequence[Recall]:
    """Without a lot, those of single lots too: whoever holds one must learn of it."""
    mine = [one for one in dossier.recalls.values() if not lot or one.lot in ("", lot)]
    return [one for one in mine if is_recalled_on(one, day)]


def _recall(recall: Recall) -> dict[str, Any]:
    about = {"lot": recall.lot} if recall.lot else {}
    return {"kind": "recall", "since": recall.from_day.isoformat(), **about, "text": dict(recall.reason)}
