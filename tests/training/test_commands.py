"""Training, evaluation and report, as the command line calls them."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from hamlet_game.training import commands
from hamlet_game.training.runs import RunFolder
from hamlet_game.training.stopping import stops_politely

METRICS = Path(__file__).resolve().parents[2] / "docs" / "metrics.md"
STEPS = 6_400
SMALL = """
preset: quick
algorithm: {hidden: [16], batch: 32, warm_up: 64}
towns: 32
curriculum: {evaluate_every: 3200, towns: 10}
final: {towns: 10}
report: {progress_every: 1600}
"""
# A process of its own, since signals go to the main thread of one.
_TRAIN = """
import sys
from pathlib import Path
from hamlet_game.training.commands import train
sys.exit(train(config=sys.argv[1], levels="3", out=Path(sys.argv[2]), as_json=True))
"""


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("config") / "small.yaml"
    file.write_text(SMALL)
    return file


@pytest.fixture(scope="module")
def run(config: Path, tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """A small run, trained once for all tests that only read it."""
    folder = tmp_path_factory.mktemp("runs") / "small"
    assert commands.train(config=config, out=folder, view="none", max_steps=STEPS) == 0
    return RunFolder(folder)


def answer(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_a_run_leaves_all_its_files(run: RunFolder) -> None:
    assert run.config.is_file()
    assert run.metrics.is_file()
    summary = json.loads(run.summary.read_text())
    assert summary["steps"] == STEPS
    assert any(run.checkpoints.iterdir())


def test_every_logged_number_is_defined(run: RunFolder, capsys: pytest.CaptureFixture[str]) -> None:
    defined = set(re.findall(r"`([a-z0-9_]+)`", METRICS.read_text(encoding="utf-8")))
    with closing(sqlite3.connect(run.metrics)) as database:
        names = {name for (name,) in database.execute("SELECT DISTINCT metric_name FROM metrics")}
    assert {"total_reward", "loss", "eval_survival"} <= names <= defined
    summary = json.loads(run.summary.read_text())
    level = summary["levels"]["01_first_night"]
    commands.evaluate(str(run.path), level="1", episodes=5, par_towns=0, as_json=True)
    told = {*summary, *level, *level["final"], *summary["best"], *answer(capsys)}
    assert told <= defined


def test_training_prints_one_json_object(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    code = commands.train(
        config=config, levels="1,2", seed=5, out=folder, max_steps=3_200, as_json=True
    )
    shown = capsys.readouterr()
    told = json.loads(shown.out)
    assert code == 0
    assert (told["seed"], told["reason"], told["steps"]) == (5, "limit", 3_200)
    assert list(told["levels"]) == ["01_first_night", "02_clean_start"]
    assert told["folder"] == str(folder)
    assert "First Night begins" in shown.err  # progress goes elsewhere


def test_training_tells_a_person_what_it_came_to(
    run: RunFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.train(resume=True, out=run.path, view="none", max_steps=STEPS) == 0
    text = capsys.readouterr().out
    assert text.startswith("Run 'small' stopped at its limit after 0:0")
    assert "6,400 steps" in text
    assert "First Night" in text
    assert str(run.path) in text


def test_a_new_run_is_named_after_its_configuration(config: Path, home: Path) -> None:
    for name in ("small", "small-2"):
        assert commands.train(config=config, view="none", max_steps=320) == 0
        assert (home / "runs" / name / "config.yaml").is_file()


def test_going_on_neither_repeats_nor_skips(
    config: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.train(config=config, view="none", max_steps=3_200, as_json=True)
    first = answer(capsys)
    commands.train(resume=True, view="none", max_steps=6_400, as_json=True)
    second = answer(capsys)
    assert second["folder"] == first["folder"] == str(home / "runs" / "small")
    assert second["steps"] == 6_400
    assert second["episodes"] > first["episodes"]


def test_evaluation_measures_unseen_towns(
    run: RunFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    code = commands.evaluate(
        str(run.path), level="1", episodes=40, town_seed=500, par_towns=2, as_json=True
    )
    told = answer(capsys)
    assert code == 0
    assert (told["level"], told["episodes"], told["town_seed"]) == ("01_first_night", 40, 500)
    assert 0 < told["mean_survival"] <= 50
    deaths = sum(told["causes"].values())
    assert told["alive_fraction"] == pytest.approx(1 - deaths / 40)
    assert 0 < told["par_fraction"] < 1.2
    assert told["par_towns"] == 2
    assert 0 <= told["stars"] <= 3
    assert {"mean_return", "score", "passed", "survival_quantiles"} <= set(told)


def test_evaluation_is_the_same_every_time_and_of_a_checkpoint_too(
    run: RunFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    words: dict[str, Any] = {"level": "1", "episodes": 20, "par_towns": 0, "as_json": True}
    commands.evaluate(str(run.path), **words)
    first = answer(capsys)
    commands.evaluate(first["file"], **words)
    assert answer(capsys) == first
    assert first["par_fraction"] is None


def test_evaluation_reads_well(run: RunFolder, capsys: pytest.CaptureFixture[str]) -> None:
    commands.evaluate(str(run.path), level="1", episodes=20, par_towns=1)
    text = capsys.readouterr().out
    assert text.startswith("First Night, greedy play in 20 unseen towns (1 to 20)")
    assert "par from the first town" in text


def test_a_report_is_drawn(run: RunFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.report(str(run.path), episodes=10, as_json=True) == 0
    told = answer(capsys)
    assert Path(told["page"]) == run.path / "report" / "report.html"
    assert Path(told["page"]).read_text().startswith("<!doctype html>")
    assert {Path(file).name for file in told["figures"]} == {
        "learning.png", "survival.png", "causes.png", "actions.png", "life.png",
    }  # fmt: skip
    assert all(Path(file).read_bytes().startswith(b"\x89PNG") for file in told["figures"])


@pytest.mark.parametrize(
    ("command", "words", "sentence"),
    [
        ("train", {"config": "quik"}, "quik: no such preset or file. Did you mean 'quick'?"),
        ("train", {"levels": "9"}, "levels: There is no level '9'."),
        ("train", {"levels": "3-1"}, "the range runs backwards; write 1-3."),
        ("train", {"max_steps": 0}, "limits.max_steps: 0 is too small"),
        ("train", {"resume": True}, "holds no runs yet; train one first."),
        ("evaluate", {"word": "gone"}, "no run 'gone'. There are none yet; train one first."),
        ("report", {"word": "gone"}, "no run 'gone'."),
    ],
)
def test_wrong_words_get_one_sentence(
    command: str,
    words: dict[str, Any],
    sentence: str,
    home: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = dict(words)
    first = [words.pop("word")] if "word" in words else []
    assert getattr(commands, command)(*first, **words) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert sentence in shown.err
    assert shown.err.count("\n") == 1
    assert not (home / "runs").exists()  # nothing is left behind


def test_a_mistake_in_the_configuration_leaves_no_folder(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("preset: quick\nalgorithm: {discount: 2}\n")
    assert commands.train(config=file) == 2
    assert "dqn.discount: 2 won't do" in capsys.readouterr().err
    assert not home.exists()


def test_wrong_words_about_a_run_get_one_sentence(
    run: RunFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    word = str(run.path)
    codes = [
        commands.train(out=run.path),
        commands.train(out=run.path, resume=True, seed=3),
        commands.evaluate(word, level="9"),
        commands.evaluate(word, agent=4),
        commands.evaluate(word, town_seed=10**6),
        commands.evaluate(str(run.config)),
    ]
    assert codes == [2] * 6
    for line, sentence in zip(
        capsys.readouterr().err.splitlines(),
        (
            "holds a run already; add --resume",
            "seed: a run goes on as it began",
            "There is no level '9'.",
            "has no agent 4; known: 0.",
            "choose from 1 to 999999.",
            "neither a run nor a whole checkpoint or brain",
        ),
        strict=True,
    ):
        assert sentence in line


@pytest.mark.skipif(os.name == "nt", reason="signals are another matter there")
def test_ctrl_c_saves_a_checkpoint_and_ends_in_order(config: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    trainer = subprocess.Popen(
        [sys.executable, "-c", _TRAIN, str(config), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    try:
        deadline = time.monotonic() + 60
        while not list(folder.glob("checkpoints/*")) and time.monotonic() < deadline:
            time.sleep(0.1)
        trainer.send_signal(signal.SIGINT)
        out, err = trainer.communicate(timeout=60)
    finally:
        trainer.kill()
    assert trainer.returncode == 130, err
    told = json.loads(out)
    assert told["reason"] == "stopped"
    assert "Stopping; a checkpoint is saved first" in err
    assert "Traceback" not in err
    saved = list(folder.glob(f"checkpoints/latest-*-step{told['steps']}.safetensors"))
    assert len(saved) == 1
    assert commands.train(out=folder, resume=True, view="none", max_steps=told["steps"]) == 0


@pytest.mark.skipif(os.name == "nt", reason="signals are another matter there")
def test_the_second_ctrl_c_is_not_caught() -> None:
    asked: list[str] = []
    with stops_politely(lambda: asked.append("stop")) as interrupt:
        signal.raise_signal(signal.SIGINT)
        assert (asked, interrupt.exit_code) == (["stop"], 130)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
