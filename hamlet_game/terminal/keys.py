"""Single keys of a terminal, without waiting for Enter and without ever waiting long."""

from __future__ import annotations

import importlib
import os
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol


class Keys(Protocol):
    """Where keys come from; '' stands for none."""

    def key(self, wait_s: float) -> str:
        """Return the next key, or '' once so much time has passed."""


class NoKeys:
    """Nobody types: standard input is no terminal."""

    def key(self, wait_s: float) -> str:
        """Only wait."""
        time.sleep(wait_s)
        return ""


class _Unix:
    def __init__(self, source: int) -> None:
        self._source = source

    def key(self, wait_s: float) -> str:
        ready, _, _ = select.select([self._source], [], [], wait_s)
        if not ready:
            return ""
        typed = os.read(self._source, 64)
        # An arrow or another key of several bytes must not be taken for its last letter.
        return typed[:1].decode("ascii", "replace") if typed[:1] != b"\x1b" else ""


class _Windows:
    def __init__(self, msvcrt: Any) -> None:
        self._msvcrt = msvcrt

    def key(self, wait_s: float) -> str:
        end = time.monotonic() + wait_s
        while not self._msvcrt.kbhit():
            if time.monotonic() >= end:
                return ""
            time.sleep(0.02)
        return str(self._msvcrt.getwch())


@contextmanager
def keys() -> Iterator[Keys]:
    """Take keys one by one; the terminal is as it was afterwards."""
    if not (sys.stdin and sys.stdin.isatty()):
        yield NoKeys()
    elif os.name == "nt":
        yield _Windows(importlib.import_module("msvcrt"))
    else:
        # Through importlib, as neither module exists on Windows.
        termios, tty = importlib.import_module("termios"), importlib.import_module("tty")
        source = sys.stdin.fileno()
        before = termios.tcgetattr(source)
        try:
            tty.setcbreak(source)
            yield _Unix(source)
        finally:
            termios.tcsetattr(source, termios.TCSADRAIN, before)
