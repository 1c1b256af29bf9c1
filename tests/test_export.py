"""Replays as films: what is exported, and what is refused in one sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from hamlet_game import files
from hamlet_game.game.agents import roster
from hamlet_game.game.recorder import export as exporting
from hamlet_game.game.recorder import mp4
from hamlet_game.game.recorder.export import ExportError, Made, Wish, export
from hamlet_game.game.recorder.minds import ideas
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import Action
from hamlet_game.town.policies import sensible
from hamlet_game.town.record import Record
from hamlet_game.town.replay import ReplayError, encode, replay_of

SPEED = 16.0  # 48 steps a second: a night in about a second


@pytest.fixture
def life() -> Record:
    """Return a sensible person's first night."""
    record = Record(load_catalog().find("1"), 7)
    while not record.over:
        record.act(Action(int(sensible(record.town)[0])))
    return record


@pytest.fixture
def replay(life: Record, tmp_path: Path) -> Path:
    file = tmp_path / "life.hamlet"
    file.write_bytes(encode(replay_of(life, player="Tester")))
    return file


def progress(what: str, share: float) -> None:
    assert what in {"Par", "Drawing"}
    assert 0 <= share <= 1


def made(replay: Path, name: str, **wishes: object) -> Made:
    wish = Wish(replay, replay.parent / name, **{"speed": SPEED} | wishes)  # type: ignore[arg-type]
    return export(wish, progress)


def frames(file: Path) -> list[tuple[Image.Image, int]]:
    with Image.open(file) as gif:
        found = []
        for number in range(gif.n_frames):
            gif.seek(number)
            found.append((gif.convert("RGB"), gif.info["duration"]))
        return found


def test_a_life_becomes_a_gif_of_the_right_length(replay: Path, life: Record) -> None:
    film = made(replay, "life.gif")
    shown = frames(film.file)
    wanted = life.survival / (3 * SPEED) + 2.5  # three steps a second at normal speed
    assert film.seconds == pytest.approx(wanted)
    assert film.pictures == round(wanted * 12)
    assert len(shown) <= film.pictures  # what stays the same is not written again
    assert sum(duration for _, duration in shown) == pytest.approx(1000 * wanted, abs=90)
    assert {picture.size for picture, _ in shown} == {(640, 360)}
    assert film.bytes == film.file.stat().st_size < 2_000_000


def test_steps_size_and_rate_are_as_asked_for(replay: Path) -> None:
    film = made(replay, "part.gif", size=(360, 640), fps=10, speed=4.0, first=10, last=22)
    assert film.seconds == pytest.approx(12 / (3 * 4.0) + 2.5)
    assert film.pictures == 35
    assert frames(film.file)[0][0].size == (360, 640)


def test_the_end_is_shown_and_stays(replay: Path, life: Record) -> None:
    whole = frames(made(replay, "whole.gif").file)
    before = frames(made(replay, "before.gif", last=life.survival - 1).file)
    town = (10, 30, 330, 350)
    a, b = (np.asarray(f[-1][0].crop(town)).astype(int) for f in (whole, before))
    assert (np.abs(a - b).max(axis=-1) > 60).mean() > 0.05  # a card across the town


def test_thoughts_are_drawn_where_a_brain_is_named(replay: Path, life: Record) -> None:
    plain = frames(made(replay, "plain.gif", last=4).file)
    thinking = frames(made(replay, "thinking.gif", last=4, brain="master").file)
    panel = (340, 240, 630, 350)
    a, b = (np.asarray(f[2][0].crop(panel)).astype(int) for f in (plain, thinking))
    assert (np.abs(a - b).max(axis=-1) > 30).mean() > 0.05
    thoughts = ideas(life, roster.player("master"))
    assert len(thoughts) == life.survival
    assert all(len(idea.thought.values) == len(Action) and idea.words for idea in thoughts)


