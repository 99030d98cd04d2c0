"""Deeds done at the same time, each in a thread and on a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable


def elsewhere(*deeds: Callable[[], object]) -> None:
    """Does them all at once and waits for the last; a failure in any of them fails the test."""
    failed: list[BaseException] = []

    def guarded(deed: Callable[[], object]) -> None:
        try:
            deed()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=guarded, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
