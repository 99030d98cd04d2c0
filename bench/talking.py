"""The smallest HTTP client that keeps its connection: cheap, so that the server is what is measured."""

from __future__ import annotations

import re
import socket
from typing import NamedTuple
from urllib.parse import urlencode

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)
COOKIE = re.compile(rb"\r\nset-cookie: *([^=;\s]+)=([^;\r]*)", re.I)
PLACE = re.compile(rb"\r\nlocation: *([^\r]+)", re.I)


class Answer(NamedTuple):
    status: int
    head: bytes
    body: bytes

    @property
    def place(self) -> str:
        """Where a redirect leads."""
        found = PLACE.search(self.head)
        return found[1].decode() if found else ""


class Connection:
    """One keep-alive connection with its own cookies."""

    def __init__(self, port: int) -> None:
        self.cookies: dict[str, str] = {}
        self._port = port
        self._socket = self._open()

    def get(self, path: str, *, packed: bool = True) -> Answer:
        return self.send(self.request("GET", path, packed=packed))

    def post(self, path: str, form: dict[str, str]) -> Answer:
        return self.send(self.request("POST", path, urlencode(form).encode()))

    def request(self, method: str, path: str, body: bytes = b"", *, packed: bool = False) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self._port}", "Sec-Fetch-Site: same-origin"]
        if packed:
            lines.append("Accept-Encoding: gzip")
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    def send(self, request: bytes) -> Answer:
        """The answer to a request; once more on a new connection if the server had closed this one."""
        try:
            return self._talk(request)
        except ConnectionError:
            self._socket.close()
            self._socket = self._open()
            return self._talk(request)

    def forget(self) -> None:
        """The next request comes from a guest nobody has seen before."""
        self.cookies.clear()

    def _open(self) -> socket.socket:
        opened = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    def _talk(self, request: bytes) -> Answer:
        self._socket.sendall(request)
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, body = data[:end], data[end + 4 :]
        length = LENGTH.search(head)
        left = (int(length[1]) if length else 0) - len(body)
        parts = [body]
        while left > 0:
            parts.append(self._more())
            left -= len(parts[-1])
        for name, value in COOKIE.findall(head):
            self.cookies[name.decode()] = value.decode()
        return Answer(int(head[9:12]), head, b"".join(parts))

    def _more(self) -> bytes:
        data = self._socket.recv(262_144)
        if not data:
            raise ConnectionResetError("the server closed the connection")
        return data
