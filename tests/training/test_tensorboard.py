"""TensorBoard's folder, read back by TensorBoard itself."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from event_cases import FIRST, episode, evaluated, progress, started, whole_run
from trainer_cases import train

pytest.importorskip("tensorboard", reason="the extra 'tracking' is not installed")

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.util import tensor_util

from hamlet_game.training.events import Event, Played
from hamlet_game.training.sinks import MetricsManager
from hamlet_game.training.sinks.heat import heat_map
from hamlet_game.training.sinks.tensorboard import TensorBoardFolder


def played(step: int, **changes: Any) -> Played:
    visits = np.zeros((8, 8), dtype=np.int32)
    visits[2, 5] = 7
    values: dict[str, Any] = {
        "step": step, "seconds": step / 100, "level": FIRST, "agent": 0,
        "actions": (1, 2, 3, 4, 10), "visits": visits,
        "q": np.arange(20, dtype=np.float32).reshape(4, 5),
    }  # fmt: skip
    return Played(**(values | changes))


def written(folder: Path, events: Iterator[Event] | list[Event]) -> EventAccumulator:
    sink = TensorBoardFolder(folder)
    for event in events:
        sink.write(event)
    sink.close()
    return read(folder)


def read(folder: Path) -> EventAccumulator:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # TensorBoard's own
        return EventAccumulator(str(folder), {"tensors": 0, "images": 0, "histograms": 0}).Reload()


def values(found: EventAccumulator, tag: str) -> dict[int, float]:
    return {e.step: float(tensor_util.make_ndarray(e.tensor_proto)) for e in found.Tensors(tag)}


def test_curves_hold_the_numbers(tmp_path: Path) -> None:
    run = [started(), *(episode(n, total=float(n)) for n in (1, 2, 3)), progress(200)]
    found = written(tmp_path, [*run, evaluated(250, 45.0)])
    assert values(found, f"{FIRST}/total_reward") == {200: 2.0}  # mean of the lives since
    assert values(found, "learner/loss") == {200: 0.5}
    assert values(found, f"{FIRST}/eval_survival") == {250: 45.0}


def test_histograms_and_pictures(tmp_path: Path) -> None:
    found = written(tmp_path, [started(), played(100), evaluated(250, 45.0)])
    (actions,) = found.Histograms("actions")
    assert (actions.histogram_value.num, actions.histogram_value.sum) == (20, 60)
    assert list(actions.histogram_value.bucket) == [1, 2, 3, 4, 10]
    (q,) = found.Histograms("q/all")
    assert (q.histogram_value.min, q.histogram_value.max) == (0, 19)
    (picture,) = found.Images(f"visits/{FIRST}")
    assert (picture.step, picture.width, picture.height) == (250, 192, 192)


def test_hyperparameters_are_there(tmp_path: Path) -> None:
    found = written(tmp_path, whole_run())
    plugin = found.SummaryMetadata("_hparams_/session_start_info").plugin_data
    assert b"seed" in plugin.content


def test_agents_are_told_apart(tmp_path: Path) -> None:
    run = [replace(started(), agents=2), replace(progress(200), agent=1)]
    found = written(tmp_path, run)
    assert values(found, "learner/loss/agent_1") == {200: 0.5}


def test_going_on_hides_what_comes_again(tmp_path: Path) -> None:
    written(tmp_path, [started(), evaluated(250, 45.0), evaluated(450, 46.0)])
    found = written(tmp_path, [started(step=300), evaluated(450, 9.0)])
    assert values(found, f"{FIRST}/eval_survival") == {250: 45.0, 450: 9.0}


def test_a_real_run_fills_every_page(tmp_path: Path) -> None:
    found = written(tmp_path, train())
    tags = found.Tags()
    assert {"q/all", "q/interact", "actions"} <= set(tags["histograms"])
    assert f"visits/{FIRST}" in tags["images"]
    assert "final_01_first_night/score" in tags["tensors"]


def test_a_full_disk_costs_one_sentence(tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "tensorboard").write_text("in the way")
    with MetricsManager([TensorBoardFolder(tmp_path / "tensorboard")], said.append) as metrics:
        for event in whole_run():
            metrics.write(event)
    assert len(said) == 1
    assert said[0].startswith("TensorBoardFolder stopped (")


def test_the_most_visited_cell_is_the_brightest() -> None:
    picture = heat_map(np.array([[0, 1], [2, 8]]))
    cell = picture.shape[0] // 2
    inside = [picture[y * cell + 5, x * cell + 5].sum() for y in (0, 1) for x in (0, 1)]
    assert inside == sorted(inside)
    assert heat_map(np.zeros((8, 8), dtype=np.int64)).shape == (192, 192, 3)
