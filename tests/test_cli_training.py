"""The real training commands, run as people run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


def hamlet(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hamlet_game", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )


def test_help_names_the_commands_and_their_options() -> None:
    overview = hamlet("--help").stdout
    for command in ("train", "evaluate", "report"):
        assert command in overview
    options = hamlet("train", "--help").stdout
    for option in (
        "--levels", "--config", "--seed", "--out", "--resume", "--view", "--max-steps",
        "--max-minutes", "--json",
    ):  # fmt: skip
        assert option in options


def test_train_evaluate_report(home: Path) -> None:
    done = hamlet(
        "train",
        "--config",
        "quick",
        "--levels",
        "1",
        "--seed",
        "3",
        "--max-steps",
        "6400",
        "--json",
    )
    assert done.returncode == 0, done.stderr
    trained = json.loads(done.stdout)
    assert (trained["run"], trained["steps"], trained["seed"]) == ("quick", 6_400, 3)
    assert "First Night begins" in done.stderr

    again = hamlet("train", "--resume", "--max-steps", "9600", "--view", "none", "--json")
    assert json.loads(again.stdout)["steps"] == 9_600, again.stderr
    assert again.stderr == ""

    # The first evaluation comes after 20,000 steps; a run must have had one to be judged.
    early = hamlet("evaluate", "quick")
    assert early.returncode == 2
    assert "was saved before the first evaluation; train longer." in early.stderr
    hamlet("train", "--resume", "--max-steps", "22400", "--view", "none")

    judged = hamlet(
        "evaluate", "quick", "--episodes", "50", "--town-seed", "7", "--par-towns", "1", "--json"
    )
    assert judged.returncode == 0, judged.stderr
    told = json.loads(judged.stdout)
    assert (told["level"], told["episodes"], told["town_seed"]) == ("01_first_night", 50, 7)

    drawn = hamlet("report", "quick", "--episodes", "20")
    assert drawn.returncode == 0, drawn.stderr
    page = Path(drawn.stdout.strip())
    assert page == home / "runs" / "quick" / "report" / "report.html"
    assert page.is_file()


def test_wrong_words_get_one_sentence() -> None:
    for words, sentence in (
        (("train", "--config", "quik"), "Did you mean 'quick'?"),
        (("evaluate", "nobody"), "no run 'nobody'"),
        (("report", "nobody"), "no run 'nobody'"),
    ):
        done = hamlet(*words)
        assert done.returncode == 2
        assert sentence in done.stderr
        assert len(done.stderr.splitlines()) == 1
