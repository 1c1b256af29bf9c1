"""A player at play in a terminal: pictures, lines, keys."""

from __future__ import annotations

import io
import os
import signal

import pytest
from rich.console import Console
from typer.testing import CliRunner

from hamlet_game.cli import app
from hamlet_game.game.agents import roster
from hamlet_game.terminal import keys as keyboard
from hamlet_game.terminal import watch as watching
from hamlet_game.terminal.watch import Plan, watch
from hamlet_game.town.catalog import load_catalog

LEVEL = load_catalog().find("1")


class Typed:
    """Keys typed at once, one each time somebody asks; no time passes."""

    def __init__(self, *typed: str) -> None:
        self.left = list(typed)

    def key(self, wait_s: float) -> str:  # noqa: ARG002 -- see above
        return self.left.pop(0) if self.left else ""


def plan(word: str = "master", lives: int | None = None, town: int = 7) -> Plan:
    return Plan(roster.player(word), LEVEL, town, lives)


def console(width: int = 100, height: int = 30, **kinds: object) -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    settings = {"force_terminal": True, "legacy_windows": False, "_environ": {}} | kinds
    return Console(file=out, width=width, height=height, **settings), out  # type: ignore[arg-type]


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "step_seconds", lambda *_: 0.0)
    monkeypatch.setattr(watching, "end_seconds", lambda *_: 0.0)


@pytest.mark.usefixtures("hurried")
def test_it_plays_until_its_lives_are_over_and_says_how_they_went() -> None:
    screen, out = console()
    watch(plan("idle", lives=2), screen, Typed())
    shown, _, after = out.getvalue().rpartition("\x1b[?1049l")
    assert "BED" in shown
    assert "q quits" in shown
    told = after.splitlines()
    assert [line.split(":")[0] for line in told] == [
        "First Night, town 7",
        "First Night, town 8",
    ]
    assert "Energy ran out" in told[0]


@pytest.mark.parametrize("size", [(100, 30), (50, 20), (20, 8), (250, 70)])
@pytest.mark.usefixtures("hurried")
def test_q_quits_at_any_size(size: tuple[int, int]) -> None:
    screen, out = console(*size)
    watch(plan(), screen, Typed("", "", "x", "q"))
    assert "Stopped" in out.getvalue().rpartition("\x1b[?1049l")[2]


@pytest.mark.usefixtures("hurried")
def test_the_space_bar_pauses_until_it_is_hit_again() -> None:
    screen, out = console()
    watch(plan(), screen, Typed(" ", " ", "q"))
    assert "space goes on" in out.getvalue()
    assert "2 of 50 steps" in out.getvalue().rpartition("\x1b[?1049l")[2].replace("\n", " ")


@pytest.mark.usefixtures("hurried")
def test_an_end_from_outside_leaves_the_terminal_as_it_was() -> None:
    class Killed:
        def key(self, wait_s: float) -> str:  # noqa: ARG002
            os.kill(os.getpid(), signal.SIGTERM)
            return ""

    before = signal.getsignal(signal.SIGTERM)
    screen, out = console()
    watch(plan(), screen, Killed())
    assert "\x1b[?1049l" in out.getvalue()
    assert "\x1b[?25h" in out.getvalue()
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.usefixtures("hurried")
def test_a_dumb_terminal_gets_lines() -> None:
    screen, out = console(_environ={"TERM": "dumb"})
    watch(plan(lives=1), screen, Typed())
    assert "\x1b" not in out.getvalue()
    assert out.getvalue().splitlines()[0] == "Master: First Night, town 7"


@pytest.mark.usefixtures("hurried")
def test_without_colours_nothing_is_coloured() -> None:
    screen, out = console(no_color=True, color_system="truecolor")
    watch(plan(lives=1), screen, Typed())
    assert "38;2" not in out.getvalue()
    assert "BED" in out.getvalue()


@pytest.mark.usefixtures("hurried")
def test_a_terminal_of_ascii_gets_ascii() -> None:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding="ascii", write_through=True)
    screen = Console(file=file, width=100, height=30, force_terminal=True, legacy_windows=False)
    watch(plan(lives=1), screen, Typed())
    assert b"BED" in raw.getvalue()
    assert b"#" in raw.getvalue()


def test_piped_there_is_one_life_of_plain_lines() -> None:
    done = CliRunner().invoke(
        app, ["watch", "sensible", "--terminal", "--level", "1", "--town-seed", "7"]
    )
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "Script: First Night, town 7"
    assert lines[1].startswith("step    1  ")
    assert lines[-1].startswith("First Night, town 7: ")
    assert "\x1b" not in done.stdout


def test_wrong_words_are_a_sentence() -> None:
    run = CliRunner()
    unknown = run.invoke(app, ["watch", "no-such-run", "--terminal"])
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert "no-such-run" in unknown.stderr
    mixed = run.invoke(app, ["watch", "--terminal", "--frames", "3"])
    assert mixed.exit_code == 2
    assert "opens no window" in mixed.stderr
    alone = run.invoke(app, ["watch", "--lives", "3"])
    assert alone.exit_code == 2
    assert "--lives goes with --terminal" in alone.stderr


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are of Unix")
def test_keys_come_one_by_one_and_the_terminal_is_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import pty  # noqa: PLC0415 -- not on Windows
    import termios  # noqa: PLC0415

    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "r") as source:
        monkeypatch.setattr("sys.stdin", source)
        before = termios.tcgetattr(theirs)
        with keyboard.keys() as take:
            os.write(ours, b"q")
            assert take.key(2.0) == "q"
            os.write(ours, b"\x1b[A")  # an arrow
            assert take.key(2.0) == ""
            assert take.key(0.0) == ""
        assert termios.tcgetattr(theirs) == before
    os.close(ours)
