"""A run's history, its figures and its page."""

from __future__ import annotations

import re
import sqlite3
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from event_cases import FIRST, FULL, episode, evaluated, started, whole_run

from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.policies import idle, sensible
from hamlet_game.training import figures
from hamlet_game.training.curves import learning_curves, main_mark
from hamlet_game.training.evaluation import summarise
from hamlet_game.training.events import RunStarted
from hamlet_game.training.figure_style import styled
from hamlet_game.training.history import HistoryError, LevelHistory, read_history
from hamlet_game.training.page import Picture, page
from hamlet_game.training.players import Player
from hamlet_game.training.report import _png
from hamlet_game.training.sinks.sqlite import MetricsDatabase
from hamlet_game.training.study import study


def written(file: Path, events: object) -> Path:
    database = MetricsDatabase(file)
    for event in events:  # type: ignore[attr-defined]
        database.write(event)
    database.close()
    return file


def test_history_is_what_was_written(tmp_path: Path) -> None:
    history = read_history(written(tmp_path / "m.sqlite", whole_run()))
    assert (history.step, history.seconds, history.episodes) == (400, 4.0, 40)
    assert (history.agents, history.reason) == (1, "stopped")
    first, full = history.levels
    assert (first.level, first.graduated) == (FIRST, 2.0)
    assert (full.level, full.graduated) == (FULL, None)
    np.testing.assert_array_equal(first.curves["survival"].seconds, [2.0])
    np.testing.assert_array_equal(full.curves["survival"].mean, [120.0])
    # twenty lives, one in a bin, survival 11 to 30
    np.testing.assert_array_equal(first.training_survival, np.arange(11.0, 31.0))


def test_several_agents_are_one_curve_with_a_band(tmp_path: Path) -> None:
    events = [
        RunStarted("two", {}, (FIRST,), 2, 0),
        evaluated(10, 20.0),
        replace(evaluated(10, 30.0), agent=1, seconds=0.5),
    ]
    (level,) = read_history(written(tmp_path / "m.sqlite", events)).levels
    curve = level.curves["survival"]
    assert (curve.mean, curve.low, curve.high, curve.seconds) == (25.0, 20.0, 30.0, 0.5)


def test_a_run_that_still_goes_on_has_a_history(tmp_path: Path) -> None:
    database = MetricsDatabase(tmp_path / "m.sqlite")
    database.write(started())
    database.write(episode(7))
    database.commit()
    history = read_history(tmp_path / "m.sqlite")
    assert (history.step, history.reason, history.episodes) == (70, None, 7)
    database.close()


def test_what_is_no_database_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="not there"):
        read_history(tmp_path / "none.sqlite")
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"not a database" * 100)
    with pytest.raises(HistoryError, match=r"broken.sqlite: can't be read"):
        read_history(broken)
    empty = tmp_path / "empty.sqlite"
    sqlite3.connect(empty).close()
    with pytest.raises(HistoryError, match="can't be read"):
        read_history(empty)


def test_a_panel_is_about_survival_where_the_pass_mark_asks_for_it(tmp_path: Path) -> None:
    first, full = read_history(written(tmp_path / "m.sqlite", whole_run())).levels
    catalog = load_catalog()
    assert main_mark(catalog.find("2"), first).measure == "survival"  # and return > 0
    assert main_mark(catalog.find("4"), full).measure == "alive"  # par was not measured


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_figures_draw_good_and_bad_policies(tmp_path: Path) -> None:
    history = read_history(written(tmp_path / "m.sqlite", whole_run()))
    catalog, towns = load_catalog(), np.arange(1, 13)
    studies = [study(catalog.find(w), p, towns) for w in "134" for p in (idle, sensible)]
    blank = LevelHistory("04_thrive", {}, np.empty(0), np.empty(0), None)
    with styled():
        drawn = [
            learning_curves(
                [(catalog.find(h.level), h) for h in history.levels] + [(catalog.find("4"), blank)]
            ),
            figures.survival(studies),
            figures.causes(studies),
            figures.action_mix(studies),
            figures.typical_life(studies[3].record(sensible)),
            figures.typical_life(studies[0].record(idle)),
        ]
        assert {size(_png(figure))[0] for figure in drawn} == {1440}


def test_labels_at_the_end_of_meters_keep_apart() -> None:
    record = study(load_catalog().find("3"), idle, np.array([5])).record(idle)
    with styled():
        meters = figures.typical_life(record).axes[0]
    heights = sorted(
        text.xy[1]
        for text in meters.texts
        if re.search(r"\d$", text.get_text())  # type: ignore[attr-defined]
    )
    assert len(heights) == 4
    assert min(np.diff(heights)) >= figures.LABEL_GAP - 1e-9
    assert 0 <= heights[0] <= heights[-1] <= 100


def test_the_page_needs_nothing_from_elsewhere(tmp_path: Path) -> None:
    history = read_history(written(tmp_path / "m.sqlite", whole_run()))
    level = load_catalog().find("1")
    done = study(level, sensible, np.arange(1, 21))
    player = Player(sensible, Path("brain"), {"step": 400}, None)
    picture = Picture("a.png", "A <title>", "What it says & means.", b"\x89PNG")
    results = [(done, summarise(level, done.lives))]
    html = page("run <1>", history, player, results, [picture])
    assert "run &lt;1&gt;" in html
    assert "A &lt;title&gt;" in html
    assert "data:image/png;base64," in html
    targets = re.findall(r"""(?:src=|href=|url\()["']?([^"')]*)""", html)
    assert len(targets) == 2  # the picture and the font
    assert all(target.startswith("data:") for target in targets)
    assert "http" not in html
    assert "First Night" in html
    assert "0:02" in html  # graduated