def test_a_video_has_the_right_length(replay: Path) -> None:
    ffmpeg = pytest.importorskip("imageio_ffmpeg")
    film = made(replay, "life.mp4", size=(640, 360), last=24)
    count, seconds = ffmpeg.count_frames_and_secs(str(film.file))
    assert count == film.pictures == 90
    assert seconds == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize(
    ("name", "wishes", "sentence"),
    [
        ("life.avi", {}, "life.avi: no known ending; name the file *.gif or *.mp4."),
        ("taken.gif", {}, "taken.gif: is there already; add --force to write over it."),
        ("folder.gif", {"force": True}, "folder.gif: is a folder; name a file in it."),
        ("a.gif", {"size": (10, 10)}, "Sizes go from 160 to 3840 pixels a side."),
        (
            "a.gif",
            {"size": (800, 300)},
            "800x300 is neither 16:9 nor 9:16; choose one such as 640x360 or 360x640.",
        ),
        ("a.gif", {"first": 30, "last": 20}, "has steps 0 to 50; choose --from and --to in order."),
        ("a.gif", {"brain": "planner"}, "Planner has no thoughts to show; name a brain or a run."),
        ("life.hamlet/a.gif", {}, "can't be written (file exists)."),
    ],
)
def test_what_can_not_be_made_is_one_sentence(
    replay: Path, name: str, wishes: dict[str, object], sentence: str
) -> None:
    replay.with_name("taken.gif").write_text("mine")
    replay.with_name("folder.gif").mkdir()
    with pytest.raises(ExportError) as caught:
        made(replay, name, **wishes)
    assert str(caught.value).endswith(sentence)
    assert "\n" not in str(caught.value)
    assert replay.with_name("taken.gif").read_text() == "mine"


def test_force_writes_over_a_file(replay: Path) -> None:
    replay.with_name("taken.gif").write_text("mine")
    assert frames(made(replay, "taken.gif", last=3, force=True).file)


def test_an_unknown_brain_is_named(replay: Path) -> None:
    with pytest.raises(ExportError, match="nobody"):
        made(replay, "a.gif", brain="nobody")


def test_without_the_extra_a_video_is_refused_with_the_remedy(
    replay: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mp4, "_EXTRA", "no_such_module")
    with pytest.raises(ExportError, match=r"pip install 'hamlet-game\[video\]'"):
        made(replay, "a.mp4")


def test_a_full_disk_leaves_nothing_half_done(
    replay: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hamlet_game.game.recorder.gif.GifWriter.add", full)
    with pytest.raises(ExportError, match=r"can't be written \(no space left on device\)"):
        made(replay, "a.gif")
    assert [file.name for file in replay.parent.iterdir() if "a.gif" in file.name] == []
    assert list(replay.parent.glob(f".*{files.TEMPORARY}")) == []


def test_a_replay_of_other_rules_or_another_version_is_refused(replay: Path) -> None:
    text = replay.read_text()
    replay.write_text(text.replace('"format": 1', '"format": 9'))
    with pytest.raises(ReplayError, match="use the version that saved it"):
        made(replay, "a.gif")
    content = json.loads(text) | {"rules": "0" * 12}
    replay.write_text(json.dumps(content))
    with pytest.raises(ReplayError, match="rules of level '01_first_night' have changed"):
        made(replay, "a.gif")


def test_rates_and_sizes_are_known_for_every_format() -> None:
    assert set(exporting.SIZES) == set(exporting.RATES) == set(exporting.clips.FORMATS)


# The command.
def hamlet(*words: str) -> subprocess.CompletedProcess[str]:
    bare = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"), "")
    return subprocess.run(
        [sys.executable, "-m", "hamlet_game", "export", *words],
        capture_output=True, text=True, timeout=60, check=False, env=os.environ | bare,
    )  # fmt: skip


def test_the_command_needs_no_display_and_answers_in_json(replay: Path) -> None:
    out = replay.with_name("out.gif")
    done = hamlet(str(replay), str(out), "--to", "9", "--speed", "8", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["file"] == str(out)
    assert told["bytes"] == out.stat().st_size
    assert (told["size"], told["fps"]) == ([640, 360], 12)


def test_the_command_says_what_is_wrong_in_one_line(replay: Path) -> None:
    for words in (
        (str(replay), str(replay)),  # an unknown ending
        (str(replay.with_name("gone.hamlet")), "out.gif"),
    ):
        done = hamlet(*words)
        assert done.returncode == 2
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
        assert "Traceback" not in done.stderr
