"""Every address declares who may open it, is a noun, wears the headers, and refuses what another site sends."""

from __future__ import annotations

import contextvars
import inspect
import re
from collections.abc import Iterator

import pytest
from flask import Flask, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.routing import Rule
from werkzeug.test import Client, TestResponse

from shop.core.languages import LANGUAGES
from shop.web import access, addresses
from shop.web.security import WEBHOOKS
from tests.house.reading import cure

WRITES = {"POST", "PUT", "PATCH", "DELETE"}
HOME = "http://localhost"
ELSEWHERE = {
    "a browser says so": {"Sec-Fetch-Site": "cross-site"},
    "a neighbour on the same domain": {"Sec-Fetch-Site": "same-site"},
    "an old browser names another origin": {"Origin": "https://elsewhere.example"},
    "an old browser names no origin": {"Origin": "null"},
    "nothing is said": {},
}
OURS = {
    "a browser says so": {"Sec-Fetch-Site": "same-origin"},
    "typed by hand": {"Sec-Fetch-Site": "none"},
    "an old browser names us": {"Origin": HOME},
}
WORN = {
    "Content-Security-Policy": r"default-src 'none';.*frame-ancestors 'none'",
    "X-Content-Type-Options": r"nosniff",
    "Referrer-Policy": r"same-origin|no-referrer",
    "Cross-Origin-Opener-Policy": r"same-origin",
    "Cross-Origin-Resource-Policy": r"same-origin",
    "Permissions-Policy": r".*camera=\(\)",
    "Cache-Control": r".+",
}
LOOSE = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "data:", "*", "http:")
KEBAB = re.compile(r"[a-z0-9]+([-.][a-z0-9]+)*|\.well-known")  # the last by RFC 8615
DEEDS = {
    *("add", "remove", "delete", "update", "create", "edit", "get", "set", "do", "send", "submit", "save"),
    *("cancel", "pay", "buy", "show", "list", "view", "change", "choose", "apply", "confirm"),
}
GAP = re.compile(r"<(?:(?P<kind>\w+)(?:\([^)]*\))?:)?(?P<name>\w+)>")
FILLED = {"int": "1", "language": "vi", "path": "x/y.webp"}


def rules(app: Flask) -> Iterator[Rule]:
    return iter(sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule))


def filled(rule: Rule) -> str:
    """An address of the rule, each gap filled with something of its kind."""
    return GAP.sub(lambda gap: FILLED.get(gap["kind"] or "", "x"), rule.rule)


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def written(app: Flask) -> list[tuple[str, str]]:
    """(method, address) of everything that changes something, but for webhooks: those prove themselves by signature."""
    return [
        (method, filled(rule))
        for rule in rules(app)
        for method in methods(rule)
        if method in WRITES and not rule.rule.startswith(WEBHOOKS)
    ]


def answer(app: Flask, method: str, path: str, headers: dict[str, str] | None = None) -> TestResponse:
    """Straight at the server's door, from outside the test's own context: no client adds headers or checks the page."""
    return contextvars.Context().run(Client(app).open, path, method=method, base_url=HOME, headers=headers or {})


def test_every_route_declares_who_may_open_it(app: Flask) -> None:
    silent = [name for name, view in app.view_functions.items() if not getattr(view, "access", None)]
    assert not silent, cure(silent, "Say @public, @signed_in or @for_office (shop/web/access.py) right above the view:")


def test_a_shop_with_an_undeclared_route_does_not_start() -> None:
    bare = Flask("bare", static_folder=None)
    bare.add_url_rule("/secret", "secret", lambda: "")
    with pytest.raises(access.Undeclared, match="secret"):
        access.check(bare)


