"""The system's Chromium, started by Playwright, which is never to bring a browser of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# No sandbox: in a container there is none to be had. The rest keeps Chromium from calling home.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoChromium(Exception):
    """No browser here runs; the sentence says what to install."""


@cache
def executable() -> str:
    """Path of the first browser that really runs: Ubuntu's `chromium-browser` may be a mere note."""
    for name in NAMES:
        path = shutil.which(name) or shutil.which(name, path="/usr/bin")
        if path and _runs(path, "--version"):
            return path
    raise NoChromium("No Chromium runs on this machine; install the package chromium (or Google Chrome).")


def launch(playwright: Playwright) -> Browser:
    """A headless browser; close it, or use it in a `with`."""
    return playwright.chromium.launch(executable_path=executable(), args=list(ARGUMENTS))


def check() -> None:
    """Refuses where the browser, or Playwright's own Node that drives it, does not run."""
    executable()
    if not _runs(sys.executable, "-m", "playwright", "--version"):
        raise NoChromium("Playwright's driver does not run on this machine; install the package libatomic1.")


def _runs(*command: str) -> bool:
    try:
        answer = subprocess.run(command, capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


if __name__ == "__main__":
    try:
        check()
    except NoChromium as missing:
        raise SystemExit(str(missing)) from None
