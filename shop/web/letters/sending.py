"""Writes a letter and sends it: by SMTP, or into `instance/outbox/` where no mail server is set."""

from __future__ import annotations

import smtplib
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Flask, render_template
from flask_babel import force_locale, gettext

from shop.catalogue.models import Product
from shop.core.db import db, let_go
from shop.core.languages import Texts
from shop.core.refusal import N_
from shop.orders.finding import whole
from shop.orders.models import Order
from shop.orders.recalling import the_recall
from shop.web import addresses
from shop.web.languages import speak_in
from shop.web.starting import shop_config

SUBJECTS = {
    "order_placed": N_("Your order %(number)s at Phố Nghề"),
    "order_paid": N_("We have your payment for order %(number)s"),
    "recalled": N_("Please stop using goods of order %(number)s: a recall"),
}


def send(app: Flask, kind: str, facts: Mapping[str, Any]) -> None:
    """One letter about one order. Orders without a mail address get none."""
    order = whole(facts["number"])
    if order is None or not order.email:
        return
    more = _recall(facts) if kind == "recalled" else {}
    letter, name = compose(app, kind, order, **more), f"{order.number}-{kind}"
    let_go()
    deliver(app, letter, name=name)


def _recall(facts: Mapping[str, Any]) -> dict[str, Any]:
    product = db.session.get_one(Product, facts["product_id"])
    return {"recalled": product, "recall": the_recall(product.id, facts["recall"])}


def compose(app: Flask, kind: str, order: Order, **more: Any) -> EmailMessage:
    """`more`: of a recall the product `recalled` and the `recall` itself."""
    config = shop_config(app)
    letter = EmailMessage()
    with app.test_request_context(base_url=config.public_url), force_locale(order.language):
        speak_in(order.language)
        letter["Subject"] = gettext(SUBJECTS[kind], number=order.number)
        about = {"order": order, "host": config.public_url, "config": config, **_words(order.language, more)}
        words = render_template(f"letters/{kind}.txt", **about)
        page = render_template(f"letters/{kind}.html", **about)
    letter["From"] = config.mail_from
    letter["To"] = order.email
    letter["Date"] = formatdate()
    letter["Message-ID"] = make_msgid(f"{order.number}.{kind}", domain=urlsplit(config.public_url).hostname)
    letter.set_content(words)
    letter.add_alternative(page, subtype="html")
    return letter


def _words(language: str, more: Mapping[str, Any]) -> dict[str, Any]:
    if not more:
        return {}
    recall, product = more["recall"], more["recalled"]
    said = {"product": product.name.to(language), "reason": Texts(recall.reason).to(language)}
    return {"recall": recall, "proof": addresses.proof(product.slug), **said}


def deliver(app: Flask, letter: EmailMessage, *, name: str) -> None:
    config = shop_config(app)
    if not config.smtp_url:
        config.outbox.mkdir(parents=True, exist_ok=True)
        part = config.outbox / f"{name}.part"
        part.write_bytes(letter.as_bytes())
        part.replace(config.outbox / f"{name}.eml")
        return
    server = urlsplit(config.smtp_url)
    kind = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    with kind(server.hostname or "localhost", server.port or 0, timeout=20) as connection:
        if server.scheme == "smtp+tls":
            connection.starttls()
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(letter)
