"""Outputs by configuration and by command: which are written, and what is said without them."""

from __future__ import annotations

from pathlib import Path

import pytest
from event_cases import episode, whole_run
from trainer_cases import config

from hamlet_game.learn.config import ConfigError
from hamlet_game.training import extras
from hamlet_game.training.config import load_config
from hamlet_game.training.openings import open_run
from hamlet_game.training.runs import RunFolder
from hamlet_game.training.sinks import MetricsManager
from hamlet_game.training.sinks.of_run import sinks_of


def names(tmp_path: Path, **changes: object) -> list[str]:
    sinks = sinks_of(RunFolder(tmp_path / "run"), config(**changes), pytest.fail)
    for sink in sinks:
        sink.close()
    return [type(sink).__name__ for sink in sinks]


def test_the_configuration_says_what_is_written(tmp_path: Path) -> None:
    usual = ["SummaryFile", "BrainAlbum", "ReplayFolder", "MetricsDatabase"]
    assert names(tmp_path) == usual
    assert names(tmp_path, outputs__sqlite=False, report__replays=0) == usual[:2]


def test_a_wrong_output_is_a_sentence() -> None:
    with pytest.raises(ConfigError, match=r"outputs\.tensorbord: no such key\. Did you mean"):
        load_config("quick", {"outputs.tensorbord": True})


@pytest.mark.parametrize("name", ["tensorboard", "mlflow"])
def test_a_missing_library_is_said_before_the_run(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "is_there", lambda _: False)
    with pytest.raises(ConfigError, match=rf'outputs\.{name} needs {name}; pip install "hamlet-g'):
        open_run("quick", {f"outputs.{name}": True}, tmp_path / "run", resume=False)
    assert not (tmp_path / "run").exists()


def test_a_run_may_get_other_outputs_when_it_goes_on(tmp_path: Path) -> None:
    begun = open_run("quick", {}, tmp_path / "run", resume=False)
    again = open_run("quick", {"outputs.sqlite": False}, begun.folder.path, resume=True)
    assert not again.config.outputs.sqlite
    with pytest.raises(ConfigError, match="a run goes on as it began"):
        open_run("quick", {"seed": 5}, begun.folder.path, resume=True)


def no_room(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("module", "told"),
    [("replays", "ReplayFolder"), ("summary", "SummaryFile")],
)
def test_a_full_disk_costs_one_sentence_each(
    module: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"hamlet_game.training.sinks.{module}.write_atomic", no_room)
    monkeypatch.setattr("hamlet_game.training.sinks.replays.WRITE_SECONDS", 0)
    run, said = RunFolder(tmp_path / "run"), list[str]()
    with MetricsManager(sinks_of(run, config(), said.append), said.append) as metrics:
        for event in whole_run():
            metrics.write(event)
        metrics.write(episode(41, actions=bytes(41)))
        metrics.write(episode(42, actions=bytes(42)))
    sentence = "stopped (No space left on device); training goes on without it."
    assert said == [f"{told} {sentence}"]
    assert run.metrics.is_file()
