"""The basket and its lines, each of which can say what is wrong with it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.catalogue.models import Variant
from shop.core import clock
from shop.core.db import Key, Model, Stamp
from shop.core.money import Vnd
from shop.core.refusal import N_, Refusal

MOST_PIECES = 99
MOST_LINES = 50


class NotForSale(Refusal):
    sentence = N_("This product is not on sale any more.")


class TooMany(Refusal):
    sentence = N_("At most %(most)s pieces of one product. Ask us for larger orders.")
    field = "quantity"


class BasketFull(Refusal):
    sentence = N_("A basket holds at most %(most)s different products.")


class Cart(Model):
    """A visitor's basket, known by a random token in the visitor's cookie. `version` counts its changes."""

    __tablename__ = "cart"

    id: Mapped[Key]
    token: Mapped[str] = mapped_column(String(64), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[Stamp]
    changed_at: Mapped[Stamp]

    lines: Mapped[list[CartLine]] = relationship(
        back_populates="cart", order_by="CartLine.id", cascade="all, delete-orphan"
    )

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def goods_total(self) -> Vnd:
        return Vnd(sum(line.total for line in self.lines))

    @property
    def is_empty(self) -> bool:
        return not self.lines

    def line_of(self, variant_id: int) -> CartLine | None:
        return next((line for line in self.lines if line.variant_id == variant_id), None)

    def add(self, variant: Variant, quantity: int, *, stars: int | None) -> CartLine:
        """Adds pieces; `stars` are those shown at that moment. Raises NotForSale, TooMany or BasketFull."""
        if not (variant.is_sold and variant.product.is_live):
            raise NotForSale()
        line = self.line_of(variant.id)
        if line is None:
            if len(self.lines) >= MOST_LINES:
                raise BasketFull(most=MOST_LINES)
            line = CartLine(variant=variant, quantity=0, price_seen=variant.price, stars_seen=stars)
            self.lines.append(line)
        if not 1 <= line.quantity + quantity <= MOST_PIECES:
            raise TooMany(most=MOST_PIECES)
        line.quantity += quantity
        line.price_seen, line.stars_seen = variant.price, stars
        self._changed()
        return line

    def change(self, variant_id: int, quantity: int) -> None:
        """Sets a line's quantity; 0 takes it out. Raises TooMany."""
        line = self.line_of(variant_id)
        if line is None:
            return
        if not 0 <= quantity <= MOST_PIECES:
            raise TooMany(most=MOST_PIECES)
        if quantity == 0:
            self.lines.remove(line)
        line.quantity = quantity or line.quantity
        self._changed()

    def accept_changes(self, stars: dict[int, int | None]) -> None:
        """The buyer has seen today's prices and stars and goes on with them."""
        for line in self.lines:
            line.price_seen = line.variant.price
            line.stars_seen = stars.get(line.variant.product_id)
        self._changed()

    def clear(self) -> None:
        self.lines.clear()
        self._changed()

    def _changed(self) -> None:
        self.version += 1
        self.changed_at = clock.now()


class CartLine(Model):
    __tablename__ = "cart_line"

    id: Mapped[Key]
    cart_id: Mapped[int] = mapped_column(ForeignKey("cart.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"), index=True)
    quantity: Mapped[int]
    price_seen: Mapped[Vnd]
    stars_seen: Mapped[int | None]

    cart: Mapped[Cart] = relationship(back_populates="lines")
    variant: Mapped[Variant] = relationship()

    __table_args__ = (
        UniqueConstraint("cart_id", "variant_id"),
        CheckConstraint(f"quantity BETWEEN 1 AND {MOST_PIECES}", name="quantity"),
    )

    @property
    def total(self) -> Vnd:
        return Vnd(self.variant.price * self.quantity)
