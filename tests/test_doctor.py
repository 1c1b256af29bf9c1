"""The doctor: what is right is told, what is wrong has a remedy, and nothing makes it faint."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

from hamlet_game import paths
from hamlet_game.doctor import devices, libraries, places, probe, speed, versions
from hamlet_game.doctor.facts import facts
from hamlet_game.doctor.finding import Finding, ok, trouble, warning
from hamlet_game.doctor.libraries import EXTRAS, LIBRARIES, Library, numbers
from hamlet_game.doctor.probe import ProbeError, ask
from hamlet_game.doctor.rounds import LOOKS, rounds
from hamlet_game.training.runs import LOCK, RunFolder, create

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def run(*words: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    wanted = {**os.environ, "OMP_NUM_THREADS": "1", **changes}
    env = {name: value for name, value in wanted.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-m", "hamlet_game", "doctor", *words],
        env=env, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def by_name(findings: Iterator[Finding]) -> dict[str, Finding]:
    return {finding.name: finding for finding in findings}


# The real command.


def test_a_machine_without_a_screen_that_nobody_promised_is_no_trouble(home: Path) -> None:
    done = run("--json", SDL_VIDEODRIVER=None, DISPLAY=None, WAYLAND_DISPLAY=None)
    told = json.loads(done.stdout)
    found = {finding["name"]: finding for finding in told["findings"]}
    assert (done.returncode, done.stderr) == (0, "")
    assert told["ok"]
    assert told["facts"]["python"].startswith("3.")
    for name in ("Hamlet", "Python", "numpy", "pygame-ce", "torch", "levels", "brains"):
        assert found[name]["state"] == "ok", found[name]
    assert "Gflop/s" in found["torch's speed"]["says"]
    assert "steps a second" in found["town's speed"]["says"]
    if sys.platform == "linux":
        assert found["screen"]["state"] == "warning"
    assert not home.exists(), "looking leaves nothing behind"


def test_a_home_that_cannot_be_written_is_trouble_in_words() -> None:
    if not Path("/proc/self").exists():
        pytest.skip("needs a place where nobody can make folders")
    done = run(HAMLET_HOME="/proc/nowhere")
    assert (done.returncode, done.stderr) == (1, "")
    assert "data folder: /proc/nowhere can't be written" in done.stdout
    assert "HAMLET_HOME=" in done.stdout
    assert "keeps Hamlet from working" in done.stdout


# The rounds.


def test_a_problem_has_a_remedy_and_nothing_else_has() -> None:
    with pytest.raises(ValueError, match="remedy"):
        trouble("screen", "is dark", "")
    with pytest.raises(ValueError, match="remedy"):
        Finding("screen", "ok", "fine", "light it")
    assert ok("screen", "fine").remedy == ""
    assert warning("screen", "small", "Sit closer.").state == "warning"


def test_a_look_that_fails_is_a_finding_and_the_rest_is_looked_at() -> None:
    def faint() -> Iterator[Finding]:
        yield ok("first", "fine")
        raise ZeroDivisionError("nobody\ndoes that")

    heard: list[str] = []
    looks = (("Fainting", faint), ("Next", lambda: [ok("next", "fine")]))
    found = list(rounds(heard.append, looks))
    assert heard == ["Fainting", "Next"]
    assert [(f.name, f.state) for f in found] == [
        ("first", "ok"), ("fainting", "trouble"), ("next", "ok"),
    ]  # fmt: skip
    assert "ZeroDivisionError: nobody\\ndoes that" in found[1].says


def test_every_part_has_a_look() -> None:
    looked = {look for _, look in LOOKS}
    assert {versions.pygames, devices.devices, places.data, places.runs, speed.torch} <= looked


# Libraries.


def test_the_list_of_libraries_is_the_projects() -> None:
    wanted = [re.match(r"([\w.-]+)(.*)", line) for line in PROJECT["dependencies"]]
    assert [(m[1], m[2]) for m in wanted if m] == [(lib.name, lib.wanted) for lib in LIBRARIES]
    assert all(library.licence and library.url and library.what for library in LIBRARIES)


def test_the_extras_are_the_projects() -> None:
    theirs = PROJECT["optional-dependencies"]
    assert set(theirs) - {"dev", "build"} <= set(EXTRAS)
    for extra in set(theirs) & set(EXTRAS):
        names = {re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in theirs[extra]}
        assert names == {name for name, _ in EXTRAS[extra]}, extra


@pytest.mark.parametrize(
    ("have", "wanted", "fits"),
    [
        ("2.13.0+cpu", ">=2.13,<2.14", True),
        ("2.14.0", ">=2.13,<2.14", False),
        ("2.9", ">=2.13", False),
        ("", ">=2.13", True),
    ],
)
def test_versions_are_compared_as_numbers(
    have: str, wanted: str, fits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libraries, "version", lambda _: have)
    assert Library("numpy", "numpy", "", "", "", wanted=wanted).fits is fits
    assert numbers("2.13.0+cpu") == (2, 13, 0)


def test_a_missing_or_old_library_has_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Library("numpy", "no_such_module_here", "", "", "", wanted=">=1")
    old = Library("rich", "rich", "", "", "", wanted=">=999")
    no_torch = Library("torch", "no_such_module_here", "", "", "")
    monkeypatch.setattr(versions, "LIBRARIES", (gone, old, no_torch))
    found = by_name(versions.libraries())
    assert (found["numpy"].state, found["numpy"].remedy[:11]) == ("trouble", "pip install")
    assert found["rich"].remedy == "pip install 'rich>=999'"
    assert found["torch"].state == "warning", "the game can be played without"
    monkeypatch.setattr(versions, "frozen", lambda: True)
    assert by_name(versions.libraries())["torch"].state == "ok", "the player edition"


def test_without_torch_its_speed_is_not_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "LIBRARIES", (Library("torch", "no_such_module", "", "", ""),))
    assert list(speed.torch()) == []


@pytest.mark.parametrize(
    ("there", "says"),
    [({"pygame", "pygame-ce"}, "overwrite each other"), ({"pygame"}, "needs pygame-ce")],
)
def test_the_other_pygame_is_trouble(
    there: set[str], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def distribution(name: str) -> str:
        if name not in there:
            raise PackageNotFoundError(name)
        return name

    monkeypatch.setattr(libraries, "distribution", distribution)
    (found,) = versions.pygames()
    assert found.state == "trouble"
    assert says in found.says
    assert "pip uninstall -y pygame" in found.remedy
    there.symmetric_difference_update({"pygame", "pygame-ce"} - there | {"pygame"})
    assert (list(versions.pygames()) == []) is ("pygame" not in there)


def test_an_extra_that_is_missing_says_how_to_add_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EXTRAS, "web", (("fastapi", "no_such_module_here"),))
    found = by_name(versions.extras())["[web]"]
    assert 'pip install "hamlet-game[web]"' in found.says
    monkeypatch.setattr(versions, "frozen", lambda: True)
    assert "not part" in by_name(versions.extras())["[web]"].says


# Screen and sound.

SEEN: dict[str, Any] = {
    "sdl": "2.32.10", "driver": "x11", "sizes": [(1920, 1080)], "sound": "alsa", "rate": 44_100,
    "pads": ["Pad"], "no screen": "", "no sound": "",
}  # fmt: skip


def look(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> dict[str, Finding]:
    monkeypatch.setattr(devices, "ask", lambda *_: {**SEEN, **changes})
    return by_name(devices.devices())


def test_a_good_desktop_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    found = look(monkeypatch)
    assert {finding.state for finding in found.values()} == {"ok"}
    assert found["screen"].says == "driver x11, 1920 × 1080"
    assert found["gamepads"].says == "Pad"


def test_a_promised_screen_that_is_not_there_is_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":99")
    found = look(monkeypatch, driver="", **{"no screen": "x11 not available"})
    assert found["screen"].state == "trouble"
    assert "x11 not available" in found["screen"].says


def test_drivers_that_show_nothing_small_screens_and_silence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = look(monkeypatch, driver="dummy", sound="dummy")
    assert (found["screen"].state, found["sound"].state) == ("warning", "warning")
    assert look(monkeypatch, sizes=[(800, 480)])["screen"].state == "warning"
    silent = look(monkeypatch, sound="", **{"no sound": "no such device"})["sound"]
    assert (silent.state, silent.says) == ("warning", "no device: no such device")


def test_a_pygame_that_crashes_is_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise ProbeError("it ended without a word (exit code -11)")

    monkeypatch.setattr(devices, "ask", crash)
    (found,) = devices.devices()
    assert (found.state, "-11" in found.says) == ("trouble", True)


# Trying in another process.


def answer() -> dict[str, Any]:
    print("this is for nobody")
    return {"pid": os.getpid()}


def fail() -> dict[str, Any]:
    raise RuntimeError("no such luck")


def die() -> dict[str, Any]:
    os._exit(7)


def hang() -> dict[str, Any]:
    time.sleep(60)
    return {}


def test_a_question_is_answered_elsewhere(capfd: pytest.CaptureFixture[str]) -> None:
    assert ask(answer)["pid"] != os.getpid()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("question", "patience_s", "says"),
    [(fail, 20, "RuntimeError: no such luck"), (die, 20, "exit code 7"), (hang, 0.1, "no answer")],
)
def test_however_it_ends_there_is_a_sentence(
    question: Any, patience_s: float, says: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ProbeError, match=says):
        probe.ask(question, patience_s)
    assert capfd.readouterr() == ("", "")


# Folders.


def test_a_good_home_is_left_as_it_was(home: Path) -> None:
    found = by_name(places.data())
    assert {finding.state for finding in found.values()} == {"ok"}
    assert not home.exists()
    home.mkdir()
    assert by_name(places.data())["data folder"].says == str(home)
    assert list(home.iterdir()) == []


def test_little_space_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 5e8})
    monkeypatch.setattr(places.shutil, "disk_usage", lambda _: usage)
    assert by_name(places.data())["disk"].state == "warning"
    usage.free = 1e6
    assert by_name(places.data())["disk"].state == "trouble"


def test_a_broken_settings_file_that_was_set_aside_is_named(home: Path) -> None:
    home.mkdir()
    (home / "settings.yaml").write_text("muted: true\n")
    (home / "settings.broken-20260101-000000.yaml").write_text("?")
    assert by_name(places.data())["settings"].state == "warning"


def test_a_broken_level_of_ones_own_is_a_warning() -> None:
    folder = paths.custom_levels()
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text("- 1")
    found = list(places.levels())
    assert [finding.state for finding in found] == ["warning", "ok"]
    assert "mine.yaml" in found[0].says


def test_a_damaged_brain_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "brains").mkdir()
    monkeypatch.setattr(paths, "assets", lambda: tmp_path)
    assert [finding.state for finding in places.brains()] == ["trouble"]
    (tmp_path / "brains" / "master.safetensors").write_bytes(b"not a brain")
    (found,) = places.brains()
    assert (found.state, "master.safetensors" in found.says) == ("trouble", True)


HOLD = """
import sys
from pathlib import Path
from hamlet_game.training.runs import RunFolder
with RunFolder(Path(sys.argv[1])).writing():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_run_that_another_hamlet_trains_is_told() -> None:
    run_folder: RunFolder = create("mine", "levels: 1\n")
    assert by_name(places.runs())["runs"].says == "1 kept"
    assert not (run_folder.path / LOCK).exists(), "looking leaves nothing behind"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(run_folder.path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    ) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        told = list(places.runs())
        other.communicate()
    assert [finding.state for finding in told] == ["warning", "ok"]
    assert f"process {other.pid}" in told[0].says


# Speed and facts.


def test_the_town_is_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert speed.steps_a_second(0.0) > 0
    monkeypatch.setattr(speed, "steps_a_second", lambda _: 10.0)
    (slow,) = speed.town()
    assert (slow.state, slow.says) == ("warning", "10 steps a second, 64 lives at once: slow")


def test_several_threads_are_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    answers = {"threads": 4, "gflops": 90.0, "loaded": 1.0}
    monkeypatch.setattr(speed, "ask", lambda *_: answers)
    (found,) = speed.torch()
    assert (found.state, "OMP_NUM_THREADS=4" in found.remedy) == ("warning", True)
    answers.update(threads=1, gflops=1.0)
    assert next(iter(speed.torch())).says.endswith("slow")


def test_a_torch_that_cannot_be_loaded_is_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise ProbeError("ImportError: libtorch is missing")

    monkeypatch.setattr(speed, "ask", crash)
    (found,) = speed.torch()
    assert (found.state, "libtorch" in found.says) == ("trouble", True)


def test_facts_are_plain_values() -> None:
    told = facts()
    assert json.loads(json.dumps(told)) == told
    assert told["data folder"] == str(paths.data())
    assert told["numpy"]
