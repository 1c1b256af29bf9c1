"""Studies: what a file asks for, how runs are handed out, what is made of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from hamlet_game.learn.config import ConfigError
from hamlet_game.training import extras
from hamlet_game.training.runs import RunFolder
from hamlet_game.training.studies import work
from hamlet_game.training.studies.outcome import markdown, outcome
from hamlet_game.training.studies.plan import Job, Plan, load_plan
from hamlet_game.training.studies.pools import Done, RayPool
from hamlet_game.training.studies.run import Folder, carry_out


def plan(tmp_path: Path, text: str) -> Plan:
    file = tmp_path / "study.yaml"
    file.write_text(text)
    return load_plan(file)


GRID = """
base: quick
arms: {small: {algorithm: {hidden: [16]}}, large: {algorithm: {hidden: [64, 64]}}}
grid: {algorithm.n_step: [1, 3], algorithm.target: [double]}
seeds: [4, 7]
"""


def test_arms_times_grid_times_seeds(tmp_path: Path) -> None:
    found = plan(tmp_path, GRID)
    assert found.name == "study"
    assert [arm.name for arm in found.arms] == [
        "small n_step=1 target=double",
        "small n_step=3 target=double",
        "large n_step=1 target=double",
        "large n_step=3 target=double",
    ]
    jobs = found.jobs()
    assert [job.seed for job in jobs] == [4, 4, 4, 4, 7, 7, 7, 7]
    assert jobs[1].config.algorithm["n_step"] == 3
    assert jobs[1].config.algorithm["hidden"] == [16]
    assert jobs[1].config.experiment.name == "study"
    assert len({job.name for job in jobs}) == 8
    assert "seed: 7" in jobs[7].text


def test_a_base_may_be_a_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("preset: quick\ntowns: 9\n")
    assert plan(tmp_path, "base: mine.yaml").arms[0].config.towns == 9


def test_seeds_are_nested_in_what_stands_for_their_configuration(tmp_path: Path) -> None:
    found = plan(tmp_path, "base: quick\nseeds: 2")
    (job,) = found.jobs({"base": "abc"})
    assert job.config.experiment.parent == "abc"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("base: quik", "no such preset or file"),
        ("grid: {seed: []}", "seed: no values to try"),
        ("sees: 3", "sees: no such key. Did you mean 'seeds'?"),
        ("seeds: 5-x", "write seeds such as 0-4"),
        ("seeds: [1, 1]", "a seed is there twice"),
        ("name: a/b", "a study's name is its folder"),
        ("base: quick\narms: {a: {levels: 77}}", "arm 'a'"),
        ("- 1", "holds no keys and values"),
        ("seeds: 0-999999", "more than 10,000 runs"),
    ],
)
def test_a_mistake_is_one_sentence(text: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as told:
        plan(tmp_path, text)
    assert sentence in str(told.value)
    assert "\n" not in str(told.value)


def summary(score: float, **changes: Any) -> dict[str, Any]:
    final = {"score": score, "alive": 0.5, "survival": 30.0, "return": 3.0}
    page = {"final": final, "graduated": {"step": 5}, "steps": 10}
    return {
        "reason": "limit", "steps": 1_000, "seconds": 2.0, "levels": {"01_first_night": page},
    } | changes  # fmt: skip


class FakePool:
    """Finishes every job at the next look, the second one badly."""

    def __init__(self, runs: Path) -> None:
        self.runs, self.begun, self.stopped = runs, list[Job](), False
        self.waiting: list[Job] = []

    @property
    def free(self) -> int:
        return 2 - len(self.waiting)

    def start(self, job: Job) -> None:
        self.begun.append(job)
        self.waiting.append(job)

    def poll(self) -> list[Done]:
        done = []
        for job in self.waiting:
            bad = len(self.begun) > 1 and job is self.begun[1]
            if not bad:
                content = json.dumps(summary(100.0 * job.seed)).encode()
                work.unpack({"summary.json": content}, RunFolder(self.runs / job.name))
            done.append(Done(job, "it broke" if bad else ""))
        self.waiting.clear()
        return done

    def stop(self) -> None:
        self.stopped = True


class Quiet:
    def begun(self, job: Job) -> None: ...
    def ended(self, done: Done) -> None: ...
    def looked(self) -> None: ...


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "gone.yaml"
    with pytest.raises(ConfigError, match=re.escape(f"{missing}: can't be read")):
        load_plan(missing)


def test_doing_it_again_trains_only_what_is_missing(tmp_path: Path) -> None:
    found, folder = plan(tmp_path, "base: quick\nseeds: 1-4"), Folder(tmp_path / "out")
    pool = FakePool(folder.runs)
    first = carry_out(found, folder, lambda: pool, Quiet())
    assert pool.stopped
    assert first.failed == {"base-seed2": "it broke"}
    assert first.arms[0].seeds == (1, 3, 4)
    assert first.arms[0].medians["score"].value == 300
    again = FakePool(folder.runs)
    second = carry_out(found, folder, lambda: again, Quiet())
    assert [job.seed for job in again.begun] == [2]
    assert second.arms[0].seeds == (1, 2, 3, 4)
    assert (folder.path / "results.png").read_bytes().startswith(b"\x89PNG")
    table = (folder.path / "results.md").read_text()
    assert "| base | 4 | 250 (" in table


def test_an_interruption_stops_the_pool(tmp_path: Path) -> None:
    class Interrupted(FakePool):
        def poll(self) -> list[Done]:
            raise KeyboardInterrupt

    found, folder = plan(tmp_path, "base: quick\nseeds: 1-4"), Folder(tmp_path / "out")
    pool = Interrupted(folder.runs)
    with pytest.raises(KeyboardInterrupt):
        carry_out(found, folder, lambda: pool, Quiet())
    assert pool.stopped


def test_levels_without_results_are_left_out() -> None:
    page = {"final": None, "graduated": None, "steps": 10}
    found = outcome("s", {"a": {0: summary(1, levels={"x": page})}, "b": {}}, {"b-seed0": "why"})
    assert [arm.arm for arm in found.arms] == ["a"]
    assert "score" not in found.arms[0].medians
    assert "b-seed0 failed: why" in markdown(found)


def test_without_ray_the_option_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "is_there", lambda _: False)
    with pytest.raises(ConfigError, match=r'--ray needs ray; pip install "hamlet-game\[cluster\]"'):
        RayPool("auto", tmp_path)


def test_files_of_a_run_elsewhere_come_back(tmp_path: Path) -> None:
    found = plan(
        tmp_path,
        "base: {preset: quick, levels: '1', towns: 8, algorithm: {hidden: [8]}, "
        "final: {towns: 5}, limits: {max_steps: 640}}\nseeds: 3",
    )
    (job,) = found.jobs()
    files, trouble = work.train_elsewhere(job.name, job.text)
    assert trouble == ""
    assert {"config.yaml", "summary.json", "metrics.sqlite"} <= files.keys()
    run = RunFolder(tmp_path / job.name)
    work.unpack(files, run)
    assert work.is_done(run)
    work.check(job, run)
