"""Where a label leads: GS1 Digital Links under /01, and plain codes of products that have no GS1 number."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from flask import abort, current_app, g, jsonify, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.core.refusal import N_, Refusal
from shop.provenance import gs1
from shop.provenance.gs1 import DigitalLink
from shop.provenance.lots.resolving import Resolved, lot_of_serial, product_of, resolve
from shop.web.access import public
from shop.web.languages import language
from shop.web.presenting import say
from shop.web.resolver import bp
from shop.web.resolver.counting import count
from shop.web.resolver.links import DEFAULT, SUPPORTED, VOCABULARY, Target, choice, default, linkset, offered, proof
from shop.web.starting import shop_config

LINKSET = "application/linkset+json"
# What our own pages read from their address: a label must not be able to say it for them. `at`, for one, shows how
# things stood on another day, and a copied label of a revoked product would gladly show a better one.
OURS = frozenset({"linktype", "lot", "serial", "at", "before"})


class UnknownGtin(Refusal):
    sentence = N_("No product with the number %(gtin)s is registered here.")


class NoSuchLink(Refusal):
    sentence = N_("There is no information of this kind about this product.")


@bp.get("/01", defaults={"rest": ""})
@bp.get("/01/<path:rest>", merge_slashes=False)
@bp.get("/01//<path:rest>", merge_slashes=False)
@public
def label(rest: str) -> Response | tuple[str, int]:
    """Reads the address as it was sent: decoded, a slash in a lot number could not be told from one between parts."""
    path, query = _sent()
    try:
        link = gs1.parse(path, query)
    except Refusal as refusal:
        return _refused(refusal, 400)
    found = resolve(link)
    if found is None:
        return _refused(UnknownGtin(gtin=link.gtin), 404)
    kind = _kind_asked()
    if kind in ("linkset", "all") or (not kind and _wants_linkset()):
        return _linkset(linkset(found, _host()), 200)
    return _follow(found, kind)


@bp.get("/p/<slug>")
@public
def plain(slug: str) -> Response:
    """The code of a product without a GTIN; the label's serial, if it has one, stands in the query."""
    product = product_of(slug)
    if product is None:
        abort(404)
    serial = request.args.get("serial", "")[:20]
    level = DigitalLink("", lot=lot_of_serial(product.id, serial), serial=serial)
    return _for_anyone(count(product.id, serial, redirect(_passing_on(proof(product, level)), 302)))


def _follow(found: Resolved, kind: str) -> Response | tuple[str, int]:
    fitting = [default(found.product, found.asked)] if kind in ("", DEFAULT) else _fitting(found, kind)
    if not fitting:
        return _refused(NoSuchLink(), 404)
    if len(fitting) > 1:
        return _linkset(choice(found.deepest, fitting, _host()), 300)
    response = redirect(_passing_on(fitting[0].path), 307)
    asked = f"{found.asked.path}?linkType=linkset"
    response.headers["Link"] = f'<{_host()}{asked}>; rel="linkset"; type="{LINKSET}"'
    return _for_anyone(count(found.product.id, found.asked.serial, response))


def _fitting(found: Resolved, kind: str) -> list[Target]:
    """The links of this type on the deepest level that has any, narrowed by the languages asked for."""
    for level in found.known:
        targets = [target for target in offered(found.product, level) if target.kind == kind]
        if targets:
            wanted = request.accept_languages.best_match([target.hreflang for target in targets])
            return [target for target in targets if target.hreflang == wanted] or targets
    return []


def _kind_asked() -> str:
    """The link type asked for, without its prefix; what we do not know fits nothing."""
    asked = request.args.get("linkType", "")
    for prefix in ("gs1:", VOCABULARY):
        if asked.startswith(prefix) and asked.removeprefix(prefix) in SUPPORTED:
            return asked.removeprefix(prefix)
    return asked if asked in ("", "linkset", "all") else "unknown"


def _wants_linkset() -> bool:
    """Whether JSON was asked for by name; `*/*` means a page."""
    accepted = request.accept_mimetypes
    named = {value for value, quality in accepted if quality > 0}
    return any(kind in named and accepted[kind] >= accepted["text/html"] for kind in (LINKSET, "application/json"))


def _linkset(told: dict[str, object], status: int) -> Response:
    response = jsonify(told)
    response.status_code = status
    response.content_type = LINKSET
    return _for_anyone(response)


def _for_anyone(response: Response) -> Response:
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["Content-Language"] = language()
    return response


def _refused(refusal: Refusal, status: int) -> tuple[str, int]:
    title = gettext("This label leads nowhere")
    page = render_template("error.html", code=status, title=title, cure=say(refusal), reference=g.get("request_id", ""))
    return page, status


def _passing_on(address: str) -> str:
    """The rest of the query goes along, but for what would speak to our own pages in the label's name."""
    told = parse_qsl(request.query_string.decode("ascii", "replace"), keep_blank_values=True)
    rest = urlencode([(name, value) for name, value in told if name.lower() not in OURS])
    return address + (("&" if "?" in address else "?") + rest if rest else "")


def _sent() -> tuple[str, str]:
    """Path and query, still percent-encoded."""
    raw = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or quote(request.path)
    if raw.startswith(("http://", "https://")):
        raw = urlsplit(raw).path + "?" + urlsplit(raw).query
    path, _, query = raw.partition("?")
    return path, query


def _host() -> str:
    return shop_config(current_app).public_url
