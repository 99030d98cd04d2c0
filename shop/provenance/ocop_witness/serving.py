"""The witness over HTTP: `POST /add-checkpoint`, and for people `GET /` and `GET /evidence`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from .cosigning import MOST_BYTES, Answer, Witness
from .memory import Evidence

Start = Callable[[str, list[tuple[str, str]]], Any]


class Application:
    """A WSGI application; behind nginx or Caddy, which speak TLS and bound the rate."""

    def __init__(self, witness: Witness) -> None:
        self.witness = witness

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        answer = self._answer(environ)
        body = answer.body.encode()
        headers = [("Content-Type", answer.kind), ("Content-Length", str(len(body)))]
        start(f"{answer.status} {HTTPStatus(answer.status).phrase}", headers)
        return [body]

    def _answer(self, environ: dict[str, Any]) -> Answer:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        match path:
            case "/add-checkpoint" if method == "POST":
                body = _body(environ)
                return Answer(400, "say a length, up to 64 KB\n") if body is None else self.witness.add_checkpoint(body)
            case "/" if method == "GET":
                seen = [f"{origin} {size}" for origin, size in self.witness.memory.logs()]
                return Answer(200, "\n".join([self.witness.verifier.vkey, *seen, ""]))
            case "/evidence" if method == "GET":
                return Answer(200, "".join(_told(each) for each in self.witness.memory.evidence()))
            case "/add-checkpoint" | "/" | "/evidence":
                return Answer(405, "not this way\n")
            case _:
                return Answer(404, "nothing here\n")


def serve(application: Application, host: str, port: int) -> WSGIServer:
    """The server, ready for `serve_forever`; a thread for each caller."""
    return make_server(host, port, application, server_class=_Server, handler_class=_Quiet)


def _body(environ: dict[str, Any]) -> bytes | None:
    length = environ.get("CONTENT_LENGTH") or ""
    if not (length.isascii() and length.isdigit() and len(length) < 8 and int(length) <= MOST_BYTES):
        return None
    body: bytes = environ["wsgi.input"].read(int(length))
    return body


def _told(evidence: Evidence) -> str:
    what = "two trees of one size" if evidence.is_certain else "no proof that one continues the other"
    return f"{what}, seen at {evidence.time}\n\n{evidence.note}\nagainst\n\n{evidence.against}\n\n"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class _Quiet(WSGIRequestHandler):
    timeout = 20  # a caller who says nothing does not hold a thread for ever

    def log_message(self, format: str, *_given: object) -> None:
        """The proxy in front keeps the access log."""
