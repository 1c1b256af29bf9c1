"""The life scene, driven by events as the app sends them: playing, its start, end and ghost."""

from __future__ import annotations

from pathlib import Path

import pytest
from living import DAY, NIGHT, SEED, Watching, click, drawn, press, run, sensible_life

from hamlet_game import paths
from hamlet_game.game.events import Command
from hamlet_game.game.play.sure import LONG, PATIENCE_S
from hamlet_game.game.scene import Push, Replace
from hamlet_game.game.scenes.life import END_S, LifeScene
from hamlet_game.game.scenes.results import ResultsScene
from hamlet_game.game.score_models import Result
from hamlet_game.game.services import Services
from hamlet_game.town.names import Action
from hamlet_game.town.record import Record
from hamlet_game.town.replay import load_replay


@pytest.fixture
def life(services: Services) -> LifeScene:
    return LifeScene(services, NIGHT, SEED)


# Playing.
def test_directions_walk_and_repeats_walk_on(life):
    x = life.record.last.x
    life.handle(press(Command.LEFT))
    life.handle(press(Command.LEFT, repeat=True))
    assert life.record.last.x == x - 2
    life.handle(press(Command.INTERACT, Command.CONFIRM, repeat=True))  # a held Space uses once
    assert life.record.survival == 2


def test_live_repeats_do_not_count_twice(services, life):
    services.settings.tempo = "live"
    life.handle(press(Command.LEFT))
    for _ in range(5):
        life.handle(press(Command.LEFT, repeat=True))
    run(life, 0.3)
    assert life.record.survival == 1


def test_clicking_walks_and_clicking_oneself_acts(life):
    life.draw(Watching())
    bed = next((x, y) for _, x, y in life.places)
    there = life.town.cell_center(life._view.town_box, *bed)
    life.handle(click(there))
    run(life, 2)
    assert (life.record.last.x, life.record.last.y) == bed
    life.handle(click(there))
    assert life.record.last.used is not None


def test_the_buttons_above_the_town_can_be_clicked(services, life):
    life.draw(Watching())
    found = {}
    for x in range(20, 660, 4):
        if command := life._view.command_at((x, 33)):
            found.setdefault(command, (x, 33))
    assert set(found) >= {
        Command.TOWN_NUMBER, Command.TEMPO, Command.RESTART, Command.NEW_TOWN, Command.PAUSE,
    }  # fmt: skip
    life.handle(click(found[Command.TEMPO]))
    assert services.settings.tempo == "live"
    assert isinstance(life.handle(click(found[Command.PAUSE])), Push)


def test_speed_changes_in_the_live_tempo_only(services, life):
    life.handle(press(Command.FASTER))
    assert services.settings.speed == 1.0
    life.handle(press(Command.TEMPO))
    life.handle(press(Command.FASTER))
    assert services.settings.speed == 2.0
    life.handle(press(Command.SLOWER))
    assert services.settings.speed == 1.0


def test_restart_keeps_the_town_and_new_town_changes_it(life):
    start = life.record.frames[0]
    life.handle(press(Command.LEFT))
    life.handle(press(Command.RESTART))
    assert (life.town_seed, life.record.survival) == (SEED, 0)
    assert life.record.frames[0] == start
    life.handle(press(Command.NEW_TOWN))
    assert life.town_seed != SEED


def test_a_long_life_is_only_thrown_away_on_a_second_press(services):
    life = LifeScene(services, DAY, 7)
    for _ in range(LONG):
        life.handle(press(Command.LEFT))
    life.handle(press(Command.RESTART))
    assert life.record.survival == LONG
    assert f"{LONG}" in drawn(life).words
    run(life, PATIENCE_S + 0.1)  # too late
    life.handle(press(Command.RESTART))
    assert life.record.survival == LONG
    life.handle(press(Command.NEW_TOWN))  # another question
    assert life.record.survival == LONG
    life.handle(press(Command.UP))  # goes on living: that was a no
    life.handle(press(Command.NEW_TOWN))
    assert life.record.survival == LONG + 1
    life.handle(press(Command.NEW_TOWN))
    assert (life.record.survival, life.town_seed == 7) == (0, False)


