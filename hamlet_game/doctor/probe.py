"""Trying something in a process of its own: what crashes or hangs there is an answer, too."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Final

from hamlet_game.town.sentences import one_line

PATIENCE_S: Final = 60.0  # torch may load slowly from a cold disk
Answers = dict[str, Any]


class ProbeError(Exception):
    """What was tried gave no answer; the message says how it ended."""


def ask(question: Callable[[], Answers], patience_s: float = PATIENCE_S) -> Answers:
    """Return what `question`, a function of some module, answers in another process.

    Raises ProbeError, with a sentence's end: what it raised, by what it was ended, or that it hung.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(question, theirs), daemon=True)
    try:
        process.start()
    except OSError as error:
        raise ProbeError(f"no process can be started ({error.strerror})") from None
    theirs.close()
    try:
        if not ours.poll(patience_s):
            raise ProbeError(f"it gave no answer within {patience_s:.0f} s")
        answers: Answers = ours.recv()
    except (EOFError, OSError):
        process.join(5)
        raise ProbeError(f"it ended without a word (exit code {process.exitcode})") from None
    finally:
        ours.close()
        if process.is_alive():
            process.kill()
        process.join(5)
    if trouble := answers.get("raised"):
        raise ProbeError(str(trouble))
    return answers


def _answer(question: Callable[[], Answers], pipe: Connection) -> None:
    """Answer and end. Nothing that a library prints reaches the terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        with suppress(OSError):  # a windowed program without a terminal
            os.dup2(nowhere, descriptor)
    try:
        answers = question()
    except BaseException as error:
        answers = {"raised": f"{type(error).__name__}: {one_line(str(error))[:160]}"}
    with suppress(OSError):  # nobody waits any more
        pipe.send(answers)
    pipe.close()
