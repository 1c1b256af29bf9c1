"""One thing the doctor has looked at, in a sentence, with its remedy where it needs one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "trouble"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and how it is."""

    name: str  # a word or two
    state: State  # a warning leaves Hamlet usable, trouble does not
    says: str  # what was found
    remedy: str = ""  # what to do about it

    def __post_init__(self) -> None:
        """Hold every problem to a remedy."""
        if (self.state == "ok") is bool(self.remedy):
            raise ValueError(f"{self.name}: a problem has a remedy, and nothing else has")


def ok(name: str, says: str) -> Finding:
    """Return that all is well."""
    return Finding(name, "ok", says)


def warning(name: str, says: str, remedy: str) -> Finding:
    """Return something that is missing or slow while Hamlet works."""
    return Finding(name, "warning", says, remedy)


def trouble(name: str, says: str, remedy: str) -> Finding:
    """Return something that keeps Hamlet, or a good part of it, from working."""
    return Finding(name, "trouble", says, remedy)
