"""Loads the criteria sets and the authorities as dated data; loading again adds only what is new."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from shop.core.db import db
from shop.core.languages import Texts
from shop.provenance.models import Authority, CriteriaSet, Level

# Bands on the mean of the council's scores, in hundredths of a point (facts.md §1.2).
BANDS = {"5": 9_000, "4": 7_000, "3": 5_000}

CRITERIA_SETS = (
    {
        "code": "1048-2019",
        "decision_no": "1048/QĐ-TTg",
        "name": Texts(vi="Bộ tiêu chí OCOP 2019", en="OCOP criteria of 2019"),
        "in_force_from": date(2019, 8, 21),
        "in_force_until": date(2023, 2, 23),
        "max_a": 3_500,
        "max_b": 2_500,
        "max_c": 4_000,
    },
    {
        "code": "148-2023",
        "decision_no": "148/QĐ-TTg",
        "name": Texts(vi="Bộ tiêu chí OCOP 2023", en="OCOP criteria of 2023"),
        "in_force_from": date(2023, 2, 24),
        "in_force_until": None,
        "max_a": 4_000,
        "max_b": 2_500,
        "max_c": 3_500,
    },
)

# Decision 148/2023 let districts grade three stars; Decision 1489/2025 and the two-level government ended it.
DISTRICTS = {
    "ba-dinh": ("quận Ba Đình", "Ba Đình district"),
    "ba-vi": ("huyện Ba Vì", "Ba Vì district"),
    "bac-tu-liem": ("quận Bắc Từ Liêm", "Bắc Từ Liêm district"),
    "cau-giay": ("quận Cầu Giấy", "Cầu Giấy district"),
    "chuong-my": ("huyện Chương Mỹ", "Chương Mỹ district"),
    "dong-anh": ("huyện Đông Anh", "Đông Anh district"),
    "gia-lam": ("huyện Gia Lâm", "Gia Lâm district"),
    "ha-dong": ("quận Hà Đông", "Hà Đông district"),
    "hoai-duc": ("huyện Hoài Đức", "Hoài Đức district"),
    "hoang-mai": ("quận Hoàng Mai", "Hoàng Mai district"),
    "my-duc": ("huyện Mỹ Đức", "Mỹ Đức district"),
    "nam-tu-liem": ("quận Nam Từ Liêm", "Nam Từ Liêm district"),
    "phu-xuyen": ("huyện Phú Xuyên", "Phú Xuyên district"),
    "phuc-tho": ("huyện Phúc Thọ", "Phúc Thọ district"),
    "quoc-oai": ("huyện Quốc Oai", "Quốc Oai district"),
    "son-tay": ("thị xã Sơn Tây", "Sơn Tây town"),
    "tay-ho": ("quận Tây Hồ", "Tây Hồ district"),
    "thach-that": ("huyện Thạch Thất", "Thạch Thất district"),
    "thanh-oai": ("huyện Thanh Oai", "Thanh Oai district"),
    "thanh-tri": ("huyện Thanh Trì", "Thanh Trì district"),
    "thuong-tin": ("huyện Thường Tín", "Thường Tín district"),
    "ung-hoa": ("huyện Ứng Hòa", "Ứng Hòa district"),
}


def load() -> None:
    sets = set(db.session.scalars(select(CriteriaSet.code)))
    db.session.add_all(CriteriaSet(bands=BANDS, **one) for one in CRITERIA_SETS if one["code"] not in sets)
    known = set(db.session.scalars(select(Authority.code)))
    city = Authority(
        code="ha-noi",
        name=Texts(vi="Ủy ban nhân dân thành phố Hà Nội", en="People's Committee of Hanoi"),
        level=Level.PROVINCE,
        competent_from=date(2018, 5, 7),
    )
    for authority in (city, *_ministries(), *_districts(city)):
        if not known:
            db.session.add(authority)


def _ministries() -> list[Authority]:
    today = Authority(
        code="bo-nn-mt",
        name=Texts(vi="Bộ Nông nghiệp và Môi trường", en="Ministry of Agriculture and Environment"),
        level=Level.CENTRE,
        competent_from=date(2025, 3, 1),
    )
    before = Authority(
        code="bo-nn-ptnt",
        name=Texts(vi="Bộ Nông nghiệp và Phát triển nông thôn", en="Ministry of Agriculture and Rural Development"),
        level=Level.CENTRE,
        competent_from=date(2018, 5, 7),
        competent_until=date(2025, 2, 28),
        successor=today,
    )
    return [today, before]


def _districts(successor: Authority) -> list[Authority]:
    return [
        Authority(
            code=code,
            name=Texts(vi=f"Ủy ban nhân dân {vi}", en=f"People's Committee of {en}"),
            level=Level.DISTRICT,
            competent_from=date(2023, 2, 24),
            competent_until=date(2025, 6, 30),
            successor=successor,
        )
        for code, (vi, en) in DISTRICTS.items()
    ]
