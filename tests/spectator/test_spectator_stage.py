"""What is shown and said, without a server."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest
from stand_ins import LEVELS, Told, brain, stage_of, told

from hamlet_game.game.agents import roster
from hamlet_game.spectator import bulletin, wire
from hamlet_game.spectator.show import MOST_STEPS, Show
from hamlet_game.spectator.stage import TICK_S, Stage
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.record import Record
from hamlet_game.training.events import LevelStarted


def heard(stage: Stage) -> dict[str, Any]:
    text = asyncio.run(asyncio.wait_for(stage.hub.join().take(), 1))
    return {message["type"]: message for message in json.loads(text)}


def test_a_show_lives_by_the_rules() -> None:
    """Whoever does the told actions again comes to the same frames."""
    level = load_catalog().find("3")
    show = Show(level, roster.player("sensible"), 7)
    show.speed = 16.0
    steps = [one for _ in range(40) for one in show.advance(0.1)]
    assert [one.step for one in steps] == list(range(1, len(steps) + 1))
    again = Record.of(level, 7, show.record.actions)
    assert [one.frame for one in steps] == again.frames[1:]


def test_a_show_keeps_its_pace_and_never_catches_up_for_ever() -> None:
    show = Show(load_catalog().find("3"), roster.player("sensible"), 7)
    lived = sum(one.seconds for _ in range(80) for one in show.advance(0.125))
    assert lived == pytest.approx(10.0, abs=0.5)
    assert len(show.advance(10_000.0)) == MOST_STEPS
    show.frozen = True
    assert show.advance(1.0) == []


def test_after_the_end_comes_another_life() -> None:
    stage = stage_of(Told(), "idle")
    stage.order("speed", 16)
    first = stage.show.number
    for k in range(400):
        stage.advance(0.5, float(k))
    assert stage.show.number > first + 1


def test_the_town_is_told_whole() -> None:
    stage = stage_of(Told(), "master")
    stage.advance(2.0, 0.0)
    town = heard(stage)["town"]
    show = stage.show
    assert town["level"]["id"] == show.level.id
    assert town["now"]["n"] == show.record.survival == town["past"][-1][0] > 3
    assert len(town["now"]["q"]) == len(town["actions"]) == 5
    assert town["past"][-1][5] == pytest.approx(show.record.total, abs=0.01)
    kinds = {name for name, *_ in town["things"] if name.startswith("buildings/")}
    assert kinds == {f"buildings/{kind}" for kind, _, _ in town["places"]}
    assert wire.scenery(show.level, show.record.town_seed).ground.startswith(b"<svg")


def test_q_values_are_the_networks_own() -> None:
    stage = stage_of(Told(), "master")
    thought = stage.show.life.thought
    assert thought is not None
    message = wire.steps(stage.show, stage.show.advance(0.01))
    frame = message["frames"][0]
    assert frame["q"] == [round(value, 4) for value in thought.values]
    assert frame["best"] == int(thought.best)


def test_a_training_is_told_with_its_marks() -> None:
    said = heard(stage_of(told()))
    assert said["run"]["run"] == "toy"
    assert said["run"]["can"] == ["pause", "stop"]
    assert "broken" not in said["run"]["numbers"]  # what is no number is left out
    first, second = said["curves"]["stretches"]
    assert (first["name"], first["steps"], first["mark"]) == ("First Night", 50, 40)
    assert (second["mark"], second["rewardMark"]) == (80, 0)
    assert [round(e["survival"]) for e in first["exams"]] == [15, 22, 29, 36, 43, 50]
    assert [s["state"] for s in said["road"]["stations"]] == ["done", "now"]
    assert any("graduated" in text for _, _, text in said["news"]["lines"])
    assert said["town"]["level"]["id"] == LEVELS[1]  # where the training is


def test_long_curves_are_thinned_and_keep_their_newest() -> None:
    items = list(range(1_000))
    kept = bulletin._thinned(items)
    assert len(kept) <= bulletin.MOST_POINTS + 1
    assert kept[-1] == 999
    assert kept == sorted(kept)


def test_the_newest_brain_plays_on_in_the_same_life() -> None:
    source = told()
    stage = stage_of(source)
    stage.advance(1.0, 0.0)
    number, lived = stage.show.number, stage.show.record.survival
    assert stage.show.life.player.name == "Newborn"  # no brain yet
    source.history.take(brain(200_000))
    stage.advance(1.0, 1.0)
    assert "200,000" in stage.show.life.player.name
    assert stage.show.number == number
    assert stage.show.record.survival > lived


def test_another_level_begins_another_life() -> None:
    source = told()
    stage = stage_of(source)
    source.history.take(LevelStarted(300_000, 30.0, "03_full_day"))
    stage.advance(0.1, 0.0)
    assert stage.show.level.id == "03_full_day"


def test_orders_go_where_they_make_sense() -> None:
    source = told("running")
    stage = stage_of(source)
    assert stage.order("pause")
    assert (source.ordered, stage.show.frozen, stage.can) == (["pause"], True, ("resume", "stop"))
    assert not stage.order("pause")
    assert stage.order("resume")
    assert not stage.show.frozen
    for word in ("start", "fly", "", "speed"):
        assert not stage.order(word)
    assert stage.order("stop")


def test_the_show_alone_can_be_paused() -> None:
    source = Told()
    stage = stage_of(source)
    assert stage.can == ("start", "pause")
    assert stage.order("pause")
    assert stage.can == ("start", "resume")
    assert stage.order("start")
    assert (source.ordered, stage.show.frozen) == (["start"], False)


@pytest.mark.parametrize("value", [0, 3, -1, 1e9, True, None, "4", float("nan"), [], {}])
def test_a_speed_there_is_not(value: object) -> None:
    stage = stage_of(Told())
    assert not stage.order("speed", value)
    assert stage.show.speed == 1.0


def test_many_clients_get_fewer_and_larger_batches() -> None:
    stage = stage_of(Told())
    assert stage.tick_s == TICK_S
    boxes = [stage.hub.join() for _ in range(500)]
    assert stage.tick_s == pytest.approx(1.0)
    assert len(boxes) == len(stage.hub)


def test_each_problem_is_told_once_as_it_begins() -> None:
    source, said = Told("running"), list[str]()
    stage = Stage(source, roster.player("sensible"), complain=said.append)
    for now, problem in enumerate(("", "It hangs.", "It hangs.", "It is gone.", "", "It is gone.")):
        source.problem = problem
        stage.advance(0.1, time.monotonic() + 10.0 * (now + 1))
    assert said == ["It hangs.", "It is gone.", "It is gone."]
