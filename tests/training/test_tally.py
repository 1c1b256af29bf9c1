"""What lives do and where they are, counted by hand and in a real run."""

from __future__ import annotations

import numpy as np
from trainer_cases import config, only, train

from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import Action
from hamlet_game.training.events import LearnerProgress, Played
from hamlet_game.training.tally import Tally

LEVEL = load_catalog().find("3")


def test_actions_and_cells_are_counted_for_each_agent() -> None:
    tally = Tally(2)
    columns = np.array([[0, 7, 7], [1, 1, 1]], dtype=np.int16)
    rows = np.array([[0, 7, 7], [2, 3, 2]], dtype=np.int16)
    for _ in range(2):
        tally.count(np.array([[0, 4, 4], [1, 1, 2]]), (columns, rows), LEVEL)
    one, other = tally.tell("03_full_day", [None, None], 6, 0.1)
    assert (one.actions, other.actions) == ((2, 0, 0, 0, 4), (0, 4, 2, 0, 0))
    assert (one.visits[0, 0], one.visits[7, 7], one.visits.sum()) == (2, 4, 6)
    assert (other.visits[2, 1], other.visits[3, 1]) == (4, 2)
    again, _ = tally.tell("03_full_day", [None, None], 6, 0.1)
    assert again.visits.sum() == sum(again.actions) == 0


def test_a_run_tells_what_it_played_with_every_progress_report() -> None:
    told = train(levels=("1",), curriculum__mix_earlier=0.0, limits__max_steps=800)
    reports, plays = only(LearnerProgress, told), only(Played, told)
    assert [event.step for event in plays] == [event.step for event in reports]
    assert [sum(event.actions) for event in plays] == [400, 400]
    assert [int(event.visits.sum()) for event in plays] == [400, 400]
    for event in plays:
        assert event.q is not None
        assert event.q.shape == (config().towns, len(Action))


def test_agents_without_q_values_say_so() -> None:
    told = train(algorithm={"name": "ppo"}, limits__max_steps=400)
    assert [event.q for event in only(Played, told)] == [None]
