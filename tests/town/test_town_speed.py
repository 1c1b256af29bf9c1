"""The speed benchmark runs, and its ordinary loop plays by the same rules."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "town_speed.py"


def test_the_benchmark_runs_and_answers_in_json() -> None:
    command = [sys.executable, str(SCRIPT), "--quick", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["checked_life_steps"] == 20 * 60
    assert [row["lives"] for row in found["town"]] == [64, 64, 4096, 4096]
    for row in found["town"]:
        assert row["best"] >= row["median"] > 0
    assert found["memory"]["peak_mb"] < found["memory"]["target_mb"] / 5  # a tenth of the lives
    assert found["town"][2]["times_ordinary"] > 3
