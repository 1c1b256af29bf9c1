"""MLflow: what a run tells a store, and that a store which isn't there stops nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from event_cases import FIRST, episode, evaluated, progress, started, whole_run

from hamlet_game.training import experiments
from hamlet_game.training.events import Event
from hamlet_game.training.extras import is_there
from hamlet_game.training.runs import RunFolder
from hamlet_game.training.sections import ExperimentConfig
from hamlet_game.training.sinks import MetricsManager
from hamlet_game.training.sinks.background import BackgroundError, InBackground
from hamlet_game.training.sinks.mlflow import NOTE, MlflowRun

installed = pytest.mark.skipif(
    not is_there("mlflow"), reason="the extra 'tracking' is not installed"
)
quiet = pytest.mark.filterwarnings("ignore")  # MLflow's own libraries warn of one another


def silent(_: str) -> None:
    """Where to look is said once a run."""


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    run = RunFolder(tmp_path / "first")
    run.checkpoints.mkdir(parents=True)
    run.config.write_text("seed: 3\n")
    (run.checkpoints / "best-0001-step100.safetensors").write_bytes(b"brain")
    return run


def told(run: RunFolder, events: list[Event], **config: Any) -> None:
    sink = MlflowRun(run, ExperimentConfig(report_towns=0, **config), silent)
    for event in events:
        sink.write(event)
    sink.close()


def client() -> Any:
    from mlflow import MlflowClient  # noqa: PLC0415 - perhaps not there

    return MlflowClient(experiments.own_store())


@installed
@quiet
def test_a_run_is_all_there(run: RunFolder) -> None:
    told(run, list(whole_run()), tags={"who": "me"})
    store = client()
    note = json.loads((run.path / NOTE).read_text())
    found = store.get_run(note["run"])
    assert (found.info.run_name, found.info.status) == ("first", "KILLED")  # stopped by a person
    assert found.data.params["seed"] == "3"
    assert found.data.tags["who"] == "me"
    assert found.data.tags[f"graduated.{FIRST}"] == "step 200"
    assert found.data.metrics["learner/loss"] == 0.5
    (survival,) = store.get_metric_history(note["run"], f"{FIRST}/eval_survival")
    assert (survival.step, survival.value) == (200, 45.0)
    assert store.get_metric_history(note["run"], f"{FIRST}/total_reward")[0].value == 10.5
    names = {item.path for item in store.list_artifacts(note["run"])}
    assert names == {"config.yaml", "checkpoints"}
    (kept,) = store.list_artifacts(note["run"], "checkpoints")
    assert kept.path == "checkpoints/best-0001-step100.safetensors"


@installed
@quiet
def test_going_on_is_the_same_run_and_a_new_one_is_another(run: RunFolder) -> None:
    told(run, [started(), evaluated(250, 45.0)])
    first = json.loads((run.path / NOTE).read_text())["run"]
    told(run, [started(step=300), evaluated(450, 46.0)])
    assert json.loads((run.path / NOTE).read_text())["run"] == first
    assert len(client().get_metric_history(first, f"{FIRST}/eval_survival")) == 2
    told(run, [started()])
    assert json.loads((run.path / NOTE).read_text())["run"] != first


@installed
@quiet
def test_seeds_are_nested_in_their_parent(run: RunFolder) -> None:
    manager = experiments.ExperimentManager(ExperimentConfig(name="study"))
    parent = manager.begin("both seeds", {"lr": 0.1}, {})
    told(run, [started(), progress(10)], name="study", parent=parent)
    child = client().get_run(json.loads((run.path / NOTE).read_text())["run"])
    assert child.data.tags["mlflow.parentRunId"] == parent
    assert child.info.experiment_id == manager.experiment


@installed
@quiet
def test_a_store_that_is_not_there_costs_one_sentence(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "0")
    said: list[str] = []
    sink = MlflowRun(run, ExperimentConfig(store="http://127.0.0.1:9"), silent)
    with MetricsManager([sink], said.append) as metrics:
        metrics.write(started())
        sink._thread.join(60)
        for number in range(1, 50):
            metrics.write(episode(number))
    assert len(said) == 1
    assert said[0].startswith("MlflowRun stopped (")
    assert said[0].endswith("; training goes on without it.")


class Stubborn:
    """A sink that waits for as long as it is told to."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.events: list[Event] = []

    def write(self, event: Event) -> None:
        self.go.wait()
        self.events.append(event)

    def close(self) -> None:
        """Nothing is left."""


def test_a_slow_output_never_holds_up_whoever_writes() -> None:
    slow, said = Stubborn(), list[str]()
    with MetricsManager([InBackground(slow, most=3, close_seconds=0.2)], said.append) as metrics:
        for number in range(1, 9):
            metrics.write(progress(number * 10))
        assert said == ["InBackground stopped (it can't keep up); training goes on without it."]
    slow.go.set()


def test_what_is_left_is_written_at_the_end() -> None:
    slow = Stubborn()
    sink = InBackground(slow)
    sink.write(episode(1))
    sink.write(episode(2))
    slow.go.set()
    sink.close()
    assert [event.episode for event in slow.events if hasattr(event, "episode")] == [1, 2]


def test_what_failed_since_the_last_event_is_said_at_the_end() -> None:
    class Broken(Stubborn):
        def write(self, event: Event) -> None:
            raise OSError(f"no such store for {type(event).__name__}")

    sink = InBackground(Broken())
    sink.write(progress(10))
    sink._thread.join(10)
    with pytest.raises(OSError, match="no such store"):
        sink.close()


def test_an_end_that_never_comes_is_said() -> None:
    slow = Stubborn()
    sink = InBackground(slow, close_seconds=0.1)
    sink.write(episode(1))
    with pytest.raises(BackgroundError, match="not done"):
        sink.close()
    slow.go.set()


def test_the_documented_place(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    config = ExperimentConfig()
    assert experiments.store_of(config) == f"sqlite:///{home.as_posix()}/mlflow/mlflow.db"
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://near:5000")
    assert experiments.store_of(config) == "http://near:5000"
    assert experiments.store_of(replace_store(config, "sqlite:///x.db")) == "sqlite:///x.db"


def test_files_are_beside_a_database(tmp_path: Path) -> None:
    store = f"sqlite:///{(tmp_path / 'mine.db').as_posix()}"
    assert experiments.artifacts_of(store) == (tmp_path.resolve() / "artifacts").as_uri()
    assert experiments.artifacts_of("http://near:5000") is None


def replace_store(config: ExperimentConfig, store: str) -> ExperimentConfig:
    return config.model_copy(update={"store": store})


def test_nothing_of_it_is_loaded_unless_asked(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from hamlet_game.training.commands import train\n"
        "code = train(config='quick', levels='1', out=Path(sys.argv[1]), view='none', "
        "max_steps=640, as_json=True)\n"
        "loaded = {'mlflow', 'tensorboard', 'ray', 'matplotlib'} & sys.modules.keys()\n"
        "sys.exit(' '.join(loaded) or code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "run")],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
