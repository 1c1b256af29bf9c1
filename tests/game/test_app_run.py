"""The whole program: its clock, what a run reports, and how it ends where something fails."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pygame
import pytest
from noting import DT, SIZE, Noting

from hamlet_game.game import display, pacing
from hamlet_game.game.app import App, WindowOptions, run
from hamlet_game.game.display import NoDisplay
from hamlet_game.game.pacing import Pacer, summary_ms
from hamlet_game.game.scene import Transition
from hamlet_game.game.services import Services, open_services
from hamlet_game.game.settings import Settings
from hamlet_game.town.catalog import Catalog


class Failing(Noting):
    def update(self, dt: float) -> Transition | None:
        raise ZeroDivisionError(f"after {dt} s")


# The clock.


def test_frames_are_even_and_long_ones_are_cut() -> None:
    pacer = Pacer()
    pacer.wait(60)
    steps = [pacer.wait(200) for _ in range(20)]
    assert sum(steps) == pytest.approx(0.1, abs=0.05)
    pygame.time.wait(150)
    assert pacer.wait(60) == pacing.LONGEST_STEP
    assert len(pacer.intervals) == 21
    assert max(pacer.work) >= 0.15


def test_summaries_are_in_milliseconds() -> None:
    times = [0.010] * 98 + [0.020, 0.050]
    assert summary_ms(times) == {"median": 10, "p99": 20, "worst": 50}
    assert summary_ms([]) == {"median": 0, "p99": 0, "worst": 0}


# The whole program.


def test_run_draws_so_many_frames_and_reports(
    catalog: Catalog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "shots" / "last.png"
    scene = Noting((1, 2, 3))
    options = WindowOptions(frames=5, screenshot=picture, json=True, size=SIZE)
    assert run(lambda _: (scene,), options, catalog) == 0
    assert scene.draws == 5
    numbers = json.loads(capsys.readouterr().out)
    assert numbers["frames"] == 5
    assert numbers["first_frame_s"] > 0
    assert set(numbers["frame_ms"]) == set(numbers["work_ms"]) == {"median", "p99", "worst"}
    assert pygame.image.load(picture).get_at((0, 0))[:3] == (1, 2, 3)
    assert not pygame.display.get_init()


def test_a_screenshot_that_cannot_be_saved_fails_in_one_sentence(
    catalog: Catalog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    options = WindowOptions(frames=1, screenshot=tmp_path / "file" / "a.png", size=SIZE)
    assert run(lambda _: (Noting(),), options, catalog) == 1
    assert capsys.readouterr().err.startswith("The screenshot can't be saved as ")


def test_a_fault_is_logged_and_told_in_one_sentence(
    catalog: Catalog, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(lambda _: (Failing(),), WindowOptions(frames=600, size=SIZE), catalog) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert str(home / "hamlet.log") in told.err
    assert "ZeroDivisionError: after" in (home / "hamlet.log").read_text()
    assert not pygame.display.get_init()


def test_broken_files_are_told_in_the_window(catalog: Catalog, home: Path) -> None:
    home.mkdir()
    (home / "settings.yaml").write_text("{")
    (home / "scores.json").write_text("{")
    services = open_services(catalog)
    assert services.settings == Settings()
    app = App(services, WindowOptions(size=SIZE))
    app.start([Noting()])
    app.frame(DT)
    app.close()
    assert [sentence[:8] for sentence in app.toasts.sentences] == ["Settings", "The scor"]


def test_everything_can_be_unlocked(services: Services) -> None:
    assert services.unlocked(["one", "two"]) == {"one"}
    services.settings.unlock_all = True
    assert services.unlocked(["one", "two"]) == {"one", "two"}


@pytest.mark.parametrize("driver", ["offscreen", "dummy"])
def test_a_screen_that_nobody_sees_is_no_display(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, driver: str
) -> None:
    monkeypatch.delenv("SDL_VIDEODRIVER")
    monkeypatch.setattr(display.pygame.display, "init", lambda: None)
    monkeypatch.setattr(display.pygame.display, "get_driver", lambda: driver)
    with pytest.raises(NoDisplay, match="No display was found") as caught:
        run(lambda _: (Noting(),), WindowOptions(), catalog)
    assert "levels check" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_video_driver_that_fails_is_no_display(catalog: Catalog) -> None:
    program = (
        "from hamlet_game.game.app import run, WindowOptions\n"
        "from hamlet_game.game.display import NoDisplay\n"
        "try: run(lambda _: (), WindowOptions(), None)\n"
        "except NoDisplay as error: print(error)\n"
    )
    environment = {**os.environ, "SDL_VIDEODRIVER": "no such driver"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert catalog is not None
    assert done.stdout.startswith("No display was found (")
    assert done.stderr == ""


def test_the_window_needs_no_torch_and_little_time() -> None:
    program = "import sys, hamlet_game.game.app; print('torch' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
