"""Opening a run and starting its trainer's process: what takes longer than a frame."""

from __future__ import annotations

from hamlet_game.game.desk import past
from hamlet_game.game.desk.launch import Launch, Old, Plan, Wish
from hamlet_game.learn.config import ConfigError
from hamlet_game.training.config import plain_values
from hamlet_game.training.edition import cannot_train
from hamlet_game.training.openings import open_run, open_unkept
from hamlet_game.training.protocol import Job
from hamlet_game.training.runs import RunError
from hamlet_game.training.worker import Problem, TrainerClient


def start(launch: Launch) -> None:
    """Do what a launch is for. Raises ConfigError, RunError, and whatever a system may refuse."""
    if launch.make is None and (missing := cannot_train()):  # before a folder is made
        raise RunError(missing)
    plan = _plan(launch.wish)
    launch.run = plan.run
    if launch.recall and plan.resume and plan.run is not None:
        launch.past = past.read(plan.run)
    client = TrainerClient(launch.patience_s, launch.make)
    folder = None if plan.run is None else str(plan.run.path)
    client.start(Job(plain_values(plan.config), folder, plan.resume))
    launch.client = client


def problem(error: Exception, details: str) -> Problem:
    """Return why nothing was started: our own errors are sentences already."""
    if isinstance(error, ConfigError | RunError):
        return Problem(str(error), "", over=True)
    reason = " ".join(str(error).split()) or type(error).__name__
    return Problem(f"Training can't be started ({reason:.200}). Try again.", details, over=True)


def _plan(wish: Wish) -> Plan:
    """Open the run that is wished for. Raises ConfigError and RunError."""
    if isinstance(wish, Plan):
        return wish
    if isinstance(wish, Old):
        opened = open_run("", wish.changes, wish.run.path, resume=True)
        return Plan(opened.config, opened.folder, resume=True)
    if wish.keep:
        opened = open_run(wish.source, wish.changes, None, resume=False)
        return Plan(opened.config, opened.folder)
    return Plan(open_unkept(wish.source, wish.changes), None)
