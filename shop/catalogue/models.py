"""Craft villages, producers, products with their variants and photos, and the log of what changed."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Key, Model, Stamp
from shop.core.languages import Texts
from shop.core.money import Vnd
from shop.core.refusal import N_
from shop.places.models import Ward


class Group(enum.StrEnum):
    """The six product groups of Decision 148/QĐ-TTg (2023)."""

    FOOD = "food"
    BEVERAGE = "beverage"
    HERBAL = "herbal"
    HANDICRAFT = "handicraft"
    ORNAMENTAL = "ornamental"
    TOURISM = "tourism"

    @property
    def label(self) -> str:
        return GROUP_LABELS[self]


GROUP_LABELS = {
    Group.FOOD: N_("Food"),
    Group.BEVERAGE: N_("Drinks"),
    Group.HERBAL: N_("Herbs"),
    Group.HANDICRAFT: N_("Handicrafts"),
    Group.ORNAMENTAL: N_("Flowers and ornamental plants"),
    Group.TOURISM: N_("Village tourism"),
}


class ProducerKind(enum.StrEnum):
    HOUSEHOLD = "household"
    COOPERATIVE = "cooperative"
    COMPANY = "company"
    ARTISAN = "artisan"

    @property
    def label(self) -> str:
        return PRODUCER_LABELS[self]


PRODUCER_LABELS = {
    ProducerKind.HOUSEHOLD: N_("Household workshop"),
    ProducerKind.COOPERATIVE: N_("Cooperative"),
    ProducerKind.COMPANY: N_("Company"),
    ProducerKind.ARTISAN: N_("Artisan"),
}


class Travel(enum.StrEnum):
    """How a product may travel in a buyer's luggage."""

    CABIN = "cabin"
    CABIN_LIQUID = "cabin_liquid"
    HOLD = "hold"
    DOMESTIC = "domestic"

    @property
    def label(self) -> str:
        return TRAVEL_LABELS[self]


TRAVEL_LABELS = {
    Travel.CABIN: N_("May go in your cabin bag"),
    Travel.CABIN_LIQUID: N_("Liquid or paste: checked bag on international flights"),
    Travel.HOLD: N_("Checked bag only"),
    Travel.DOMESTIC: N_("Best enjoyed in Vietnam: not for flights abroad"),
}


class Export(enum.StrEnum):
    YES = "yes"
    PAPERS = "papers"
    NO = "no"

    @property
    def label(self) -> str:
        return EXPORT_LABELS[self]


EXPORT_LABELS = {
    Export.YES: N_("May be taken or posted abroad; this shop delivers within Vietnam"),
    Export.PAPERS: N_("May be taken or posted abroad with a declaration; this shop delivers within Vietnam"),
    Export.NO: N_("Not for posting abroad"),
}


class CraftVillage(Model):
    """A craft village (làng nghề) of Hanoi. Titles carry the date their source gives."""

    __tablename__ = "craft_village"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Texts]
    craft: Mapped[Texts]
    group: Mapped[Group] = mapped_column("product_group")
    ward_code: Mapped[str] = mapped_column(ForeignKey("ward.code"), index=True)
    former_commune: Mapped[str] = mapped_column(String(80))
    former_district: Mapped[str] = mapped_column(String(80))
    title: Mapped[Texts]
    title_since: Mapped[str] = mapped_column(String(20), default="")
    summary: Mapped[Texts]
    story: Mapped[Texts]
    source: Mapped[str]
    lat: Mapped[float]
    lon: Mapped[float]
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("picture.id"))

    ward: Mapped[Ward] = relationship()
    picture: Mapped[Picture | None] = relationship()


class Picture(Model):
    """A re-encoded picture, named by the hash of what was uploaded; its files lie in the media store."""

    __tablename__ = "picture"

    id: Mapped[Key]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    width: Mapped[int]
    height: Mapped[int]
    widths: Mapped[list[int]] = mapped_column(JSON)
    colour: Mapped[str] = mapped_column(String(7), default="#e9e2d4")


class Producer(Model):
    """A producer (chủ thể OCOP)."""

    __tablename__ = "producer"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[ProducerKind]
    village_id: Mapped[int] = mapped_column(ForeignKey("craft_village.id"), index=True)
    story: Mapped[Texts]
    since: Mapped[int | None]
    is_sample: Mapped[bool] = mapped_column(default=False)

    village: Mapped[CraftVillage] = relationship()


