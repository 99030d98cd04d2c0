"""`bin/run`: sets the shop up and serves it on this machine, with a stand-in of Stripe when there is no key."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
LOGINS = """Demo logins (sample data only; password for all: phonghe-demo-2026)
  coordination office   office@phonghe.example
  its second person     office-2@phonghe.example
  producer              producer@phonghe.example
  sales point           clerk@phonghe.example"""


def main() -> int:
    args = _arguments()
    for port in (args.port, args.port + 1):
        if _is_busy(port):
            print(f"Port {port} is in use. Choose another: bin/run --port {args.port + 10}", file=sys.stderr)
            return 1
    _environment(args.port)
    try:
        _set_up(args.sample)
    except (ValueError, _config_error()) as error:
        print(error, file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, _close)
    children = [_stand_in(args.port)] if "STRIPE_STAND_IN" in os.environ else []
    children.append(_server(args))
    try:
        if not _answers(args.port, children[-1]):
            return 1
        children.insert(0, _finishing())
        print(f"\nPhố Nghề is open: http://localhost:{args.port}\n\n{LOGINS}\n\nCtrl-C closes the shop.", flush=True)
        return children[-1].wait()
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(children)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/run", description="Sets up and serves the shop on this machine.")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--sample", default="small", help="none, small, or a number of products such as 3463")
    parser.add_argument("--workers", type=int, default=1, help="server processes")
    parser.add_argument("--threads", type=int, default=8, help="threads in each")
    return parser.parse_args()


def _is_busy(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _environment(port: int) -> None:
    """Fills in what the local shop needs and nobody has set."""
    os.environ.setdefault("PUBLIC_URL", f"http://localhost:{port}")
    if not os.environ.get("STRIPE_SECRET_KEY"):
        os.environ["STRIPE_STAND_IN"] = "1"
        os.environ["STRIPE_SECRET_KEY"] = "sk_test_local_stand_in"
        os.environ["STRIPE_WEBHOOK_SECRET"] = "whsec_local_stand_in"
        os.environ["STRIPE_API_BASE"] = f"http://127.0.0.1:{port + 1}"
        os.environ["STRIPE_PAY_ORIGIN"] = f"http://localhost:{port + 1}"


def _config_error() -> type[Exception]:
    from config import ConfigError

    return ConfigError


def _set_up(sample: str) -> None:
    from shop import create_app
    from shop.setting_up import set_up

    app = create_app()
    with app.app_context():
        set_up(app, sample, say=lambda words: print(words, flush=True))


def _stand_in(port: int) -> subprocess.Popen[bytes]:
    state = Path(os.environ.get("SHOP_INSTANCE", ROOT / "instance")) / "stripe-stand-in.jsonl"
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "shop.payments.stand_in"),
            *("--port", str(port + 1)),
            *("--webhook", f"http://127.0.0.1:{port}/webhooks/stripe"),
            *("--secret", os.environ["STRIPE_WEBHOOK_SECRET"]),
            *("--public-url", f"http://localhost:{port + 1}"),
            *("--state", str(state)),
        ],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )


def _finishing() -> subprocess.Popen[bytes]:
    """The sample's remaining pictures, drawn beside the open shop at low priority."""
    return subprocess.Popen(["nice", "-n", "15", sys.executable, "-m", "flask", "--app", "wsgi", "draw"], cwd=ROOT)


def _server(args: argparse.Namespace) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "wsgi:app"),
            *("--bind", f"127.0.0.1:{args.port}"),
            *("--workers", str(args.workers), "--threads", str(args.threads)),
            *("--config", str(ROOT / "deploy" / "gunicorn.py")),
        ],
        cwd=ROOT,
    )


def _answers(port: int, server: subprocess.Popen[bytes]) -> bool:
    for _ in range(300):
        if server.poll() is not None:
            return False
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False


def _close(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in reversed(children):
        child.terminate()
    for child in reversed(children):
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()


if __name__ == "__main__":
    sys.exit(main())
