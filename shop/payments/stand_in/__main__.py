"""Runs the stand-in: python -m shop.payments.stand_in --port 8001 --webhook URL --secret whsec_local."""

import argparse
import signal
from pathlib import Path
from threading import Event, Thread

from .server import Door, StandIn


def main() -> None:
    wanted = _arguments()
    door = Door(wanted.port)
    address = f"http://127.0.0.1:{door.server_port}"
    door.stand_in = StandIn(
        webhook=wanted.webhook,
        secret=wanted.secret,
        file=wanted.state,
        public_url=(wanted.public_url or address).rstrip("/"),
    )
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    door.stand_in.courier.start()
    Thread(target=door.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    if wanted.port_file:
        wanted.port_file.write_text(str(door.server_port))
    print(f"Stripe stand-in on {address}", flush=True)
    stop.wait()
    door.shutdown()
    door.server_close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m shop.payments.stand_in", description=__doc__)
    parser.add_argument("--port", type=int, default=8001, help="0 takes a free one")
    parser.add_argument("--port-file", type=Path, help="where to write the port that was taken")
    parser.add_argument("--webhook", default="", help="address of the shop's webhook; none: nothing is delivered")
    parser.add_argument("--secret", default="whsec_local", help="the webhook's signing secret")
    parser.add_argument("--public-url", default="", help="how a browser reaches the pay page")
    parser.add_argument("--state", type=Path, help="journal of every change, so that a restart keeps all")
    return parser.parse_args()


if __name__ == "__main__":
    main()
