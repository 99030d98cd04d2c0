"""The page a buyer is sent to: pay, be declined, meet 3-D Secure, or go back to the shop."""

import re
from pathlib import Path

from . import pay_view, paying, sessions
from .pay_words import words_for
from .state import Book, Record
from .wire import Reply, Request, see_other

_STYLE = Path(__file__).with_name("pay.css")
_PATH = re.compile(r"/pay/([A-Za-z0-9_]+)(?:/(pay|decline|challenge|bank|confirm|refuse))?")
_DEEDS = {
    "pay": paying.pay,
    "decline": paying.decline,
    "confirm": paying.confirm,
    "refuse": paying.refuse,
    "challenge": paying.challenge,
}
# No form-action: browsers hold it against the 303 back to the shop, which is another origin.
_GUARDS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src data:; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class PayPage:
    def __init__(self, book: Book) -> None:
        self._book = book

    def answer(self, request: Request) -> Reply:
        if request.path == "/pay.css":
            return Reply(200, _STYLE.read_bytes(), {"Content-Type": "text/css; charset=utf-8"})
        match = _PATH.fullmatch(request.path)
        with self._book.changing():
            sessions.sweep(self._book)
            session = self._book.seek("checkout.session", match[1]) if match else None
            if match is None or session is None:
                return _page(404, pay_view.over(_words(request, None), "unknown", None))
            if session["status"] != "open":
                return _over(request, session)
            if request.method == "POST" and match[2] in _DEEDS:
                return self._act(session, match[2])
            return self._show(request, session, match[2])

    def _show(self, request: Request, session: Record, place: str | None) -> Reply:
        words = _words(request, session)
        if place == "bank" and paying.is_challenged(self._book, session):
            return _page(200, pay_view.bank(words, session))
        items = self._book.find("basket", session["id"])["line_items"]
        return _page(200, pay_view.choices(words, session, items, paying.problem(self._book, session)))

    def _act(self, session: Record, deed: str) -> Reply:
        """Every deed answers with a redirect, so that reloading a page repeats nothing."""
        here = f"/pay/{session['id']}"
        if deed in ("confirm", "refuse") and not paying.is_challenged(self._book, session):
            return see_other(here)
        _DEEDS[deed](self._book, session["id"])
        if deed == "challenge":
            return see_other(f"{here}/bank")
        return see_other(_success(session) if session["status"] == "complete" else here)


def _over(request: Request, session: Record) -> Reply:
    """A second press on `pay` lands where the first one did: it is paid, and once."""
    words = _words(request, session)
    if session["status"] == "expired":
        return _page(410, pay_view.over(words, "expired", session["cancel_url"]))
    if request.method == "POST":
        return see_other(_success(session))
    return _page(200, pay_view.over(words, "paid", _success(session)))


def _success(session: Record) -> str:
    address: str = session["success_url"]
    return address.replace("{CHECKOUT_SESSION_ID}", session["id"])


def _words(request: Request, session: Record | None) -> dict[str, str]:
    return words_for(session["locale"] if session else None, request.headers.get("accept-language", ""))


def _page(status: int, html: str) -> Reply:
    return Reply(status, html.encode(), {"Content-Type": "text/html; charset=utf-8", **_GUARDS})
