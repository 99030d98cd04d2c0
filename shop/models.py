"""Every table, for the migrations and the tests that compare them."""

from shop.cart import models as cart
from shop.catalogue import models as catalogue
from shop.core import audit, outbox
from shop.delivery import models as delivery
from shop.orders import models as orders
from shop.payments import models as payments
from shop.people import models as people
from shop.places import models as places
from shop.provenance import models as provenance
from shop.provenance import oversight, proposals
from shop.provenance.log import models as log
from shop.provenance.lots import models as lots
from shop.stock import models as stock

__all__ = [
    "audit",
    "cart",
    "catalogue",
    "delivery",
    "log",
    "lots",
    "orders",
    "outbox",
    "oversight",
    "payments",
    "people",
    "places",
    "proposals",
    "provenance",
    "stock",
]
