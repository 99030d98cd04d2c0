"""The stand-in as a threaded HTTP server on the loopback."""

import socket
import sys
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from . import faults as orders
from .api import Api
from .control import Control
from .courier import Courier
from .faults import Faults
from .pay_page import PayPage
from .state import Book, new_id
from .wire import Dropped, Reply, Request, as_json


class StandIn:
    """Everything behind the socket: which part answers which path."""

    def __init__(self, *, webhook: str, secret: str, public_url: str, file: Path | None) -> None:
        self.seen: deque[dict[str, Any]] = deque(maxlen=1000)
        book, self._faults = Book(file), Faults()
        self.courier = Courier(book, webhook, secret)
        self._api = Api(book, self._faults, public_url)
        self._page = PayPage(book)
        self._control = Control(book, self._faults, self.courier, self.seen)

    def answer(self, request: Request) -> Reply:
        if request.path.startswith("/_control/"):
            return self._control.answer(request)
        if not request.path.startswith("/v1/"):
            return self._page.answer(request)
        return self._api_answer(request)

    def _api_answer(self, request: Request) -> Reply:
        note: dict[str, Any] = {
            "method": request.method,
            "path": request.path,
            "form": request.form,
            "idempotency_key": request.idempotency_key,
        }
        self.seen.append(note)
        before = self._faults.take(request, orders.BEFORE)
        if before and before.kind == "drop_before":
            raise Dropped
        reply = orders.answer_of(before.kind) if before else self._api.answer(request)
        note["status"] = reply.status
        after = self._faults.take(request, orders.AFTER)
        if after and after.kind == "drop_after":
            raise Dropped
        if after:
            time.sleep(after.seconds)
        return reply


class Door(ThreadingHTTPServer):
    """Bound at once; answers nothing before a stand-in stands behind it."""

    daemon_threads = True
    request_queue_size = 128
    stand_in: StandIn

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller who hung up, as faults make them do, is not worth a traceback."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "stripe-stand-in"
    wbufsize = -1  # head and body in one packet, or every answer waits for a delayed ACK
    server: Door

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode("utf-8", "replace")
        parts = urlsplit(self.path)
        headers = {name.lower(): text for name, text in self.headers.items()}
        try:
            reply = self.server.stand_in.answer(Request(self.command, parts.path, parts.query, body, headers))
        except Dropped:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        except Exception:
            self._send(as_json(500, {"error": {"type": "api_error", "message": "The stand-in itself has a fault."}}))
            raise
        self._send(reply)

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, text in {**reply.headers, "Request-Id": new_id("req_", 14)}.items():
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: /_control/state has every call."""