def test_a_page_for_signed_in_people_asks_others_to_sign_in(app: Flask) -> None:
    breaks = []
    for rule in rules(app):
        if getattr(app.view_functions[rule.endpoint], "access", "").startswith("signed in"):
            for method in methods(rule):
                said = answer(app, method, filled(rule), {"Sec-Fetch-Site": "same-origin"})
                if said.status_code != 303 or "/sign-in" not in said.headers.get("Location", ""):
                    breaks.append(f"{method} {rule.rule} answers {said.status_code}")
    assert not breaks, cure(
        breaks, "@signed_in or @for_office must stand below the route and above every other decorator:"
    )


def test_addresses_are_nouns_in_kebab_case(app: Flask) -> None:
    breaks = []
    for rule in rules(app):
        for step in filter(None, GAP.sub("x", rule.rule).split("/")):
            if not KEBAB.fullmatch(step) or step in DEEDS:
                breaks.append(f"{rule.rule}: {step!r}")
    assert not breaks, cure(
        breaks, "Name the thing, in kebab-case; an action is a thing too: POST …/orders/<number>/cancellation:"
    )


@pytest.mark.parametrize("sent", ELSEWHERE)
def test_what_another_site_sends_is_refused(app: Flask, sent: str) -> None:
    doors = written(app)
    assert doors, "No route writes anything: this law reads the url map wrongly"
    breaks = []
    for method, path in doors:
        said = answer(app, method, path, ELSEWHERE[sent])
        if said.status_code != 403:
            breaks.append(f"{method} {path} answers {said.status_code}")
    assert not breaks, cure(breaks, "Let shop/web/security.py guard every write before any view runs (design.md §4.2):")


@pytest.mark.parametrize("sent", OURS)
def test_what_our_own_pages_send_is_let_in(app: Flask, sent: str) -> None:
    for method, path in written(app):
        with app.test_request_context(path, method=method, base_url=HOME, headers=OURS[sent]):
            try:
                app.preprocess_request()
            except Forbidden:
                pytest.fail(f"{method} {path} is refused from our own pages: mend _refuse_other_sites")


def test_every_answer_wears_its_headers(app: Flask) -> None:
    breaks = []
    for rule in rules(app):
        for method in methods(rule):
            worn = answer(app, method, filled(rule), {"Sec-Fetch-Site": "same-origin"}).headers
            breaks += [
                f"{method} {rule.rule}: {name} is {worn.get(name)!r}"
                for name, wanted in WORN.items()
                if not re.match(wanted, worn.get(name, ""))
            ]
    assert not breaks, cure(breaks, "Headers are set once, in shop/web/security.py; a view may only set Cache-Control:")


def test_the_policy_allows_nothing_inline(app: Flask) -> None:
    policy = answer(app, "GET", "/healthz").headers["Content-Security-Policy"]
    loose = [
        word for word in ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "data:", "*", "http:") if word in policy
    ]
    assert not loose, f"The policy allows {loose}: move what needs it into static/ (shop/web/security.py)"


SAMPLES: dict[str, object] = {"int": 3, "str": "vai-lua"}
SPOKEN_OF = {name: spoken for name, spoken in vars(addresses).items() if inspect.isfunction(spoken)}
OWN = sorted(name for name, spoken in SPOKEN_OF.items() if spoken.__module__ == addresses.__name__)


@pytest.mark.parametrize("name", OWN)
def test_an_address_is_what_the_routes_say(app: Flask, name: str) -> None:
    spoken = SPOKEN_OF[name]
    given = {one.name: SAMPLES[str(one.annotation)] for one in inspect.signature(spoken).parameters.values()}
    endpoints = [endpoint for endpoint in app.view_functions if endpoint.rpartition(".")[2] == name]
    assert len(endpoints) == 1, f"addresses.{name} belongs to {endpoints}: call it like the one view it leads to"
    for language in LANGUAGES:
        with app.test_request_context(f"/{language}/"):
            app.preprocess_request()
            said, routed = spoken(**given), url_for(endpoints[0], language=language, **given)
        assert said == routed, f"addresses.{name} says {said}, the routes say {routed}: mend shop/web/addresses.py"
