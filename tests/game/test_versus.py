"""Races by themselves: fair starts, one clock, verdicts, matches and strengths."""

from __future__ import annotations

import pytest
from driver import CATALOG
from tour_versus import TOWN

from hamlet_game.game.agents import roster
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.versus_setup import VersusSetupScene
from hamlet_game.game.services import Services
from hamlet_game.game.versus import verdict
from hamlet_game.game.versus.contestants import invite_all, steps_text
from hamlet_game.game.versus.match import Match
from hamlet_game.game.versus.race import Race, Stage
from hamlet_game.game.versus.strength import StrengthDesk
from hamlet_game.town.names import Action, Meter

NIGHT, _, DAY = CATALOG.levels[:3]


def race_of(services: Services, *words: str, level=DAY, town: int = TOWN) -> Race:
    return Race(level, town, invite_all(words), services.settings)


def lived_out(services: Services, *words: str, level=DAY, town: int = TOWN) -> Race:
    race = start(race_of(services, *words, level=level, town=town))
    race.rush = True
    for _ in range(5_000):
        if race.stage is Stage.OVER:
            return race
        race.update(1 / 60)
    raise AssertionError("the race never ended")


def start(race: Race) -> Race:
    while race.stage is not Stage.RUNNING:
        race.update(1 / 60)
    return race


def test_the_rival_offered_is_at_home_in_the_level(services: Services) -> None:
    for level in CATALOG.levels[:4]:
        scene = routes.versus(services, level, TOWN)
        assert isinstance(scene, VersusSetupScene)
        word = scene.right.entry.word
        assert word == roster.suited(level.id)
        desk = StrengthDesk(services.versus.strengths)
        while (found := desk.want(level, scene.right.entry)) is None:
            desk.work()
        assert found.share > 0.9, word


# Fairness.
@pytest.mark.parametrize("town", [1, 7, 4242])
def test_everybody_starts_in_the_same_state(services: Services, town: int) -> None:
    race = race_of(services, "you", "master", "idle", town=town)
    first, *others = [lane.record for lane in race.lanes]
    for other in others:
        assert other.frames[0] == first.frames[0]
        assert other.town.places() == first.town.places()
        assert (other.town.observe() == first.town.observe()).all()


def test_the_same_deeds_have_the_same_outcome_in_both_lanes(services: Services) -> None:
    race = lived_out(services, "sensible", "sensible")
    one, other = (lane.record for lane in race.lanes)
    assert one.frames == other.frames
    told = verdict.judge(race.lanes)
    assert (told.winner, told.parted, told.mattered) == (None, None, None)
    assert [lane.who.name for lane in race.lanes] == ["Script", "Script 2"]
    assert race.lanes[0].who.look != race.lanes[1].who.look


@pytest.mark.parametrize("town", [3, 7, 11])
def test_the_master_outlives_the_idler(services: Services, town: int) -> None:
    race = lived_out(services, "idle", "master", town=town)
    idle, master = (lane.record for lane in race.lanes)
    assert master.survival > idle.survival
    told = verdict.judge(race.lanes)
    assert told.winner == 1
    assert told.headline == "Master wins!"
    assert str(idle.survival) in told.reason
    assert told.parted is not None
    assert idle.frames[told.parted].action != master.frames[told.parted].action
    assert told.mattered is not None
    cause = idle.last.cause
    assert cause is not None
    assert f"Idler's {cause.key} was always the lower" in verdict.turning_text(race.lanes, told)


def test_amounts_are_as_precise_as_it_takes_to_see_them_differ() -> None:
    assert verdict._against(Meter.ENERGY, 21.0, 22.0) == "21 against 22"
    assert verdict._against(Meter.ENERGY, 21.6, 22.1) == "21.6 against 22.1"
    assert verdict._against(Meter.ENERGY, 22.01, 22.03) == "22.01 against 22.03"


def test_after_the_turn_the_fatal_meter_never_catches_up(services: Services) -> None:
    race = lived_out(services, "untrained", "sensible")
    told = verdict.judge(race.lanes)
    assert told.winner == 1
    assert told.mattered is not None
    loser, winner = (lane.record for lane in race.lanes)
    cause = loser.last.cause
    assert cause is not None
    for step in range(told.mattered, loser.survival + 1):
        assert winner.frames[step].meters[cause] > loser.frames[step].meters[cause]


