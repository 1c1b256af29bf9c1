"""Par comes in small portions, and is kept."""

from __future__ import annotations

from hamlet_game.game.par import KEPT, ParDesk
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.planner import plan

LEVEL = load_catalog().find("1")


def wait_for(desk: ParDesk, town: int) -> float:
    for _ in range(100_000):
        if found := desk.want(LEVEL, town):
            return found.score
        desk.work(0.0005)
    raise AssertionError("par never came")


def test_par_is_the_planners() -> None:
    desk = ParDesk()
    assert desk.want(LEVEL, 5) is None
    assert wait_for(desk, 5) == plan(LEVEL, 5).score
    assert desk.progress == 1.0


def test_asking_for_another_town_turns_the_search() -> None:
    desk = ParDesk()
    desk.want(LEVEL, 5)
    desk.work(0.0005)
    assert wait_for(desk, 6) == plan(LEVEL, 6).score
    assert wait_for(desk, 5) == plan(LEVEL, 5).score


def test_only_so_many_are_remembered() -> None:
    desk = ParDesk()
    short = LEVEL.model_copy(update={"steps": 2})
    for town in range(1, KEPT + 3):
        while desk.want(short, town) is None:
            desk.work(1.0)
    assert desk.want(short, KEPT + 2) is not None
    assert desk.want(short, 1) is None


def test_no_work_without_a_question() -> None:
    desk = ParDesk()
    desk.work(1.0)
    assert desk.progress == 0.0
