"""Par: plans are real, good, and the same every time."""

from __future__ import annotations

import numpy as np
import pytest

from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.evaluation import live
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action, Kind
from hamlet_game.town.planner import Search, plan
from hamlet_game.town.policies import sensible
from hamlet_game.town.record import Record

CATALOG = load_catalog()


@pytest.mark.parametrize("name", ["1", "2"])
def test_a_plan_is_a_life_that_can_be_lived(name: str) -> None:
    level = CATALOG.find(name)
    for town in (1, 2, 3):
        planned = plan(level, town)
        record = Record.of(level, town, planned.actions)
        assert record.over
        assert record.survival == planned.survival == len(planned.actions)
        assert record.last.points == pytest.approx(planned.score)


@pytest.mark.parametrize("name", ["1", "2"])
def test_par_is_hard_to_beat(name: str) -> None:
    level, towns = CATALOG.find(name), np.arange(1, 6)
    scores = live(level, sensible, towns).score
    pars = [plan(level, int(town)).score for town in towns]
    assert all(par >= score for par, score in zip(pars, scores, strict=True))


def test_the_full_town_can_be_lived_well_to_the_end() -> None:
    level = CATALOG.find("4")
    planned = plan(level, 11, beam=8)
    assert planned.survival == level.steps
    assert planned.score > live(level, sensible, [11]).score[0]


def test_a_plan_is_deterministic() -> None:
    level = CATALOG.find("2")
    first, second = plan(level, 5), plan(level, 5)
    assert first.score == second.score
    assert first.actions.tobytes() == second.actions.tobytes()


def test_the_shortest_way_to_the_bed_is_found() -> None:
    """In level 1 the first errand of any good life is the walk to the bed, then its use."""
    level = CATALOG.find("1")
    record = Record(level, 3)
    ((_, bed_x, bed_y),) = record.town.places()
    start = record.frames[0]
    walk = abs(bed_x - start.x) + abs(bed_y - start.y)
    lived = Record.of(level, 3, plan(level, 3).actions)
    used = [frame.used for frame in lived.frames]
    assert Kind.BED in used
    assert used.index(Kind.BED) <= walk + 16  # a pause on the way is allowed while it pays


def test_progress_rises_to_the_end() -> None:
    search = Search(CATALOG.find("1"), 9)
    shares = list(search.run())
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] < 1
    assert search.best.score > 0


def test_a_town_full_of_buildings_is_planned_too() -> None:
    level = CATALOG.find("3")
    rule = level.buildings.bed
    assert rule is not None
    many = tuple((x, y) for x in range(8) for y in range(6))
    beds = rule.model_copy(update={"at": many})
    crowded: Level = level.model_copy(
        update={
            "buildings": level.buildings.model_copy(update={"bed": beds, "shower": None}),
            "steps": 30,
        }
    )
    planned = plan(crowded, 1)
    assert planned.survival == 30
    assert set(planned.actions.tolist()) <= set(Action)


def test_a_doomed_town_still_has_a_par() -> None:
    """Nobody can live here: the bed is always too far. Par is the best that dying allows."""
    level = CATALOG.find("1")
    tired = level.meters.energy.model_copy(update={"start": (1.0, 1.0)})
    doomed = level.model_copy(
        update={"meters": level.meters.model_copy(update={"energy": tired}), "grid": (30, 30)}
    )
    planned = plan(doomed.model_copy(update={"start": type(level.start)()}), 1)
    assert planned.survival <= 2
    assert planned.score >= 0