def test_among_survivors_the_turn_is_about_points(services: Services) -> None:
    race = lived_out(services, "sensible", "planner", level=NIGHT)
    told = verdict.judge(race.lanes)
    one, other = (lane.record for lane in race.lanes)
    assert one.survival == other.survival == NIGHT.steps
    assert told.winner == 1
    assert told.reason.startswith("Both lived 50 steps. Planner scored")
    assert told.mattered is not None
    for step in range(told.mattered, NIGHT.steps + 1):
        assert other.frames[step].points > one.frames[step].points


# One clock.
def test_in_the_step_tempo_the_rival_moves_when_the_person_moves(services: Services) -> None:
    services.settings.tempo = "step"
    race = start(race_of(services, "you", "master"))
    you, rival = race.lanes
    for _ in range(30):
        race.update(1 / 60)
    assert rival.record.survival == 0
    assert you.session is not None
    for steps in range(1, 6):
        you.session.press(Action.UP)
        race.update(1 / 60)
        assert you.record.survival == rival.record.survival == steps


def test_in_the_live_tempo_both_tick_at_once_after_the_countdown(services: Services) -> None:
    services.settings.tempo = "live"
    race = start(race_of(services, "you", "master"))
    for _ in range(90):
        race.update(1 / 60)
    you, rival = race.lanes
    assert you.record.survival == rival.record.survival >= 3


def test_who_is_left_lives_on_after_the_person(services: Services) -> None:
    services.settings.tempo = "step"
    race = start(race_of(services, "you", "sensible", level=NIGHT))
    you, rival = race.lanes
    assert you.session is not None
    while not you.over:
        you.session.press(Action.UP)
        race.update(1 / 60)
    assert not rival.over
    assert race.stage is Stage.RUNNING
    for _ in range(900):
        race.update(1 / 60)
    assert rival.over
    assert race.stage is Stage.OVER


def test_the_planner_prepares_before_the_countdown_and_lives_its_plan(services: Services) -> None:
    race = race_of(services, "planner", "idle", level=NIGHT)
    race.update(1 / 60)
    assert race.stage is Stage.PREPARING
    assert 0 <= race.progress < 1
    start(race)
    assert race.progress == 1.0
    assert race.lanes[0].record.survival == 0
    done = lived_out(services, "idle", "sensible", level=NIGHT)
    assert done.lanes[1].record.survival > done.lanes[0].record.survival


# Matches.
def test_best_of_five_is_decided_by_three_wins_each_in_a_new_town() -> None:
    match = Match(DAY, TOWN, ("you", "master"), 5)
    towns = []
    for winner in (0, 1, 0, None, 0):
        towns.append(match.town_seed)
        assert not match.decided
        match.count(winner)
        before, match = match, match.onward()
    assert before.score == (3, 1)
    assert before.decided
    assert before.champion == 0
    assert towns == [7, 8, 9, 10, 11]
    assert match.winners == []
    single = Match(DAY, 999_999)
    single.count(None)
    assert single.decided
    assert single.champion is None
    assert single.next_town() == 1


def test_a_match_ends_early_when_nobody_can_catch_up() -> None:
    match = Match(DAY, TOWN, best_of=5)
    for _ in range(3):
        assert not match.decided
        match.count(1)
    assert match.decided


def test_lengths_of_training_are_said_in_words() -> None:
    assert [steps_text(n) for n in (0, 512, 300_032, 2_000_000, 6_900_032)] == [
        "no training", "512 steps", "300 thousand steps", "2 million steps", "6.9 million steps",
    ]  # fmt: skip


def test_strength_is_measured_and_kept() -> None:
    known: dict = {}
    desk = StrengthDesk(known)
    for word in ("idle", "sensible"):
        entry = roster.entry(word)
        while (found := desk.want(NIGHT, entry)) is None:
            desk.work()
        assert not found.trouble
    assert known[NIGHT.id, "sensible"].share > known[NIGHT.id, "idle"].share
    broken = roster.Entry("gone", "Gone", "", "save", roster.entry("no-such-run").make)
    while (found := desk.want(NIGHT, broken)) is None:
        desk.work()
    assert "no run" in found.trouble
