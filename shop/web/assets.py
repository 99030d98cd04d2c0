"""Style and script: one file each, joined from small ones, named by their content, cached for a year."""

from __future__ import annotations

import gzip
import hashlib

from flask import Flask, abort, current_app, request, send_from_directory
from werkzeug.wrappers import Response

from shop.web.access import public
from shop.web.starting import ROOT, shop_config

STATIC = ROOT / "static"
YEAR = "public, max-age=31536000, immutable"
KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


class Bundles:
    """The joined files by kind; in development joined anew when one of them changed."""

    def __init__(self, fixed: bool) -> None:
        self.fixed = fixed
        self._made: dict[str, tuple[float, bytes, str]] = {}

    def body(self, kind: str) -> bytes:
        return self._bundle(kind)[1]

    def name(self, kind: str) -> str:
        return f"shop.{self._bundle(kind)[2]}.{kind}"

    def _bundle(self, kind: str) -> tuple[float, bytes, str]:
        made = self._made.get(kind)
        if made is not None and self.fixed:
            return made
        files = sorted((STATIC / kind).glob(f"*.{kind}"))
        newest = max(file.stat().st_mtime for file in files)
        if made is None or made[0] != newest:
            body = b"\n".join(file.read_bytes() for file in files)
            made = self._made[kind] = (newest, body, hashlib.sha256(body).hexdigest()[:10])
        return made


def serve(app: Flask) -> None:
    bundles = Bundles(fixed=shop_config(app).production)
    app.extensions["bundles"] = bundles

    @app.get("/static/shop.<digest>.<kind>", endpoint="bundle")
    @public
    def bundle(digest: str, kind: str) -> Response:
        if kind not in KINDS:
            abort(404)
        response = Response(bundles.body(kind), content_type=KINDS[kind])
        if request.accept_encodings["gzip"]:
            response.set_data(gzip.compress(bundles.body(kind), 9))
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = YEAR if digest in bundles.name(kind) else "no-cache"
        return response

    @app.get("/static/<path:name>", endpoint="static")
    @public
    def static(name: str) -> Response:
        response = send_from_directory(STATIC, name)
        response.headers["Cache-Control"] = "public, max-age=86400"
        return response

    @app.get("/media/<path:name>", endpoint="media")
    @public
    def media(name: str) -> Response:
        response = send_from_directory(shop_config(current_app).media, name)
        response.headers["Cache-Control"] = YEAR
        return response

    app.jinja_env.globals["bundle"] = lambda kind: f"/static/{bundles.name(kind)}"