def test_someone_who_stands_about_is_told_where_to_go(services):
    services.settings.tutorial = False  # the first steps say it their own way
    life = LifeScene(services, NIGHT, SEED)
    life.handle(press(Command.RIGHT))
    run(life, 2)
    assert "arrow." in drawn(life).words
    services.scores.record(Result(NIGHT.id, SEED, 900.0, 1, 50, b""))
    again = LifeScene(services, NIGHT, SEED)  # with a star, nobody needs telling
    again.handle(press(Command.RIGHT))
    run(again, 2)
    assert "arrow." not in drawn(again).words


def test_the_end_of_a_life_is_told_over_the_town(services):
    life = LifeScene(services, NIGHT, SEED)
    while not life.record.over:
        life.handle(press(Command.INTERACT))
    run(life, 0.5)
    assert "Energy ran out" in drawn(life).words


@pytest.mark.parametrize("tempo", ["step", "live"])
def test_leaving_the_window_stops_the_live_clock(services, life, tempo):
    services.settings.tempo = tempo
    life.handle(press(Command.LEFT))
    run(life, 0.5)
    steps = life.record.survival
    assert life.focus_lost() is None
    run(life, 2)
    assert life.record.survival == steps
    life.handle(press(Command.LEFT))
    run(life, 0.5)
    assert life.record.survival > steps


def test_a_life_ends_with_its_results_and_that_can_be_hurried(services, life):
    while not life.record.over:
        life.handle(press(Command.UP))
    assert run(life, 0.3) is None
    assert life.handle(press(Command.INTERACT, Command.CONFIRM)) is None  # too soon
    change = run(life, END_S + 0.5)
    assert isinstance(change, Replace)
    assert isinstance(change.scene, ResultsScene)
    again = LifeScene(services, NIGHT, SEED)
    while not again.record.over:
        again.handle(press(Command.UP))
    run(again, 0.8)
    assert isinstance(again.handle(press(Command.INTERACT, Command.CONFIRM)), Replace)


def test_par_becomes_known_while_playing(life):
    assert "…" in drawn(life).words
    run(life, 20)
    assert life.par is not None
    assert f"{life.par:.0f}" in drawn(life).words


def test_a_replay_can_be_saved_once_something_happened(services, life):
    life.handle(press(Command.SAVE_REPLAY))
    assert "nothing to save" in services.notices[-1]
    life.handle(press(Command.LEFT))
    life.handle(press(Command.SAVE_REPLAY))
    (file,) = paths.replays().iterdir()
    assert load_replay(file).actions == bytes([Action.LEFT])


def test_a_replay_that_can_not_be_written_is_a_sentence(services, life, home: Path):
    home.mkdir()
    (home / "replays").write_text("in the way")
    life.handle(press(Command.LEFT))
    life.handle(press(Command.SAVE_REPLAY))
    assert "can't be saved" in services.notices[-1]


# The start and the ghost.
def test_the_start_card_is_whole_for_newcomers_and_short_afterwards(services):
    services.settings.tutorial = False
    life = LifeScene(services, NIGHT, SEED)
    assert drawn(life).words.count(NIGHT.hint) == 2  # in the panel too, while it is empty
    life.handle(press(Command.RESTART))
    words = drawn(life).words
    assert words.count(NIGHT.hint) == 1
    assert "direction" in words
    life.handle(press(Command.LEFT))
    assert "direction" not in drawn(life).words


def test_the_best_run_walks_along_as_a_ghost(services):
    best = sensible_life(NIGHT, SEED)
    result = Result(NIGHT.id, SEED, best.last.points, 1, best.survival, best.actions)
    services.scores.record(result)
    life = LifeScene(services, NIGHT, SEED)
    life.handle(press(Command.DOWN))
    run(life, 0.5)
    _, ghost = life._view._people(life)
    assert ghost.ghost
    assert (ghost.x, ghost.y) == (best.frames[1].x, best.frames[1].y)
    assert "Ghost: neck and neck" in drawn(life).words
    life.handle(press(Command.GHOST))
    assert not services.settings.ghost
    assert len(life._view._people(life)) == 1


def test_a_given_ghost_is_raced_instead_of_the_best_run(services):
    rival = Record.of(NIGHT, SEED, [Action.UP, Action.UP])
    life = LifeScene(services, NIGHT, SEED, rival)
    assert life.session.ghost is not None
    assert life.session.ghost.steps == 2
    life.new_town()
    assert life.session.ghost is None


def test_without_a_ghost_the_key_says_why(services, life):
    life.handle(press(Command.GHOST))
    assert "No ghost" in services.notices[-1]
