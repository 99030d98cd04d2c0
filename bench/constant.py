"""The yardstick: a Flask app that answers a given number of bytes and does nothing else."""

from __future__ import annotations

import os
from functools import cache

from flask import Flask, Response

app = Flask(__name__, static_folder=None)


@app.get("/<int:size>")
def answer(size: int) -> Response:
    headers = {"Content-Encoding": "gzip", "Cache-Control": "public, max-age=60"}
    return Response(_body(size), content_type="text/html; charset=utf-8", headers=headers)


@cache
def _body(size: int) -> bytes:
    return os.urandom(size)