class Product(Model):
    """A product. `stars`, `stars_until` and `in_stock` are published copies of facts kept further right."""

    __tablename__ = "product"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    producer_id: Mapped[int] = mapped_column(ForeignKey("producer.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("craft_village.id"))
    group: Mapped[Group] = mapped_column("product_group")
    name: Mapped[Texts]
    summary: Mapped[Texts]
    story: Mapped[Texts]
    materials: Mapped[Texts]
    technique: Mapped[Texts]
    care: Mapped[Texts]
    size: Mapped[Texts]
    ingredients: Mapped[Texts]
    allergens: Mapped[Texts]
    storage: Mapped[Texts]
    shelf_life_days: Mapped[int] = mapped_column(default=0)
    net_amount: Mapped[int] = mapped_column(default=0)
    net_unit: Mapped[str] = mapped_column(String(2), default="g")
    weight_g: Mapped[int]
    packed_g: Mapped[int]
    packed_cm: Mapped[list[int]] = mapped_column(JSON)
    is_fragile: Mapped[bool] = mapped_column(default=False)
    is_adult: Mapped[bool] = mapped_column(default=False)
    travel: Mapped[Travel]
    export: Mapped[Export]
    hs_code: Mapped[str] = mapped_column(String(12), default="")
    customs: Mapped[Texts]
    lead_days: Mapped[int] = mapped_column(default=0)
    is_made_to_order: Mapped[bool] = mapped_column(default=False)
    seasons: Mapped[list[str]] = mapped_column(JSON)
    vat_bp: Mapped[int] = mapped_column(default=800)
    price_from: Mapped[Vnd]
    published_at: Mapped[datetime | None]
    stars: Mapped[int | None]
    stars_until: Mapped[date | None]
    in_stock: Mapped[bool] = mapped_column(default=False)

    producer: Mapped[Producer] = relationship()
    village: Mapped[CraftVillage] = relationship()
    variants: Mapped[list[Variant]] = relationship(back_populates="product", order_by="Variant.position")
    photos: Mapped[list[Photo]] = relationship(back_populates="product", order_by="Photo.position")

    __table_args__ = (
        CheckConstraint("stars IS NULL OR stars BETWEEN 3 AND 5", name="stars"),
        CheckConstraint("(stars IS NULL) = (stars_until IS NULL)", name="stars_have_an_end"),
        CheckConstraint("price_from > 0", name="price"),
    )

    @property
    def is_live(self) -> bool:
        return self.published_at is not None

    def variant(self, variant_id: int) -> Variant | None:
        return next((variant for variant in self.variants if variant.id == variant_id), None)


Index("ix_product_newest", Product.published_at.desc(), Product.id.desc())
Index("ix_product_village_stars", Product.village_id, Product.stars)
Index("ix_product_stars", Product.stars, Product.stars_until)


class Variant(Model):
    """What is really bought: a size, colour or glaze of a product with its own price and stock."""

    __tablename__ = "variant"

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    sku: Mapped[str] = mapped_column(String(60), unique=True)
    label: Mapped[Texts]
    price: Mapped[Vnd]
    position: Mapped[int] = mapped_column(default=0)
    is_sold: Mapped[bool] = mapped_column(default=True)

    product: Mapped[Product] = relationship(back_populates="variants")

    __table_args__ = (CheckConstraint("price > 0", name="price"),)


class Photo(Model):
    """A picture of a product, in its place in the gallery."""

    __tablename__ = "photo"

    id: Mapped[Key]
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"))
    picture_id: Mapped[int] = mapped_column(ForeignKey("picture.id"))
    alt: Mapped[Texts]
    position: Mapped[int] = mapped_column(default=0)

    product: Mapped[Product] = relationship(back_populates="photos")
    picture: Mapped[Picture] = relationship()

    __table_args__ = (UniqueConstraint("product_id", "position"),)


class OnShelf(Model):
    """A product lies on the shelf of a sales point: a published copy, written only by stock's verbs."""

    __tablename__ = "on_shelf"

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("sales_point.id"), primary_key=True)


class CatalogueChange(Model):
    """The log that derived copies (facet sets, search index, page cache) follow: a product changed at `seq`."""

    __tablename__ = "catalogue_change"

    seq: Mapped[Key]
    product_id: Mapped[int]
    at: Mapped[Stamp]

    __table_args__ = ({"sqlite_autoincrement": True},)
