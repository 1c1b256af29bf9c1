"""Does training reach its targets? The default preset over several seeds, in held-out towns.

    python benchmarks/targets.py [--seeds 0-4] [--jobs 2] [--json]

Each seed is trained from nothing in a process of its own, checkpoints and database written
as `hamlet-game train` does. The clock starts with the process: loading torch, every
evaluation and every look of this script along the way count. Level 3 is mastered when a
policy lives through at least 99 % of 1,000 held-out towns; it is then tried in another 1,000.
Level 4 is the run's best policy in 1,000 held-out towns against the mean par of the first of
them. Finished seeds are kept and not trained again (--fresh). The exit code is 1 if a 'must'
is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # from a checkout, too

import torch
from held_out import AFRESH, JUDGED, alive, alive_if_enough
from jobs import (
    RESULTS,
    Job,
    Order,
    Result,
    change,
    machine_line,
    numbers,
    run_jobs,
    say,
    worker,
)
from targets_table import FULL_DAY, LEVELS, THRIVE, findings, table

from hamlet_game.town.catalog import digest
from hamlet_game.town.planner import plan
from hamlet_game.town.policies import Policy
from hamlet_game.training import events
from hamlet_game.training.config import check_run_config, load_config, plain_values, to_yaml
from hamlet_game.training.evaluation import policy_of
from hamlet_game.training.seeds import final_towns
from hamlet_game.training.sinks import MetricsManager
from hamlet_game.training.sinks.sqlite import MetricsDatabase
from hamlet_game.training.sinks.summary import SummaryFile
from hamlet_game.training.trainer import Trainer

MASTERY = 0.99  # of `JUDGED`, alive after the last step
CANDIDATE = 0.98  # alive in the trainer's own evaluation: worth a closer look
GRACE_S = 600.0  # for loading and final results, beyond the time that training may take


# -- in a process of its own ----------------------------------------------------


class Mastery:
    """Waits for the moment at which level 3 is mastered."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._latest: dict[str, Any] = {}  # brain
        self.found: dict[str, float] | None = None
        self.policy: Policy | None = None

    def see(self, event: events.Event) -> None:
        """Look closer whenever an evaluation in level 3, or in level 4, is promising."""
        if isinstance(event, events.BrainUpdated):
            self._latest = event.brain  # comes right before the evaluation, see `jobs_of`
        if self.found or not isinstance(event, events.Evaluated):
            return
        if event.level not in {FULL_DAY.id, THRIVE.id} or event.measures["alive"] < CANDIDATE:
            return
        policy = policy_of(self._latest)
        share = alive_if_enough(FULL_DAY, policy, JUDGED, MASTERY)
        if share is not None:
            self.policy = policy
            self.found = {"seconds": self._order.seconds, "step": event.step, "alive": share}
            self._order.say(f"level 3 mastered: alive in {share:.1%} of {len(JUDGED):,} towns")


def work(order: Order) -> Result:
    """Do one job: train a seed, or plan the towns of level 4."""
    if order.settings["what"] == "par":
        return _plan(order)
    torch.set_num_threads(1)
    shutil.rmtree(order.folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix="hamlet-") as home:
        os.environ["HAMLET_HOME"] = home  # so that no par is known beforehand
        return _train(order)


def _plan(order: Order) -> Result:
    scores = []
    for seed in final_towns(order.settings["towns"]).tolist():
        scores.append(plan(THRIVE, seed).score)
        if seed % 10 == 0:
            order.say(f"planned {seed} towns")
    return {"scores": scores}


def _train(order: Order) -> Result:
    """Train one seed to the end of its preset; return what it reached, and when."""
    config = check_run_config(order.settings["config"], "the configuration")
    trainer = Trainer(config, order.folder)
    order.folder.mkdir(parents=True)
    (order.folder / "config.yaml").write_text(to_yaml(config), encoding="utf-8")
    mastery, graduated = Mastery(order), {}
    summary: dict[str, Any] = {}
    files = (
        SummaryFile(order.folder / "summary.json"),
        MetricsDatabase(order.folder / "metrics.sqlite"),
    )
    with MetricsManager(files, say) as metrics:
        for event in trainer.run():
            metrics.write(event)
            mastery.see(event)
            if isinstance(event, events.LevelGraduated):
                moment = {"seconds": order.seconds, "step": event.step, "episodes": event.episodes}
                graduated.setdefault(event.level, moment)
                order.say(f"{event.level} graduated at step {event.step:,}")
            elif isinstance(event, events.Evaluated):
                order.say(_told(event))
            elif isinstance(event, events.RunEnded):
                summary = event.summary
    if mastery.found and mastery.policy:
        mastery.found["afresh"] = alive(FULL_DAY, mastery.policy, AFRESH)
    return {
        "graduated": graduated,
        "mastered": mastery.found,
        "final": {id_: page["final"] for id_, page in summary["levels"].items() if page["final"]},
        **{key: summary[key] for key in ("reason", "steps", "seconds", "steps_per_s")},
    }


def _told(event: events.Evaluated) -> str:
    m = event.measures
    par = f", {m['par']:.0%} of par" if "par" in m else ""
    return (
        f"step {event.step:>9,}  {event.level}: {m['survival']:.0f} steps, "
        f"{m['alive']:.0%} alive{par}"
    )


# -- all seeds together -----------------------------------------------------------


def jobs_of(options: argparse.Namespace) -> list[Job]:
    """Return the job of planning par, and one for each seed."""
    par = {"what": "par", "towns": options.par_towns, "level": digest(THRIVE)}
    jobs = [Job(f"par-{options.par_towns}", par, 3_600)]
    for seed in numbers(options.seeds):
        changes = {**change(options.set), "seed": seed}
        if options.minutes:
            changes["limits.max_minutes"] = options.minutes
        evaluate_every = load_config(options.preset, changes).curriculum.evaluate_every
        changes["report.brain_every"] = evaluate_every  # so that what was judged is known
        config = load_config(options.preset, changes)
        limit = (config.limits.max_minutes or 60) * 60 + GRACE_S
        rules = [digest(level) for level in LEVELS]
        settings = {"what": "train", "config": plain_values(config), "levels": rules}
        jobs.append(Job(f"seed-{seed}", settings, limit))
    return jobs


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    if worker(arguments, work):
        return 0
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--preset", default="default", help="or a configuration file")
    parser.add_argument("--seeds", default="0-4", help="such as 0-4 or 0,3,7")
    parser.add_argument("--jobs", type=int, choices=(1, 2), default=1, help="seeds at a time")
    parser.add_argument("--minutes", type=float, help="of training a seed; default: the preset's")
    parser.add_argument("--par-towns", type=int, default=40, help="towns that par is planned for")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="override")
    parser.add_argument("--out", type=Path, default=RESULTS / "targets", help="where results stay")
    parser.add_argument("--fresh", action="store_true", help="train finished seeds anew, too")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    options = parser.parse_args(arguments)
    say(machine_line())
    results = run_jobs(
        __file__, jobs_of(options), options.out, count=options.jobs, fresh=options.fresh
    )
    found = findings(results, options)
    print(json.dumps(found, indent=1) if options.json else table(found))
    return 0 if found["passed"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
