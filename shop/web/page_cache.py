"""Storefront pages are the same bytes for everyone: kept compressed in memory until the catalogue changes."""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from shop.catalogue import shelves
from shop.core import clock
from shop.core.languages import LANGUAGES
from shop.delivery.promising import CUT_OFF

MARK = "X-Shop-Page"
KEEP, PASS = "keep", "pass"  # both are compressed and get an ETag; only the first is remembered
PAGES = tuple(f"/{spoken}/" for spoken in LANGUAGES)
MOST_PAGES = 1_000  # of some 60 KB each
LONGEST = 300
LOOK_EVERY = 0.25
# A star may be revoked at any minute: others may keep a page, but ask whether it still stands (a 304 is cheap).
REVALIDATE = "public, max-age=0, must-revalidate"


class Kept(NamedTuple):
    status: str
    headers: list[tuple[str, str]]
    plain: bytes
    packed: bytes
    etag: str
    version: object
    until: float


class PageCache:
    """WSGI in front of Flask. Only GETs of pages that the storefront marked are kept, by path and query."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.inner = app.wsgi_app
        self.pages: OrderedDict[str, Kept] = OrderedDict()
        self.lock = threading.Lock()
        self._version: object = None
        self._looked = 0.0

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.inner(environ, start)
        key = f"{environ.get('HTTP_HOST')}{environ.get('PATH_INFO')}?{environ.get('QUERY_STRING')}"
        kept = self.pages.get(key)
        if kept is not None and kept.until > time.monotonic() and kept.version == self.version():
            with self.lock:
                if key in self.pages:
                    self.pages.move_to_end(key)
            return self._answer(kept, environ, start)
        return self._fresh(key, environ, start)

    def version(self) -> object:
        """The state of the catalogue, looked at four times a second at most."""
        if time.monotonic() - self._looked > LOOK_EVERY:
            self._looked = time.monotonic()
            with self.app.app_context():
                try:
                    self._version = shelves.version()
                except SQLAlchemyError:
                    self._version = None  # no kept page is known to be true now; the pages themselves will say why
        return self._version

    def _fresh(self, key: str, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        said: list[Any] = []

        def note(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            said[:] = [status, headers, *rest]
            return lambda _data: None

        version = self.version()
        # A HEAD is answered from the page of a GET: Flask would strip the body before we could keep it.
        chunks = self.inner({**environ, "REQUEST_METHOD": "GET"} if self._is_page(environ) else environ, note)
        status, headers = said[0], said[1]
        mark = next((value for name, value in headers if name == MARK), None)
        if mark is None:
            start(*said)
            return chunks
        body = b"".join(chunks)
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
        kept = _keep(status, headers, body, version)
        if status.startswith("200") and mark == KEEP and version is not None:
            with self.lock:
                self.pages[key] = kept
                self.pages.move_to_end(key)
                while len(self.pages) > MOST_PAGES:
                    self.pages.popitem(last=False)
        return self._answer(kept, environ, start)

    def _is_page(self, environ: dict[str, Any]) -> bool:
        return environ["REQUEST_METHOD"] == "HEAD" and environ.get("PATH_INFO", "")[:4] in PAGES

    def _answer(self, kept: Kept, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        if environ.get("HTTP_IF_NONE_MATCH") == kept.etag:
            start("304 Not Modified", [("ETag", kept.etag), ("Vary", "Accept-Encoding")])
            return []
        body, headers = kept.plain, list(kept.headers)
        if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            body = kept.packed
            headers.append(("Content-Encoding", "gzip"))
        headers.append(("Content-Length", str(len(body))))
        start(kept.status, headers)
        return [body] if environ["REQUEST_METHOD"] == "GET" else []


def lasts() -> int:
    """Seconds a page may be kept: until Hanoi's midnight (certificates), the cut-off (promises), or LONGEST."""
    here = clock.in_hanoi(clock.now())
    midnight = datetime.combine(here.date() + timedelta(days=1), datetime.min.time(), here.tzinfo)
    cut_off = datetime.combine(here.date(), CUT_OFF, here.tzinfo)
    ends = [moment for moment in (midnight, cut_off) if moment > here]
    return max(0, min(LONGEST, *(int((moment - here).total_seconds()) for moment in ends)))


def _keep(status: str, headers: list[tuple[str, str]], body: bytes, version: object) -> Kept:
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    lasting = lasts()
    left_out = (MARK, "Content-Length", "Cache-Control", "ETag", "Vary", "Set-Cookie", "X-Request-Id")
    kept = [(name, value) for name, value in headers if name not in left_out]
    kept += [
        ("ETag", etag),
        ("Vary", "Accept-Encoding"),
        ("Cache-Control", REVALIDATE),
    ]
    return Kept(status, kept, body, gzip.compress(body, 5), etag, version, time.monotonic() + lasting)
