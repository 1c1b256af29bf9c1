"""Thoughts in words say the tensors' numbers, and name a place only if that is where it goes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from driver import CATALOG

from hamlet_game import paths
from hamlet_game.brain.brain import Brain
from hamlet_game.game.agents.life import AgentLife
from hamlet_game.game.agents.players import BrainPlayer, Thought
from hamlet_game.game.insight import words
from hamlet_game.game.insight.foresight import AHEAD, Foresight, Heading
from hamlet_game.game.insight.thought_text import LEISURE, LONGEST, Mind, thought_text, values
from hamlet_game.town.names import NONE, Action, Kind, Meter
from hamlet_game.town.town import Town

BRAINS = ("untrained", "01_first_night", "03_full_day", "master")
A_NUMBER = r"(−?\d+(?:\.\d+)?)"


def brain(name: str) -> Brain:
    return Brain.load(paths.assets() / "brains" / f"{name}.safetensors")


def read(text: str) -> float:
    return float(text.replace("−", "-"))


def agrees(said: str, exact: float) -> bool:
    """Return whether a written number is the exact one at the decimals it has."""
    decimals = len(said.partition(".")[2])
    return abs(read(said) - exact) <= 0.5 * 10**-decimals + 1e-6


def moments(name: str, level: str) -> Iterator[tuple[AgentLife, Thought, str]]:
    life = AgentLife(CATALOG.find(level), 11, BrainPlayer(brain(name), name), epsilon=0.15)
    mind = Mind(LEISURE)
    for step in range(60):
        thought = life.thought
        if thought is None:
            return
        if step % 3 == 0:
            yield life, thought, mind.text(life.record.town, thought, life.player)
        life.step()


@pytest.mark.parametrize("level", ["1", "2", "3", "4"])
@pytest.mark.parametrize("name", BRAINS)
def test_every_number_in_a_thought_is_the_tensors(name: str, level: str) -> None:
    seen = 0
    for life, thought, said in moments(name, level):
        town = life.record.town
        assert len(said) <= LONGEST
        assert said.endswith(".")
        np.testing.assert_array_equal(np.float32(thought.values), brain(name).q(town.observe())[0])
        if thought.random:
            assert said.startswith("Exploring: random move")
            continue
        ordered = sorted(thought.values, reverse=True)
        q, second = re.search(rf"Q {A_NUMBER}, next best {A_NUMBER}\.$", said).groups()  # type: ignore[union-attr]
        assert agrees(q, ordered[0])
        assert agrees(second, ordered[1])
        feels = re.match(r"(?:([A-Z][a-z ]+) \((\d+)\)|([A-Z][a-z]+) (\d+))", said)
        if feels:
            check_feeling(town, feels[1] or feels[3], int(feels[2] or feels[4]))
        seen += 1
    assert seen > 3


def check_feeling(town: Town, word: str, number: int) -> None:
    meter = {
        "Worn out": Meter.ENERGY, "Tired": Meter.ENERGY, "Energy": Meter.ENERGY,
        "Filthy": Meter.HYGIENE, "Grubby": Meter.HYGIENE, "Hygiene": Meter.HYGIENE,
        "Starving": Meter.SATIATION, "Hungry": Meter.SATIATION, "Satiation": Meter.SATIATION,
    }[word]  # fmt: skip
    value = float(town.meters[0][meter])
    assert abs(value - number) <= 1
    is_red = word in {"Worn out", "Filthy", "Starving"}
    assert is_red == (value < town.level.meters.of(meter).critical)


def greedy_future(town: Town, policy: Brain) -> tuple[int, int, bool]:
    """Return the kind used next, the steps before it, and whether the life ends before."""
    twin = Town(town.level, [int(town.state.seed[0])])
    twin.restore(town.snapshot())
    for step in range(AHEAD):
        out = twin.step(policy.policy(twin))
        if out.used[0] != NONE:
            return int(out.used[0]), step, False
        if twin.state.over[0]:
            return NONE, step + 1, True
    return NONE, AHEAD, False


@pytest.mark.parametrize("name", BRAINS)
def test_a_place_is_named_only_if_greedy_play_goes_there(name: str) -> None:
    named = 0
    for life, thought, said in moments(name, "3"):
        claim = re.search(r"(Bed|Shower|Fridge|Job) (?:is|comes in) (\d+) step", said)
        ends = re.search(r" dies in (\d+) step", said)
        if thought.random or not (claim or ends):
            continue
        kind, steps, over = greedy_future(life.record.town, brain(name))
        named += 1
        if claim:
            assert (Kind[claim[1].upper()], int(claim[2])) == (kind, steps)
        elif ends:
            assert (int(ends[1]), True) == (steps, over)
    assert named or name == "untrained"


def test_looking_ahead_changes_nothing_and_is_worked_out_once() -> None:
    player = BrainPlayer(brain("master"), "Master")
    town, foresight = Town(CATALOG.find("3"), [5]), Foresight()
    before = town.snapshot()
    while (heading := foresight.heading(town, player, 0.0)) is None:
        pass
    assert heading.kind is not None
    for name in ("meters", "x", "y", "age"):
        np.testing.assert_array_equal(getattr(before, name), getattr(town.state, name))
    for left in range(heading.steps - 1, -1, -1):
        town.step(player.brain.policy(town))
        now = foresight.heading(town, player, 0.0)
        assert now is not None
        assert (now.kind, now.steps) == (heading.kind, left)


def test_a_surprise_is_looked_at_anew() -> None:
    player = BrainPlayer(brain("master"), "Master")
    town, foresight = Town(CATALOG.find("3"), [5]), Foresight()
    while foresight.heading(town, player) is None:
        pass
    own = int(player.brain.policy(town)[0])
    town.step([next(a for a in range(4) if a != own)])
    while (heading := foresight.heading(town, player)) is None:
        pass
    assert (heading.kind, heading.steps) == greedy_future(town, player.brain)[:2]


# -- by hand -------------------------------------------------------------------


def town_with(level: str = "3", **meters: float) -> Town:
    """Return a town whose person stands beside all buildings, with these meters."""
    town = Town(CATALOG.find(level), [7])
    state = town.snapshot()
    for name, value in meters.items():
        state.meters[Meter[name.upper()]] = value
    taken = {(x, y) for _, x, y in town.places()}
    x, y = next((x, y) for x in range(1, 7) for y in range(1, 7) if (x, y) not in taken)
    state.x[:], state.y[:] = x, y
    town.restore(state)
    return town


def thought(best: Action = Action.LEFT, chosen: Action | None = None, **how: object) -> Thought:
    table = {best: 3.1}
    numbers = tuple(table.get(action, 2.4 - 0.1 * action) for action in Action)
    return Thought(numbers, "q", best, best if chosen is None else chosen, **how)  # type: ignore[arg-type]


def test_the_texts_by_hand() -> None:
    tired = town_with(energy=23, hygiene=90, satiation=90, money=50)
    bed = Heading(Kind.BED, 6, 6)
    assert thought_text(tired, thought(), bed) == (
        "Tired (23). Bed is 6 steps away: Q 3.1, next best 2.4."
    )
    assert thought_text(tired, thought()) == "Tired (23). Goes left: Q 3.1, next best 2.4."
    detour = Heading(Kind.BED, 9, 6)
    assert "Bed comes in 9 steps: " in thought_text(tired, thought(), detour)
    lost = Heading(None, AHEAD)
    assert "Goes left, no house in 48 steps: " in thought_text(tired, thought(), lost)
    doomed = Heading(None, 1, ends=True, died=True)
    assert "Goes left and dies in 1 step: " in thought_text(tired, thought(), doomed)
    assert thought_text(tired, thought(Action.INTERACT)).startswith("Tired (23). Waits: Q")


def test_work_comes_first_for_who_is_broke() -> None:
    broke = town_with(energy=90, hygiene=90, satiation=31, money=2)
    assert thought_text(broke, thought(), Heading(Kind.JOB, 4, 4)) == (
        "Hungry (31) but broke ($2): to work first, 4 steps: Q 3.1, next best 2.4."
    )
    rich = town_with(energy=90, hygiene=90, satiation=31, money=40)
    assert thought_text(rich, thought(), Heading(Kind.JOB, 4, 4)).startswith(
        "Purse: $40. Job is 4 steps away: "
    )


def test_moves_of_others_are_said_to_be_that() -> None:
    town = town_with(energy=50)
    explored = thought(Action.LEFT, Action.UP, random=True)
    assert thought_text(town, explored) == "Exploring: random move; would have gone left."
    same = thought(Action.LEFT, random=True)
    assert thought_text(town, same) == (
        "Exploring: random move, and its own choice, too: going left."
    )
    driven = thought(Action.LEFT, Action.UP)
    assert thought_text(town, driven) == "Driven. It would have gone left: Q 3.1 against 2.4."
    rest = thought(Action.INTERACT, Action.UP, random=True)
    assert thought_text(town, rest) == "Exploring: random move; would have waited."


def test_at_a_building_it_says_what_it_does_there() -> None:
    town = town_with(energy=23, money=50)
    state = town.snapshot()
    kind, x, y = town.places()[0]
    assert kind is Kind.BED
    state.x[:], state.y[:] = x, y
    town.restore(state)
    assert thought_text(town, thought(Action.INTERACT)).startswith("Tired (23). Goes to bed: Q")
    state.meters[Meter.MONEY] = 1
    town.restore(state)
    assert thought_text(town, thought(Action.INTERACT)).startswith(
        "Tired (23) but broke ($1). Waits: Q"
    )
    moved = thought(Action.INTERACT, Action.UP, random=True)
    assert thought_text(town, moved).endswith("would have used the bed.")


def test_probabilities_are_called_that() -> None:
    share = np.log([0.5, 0.25, 0.125, 0.1, 0.025])
    chances = Thought(tuple(share), "log_probability", Action.UP, Action.UP)
    assert values(chances) == "p 50 %, next best 25 %"


def test_a_forbidden_better_value_is_not_called_next_best() -> None:
    masked = Thought((1.0, 5.0, 0.0, 0.0, 0.0), "q", Action.UP, Action.UP)
    assert values(masked) == "Q 1.0"


def test_numbers_as_words() -> None:
    assert words.number(-0.001) == "0.00"
    assert words.number(-1.5, 1) == "−1.5"
    assert words.signed(0.5) == "+0.50"
    assert words.signed(0.0) == "0.00"
    assert words.decimals_for((3.11, 3.14)) == 2
    assert words.decimals_for((1.0, 1.0)) == 3
    assert [words.short(n) for n in (940, 12_000, 412_345, 1_250_000)] == [
        "940", "12k", "412k", "1.25M",
    ]  # fmt: skip
    assert [words.clock(s) for s in (42, 725, 3723)] == ["0:42", "12:05", "1:02:03"]
    assert words.level_name("03_full_day") == "Full Day"
    assert words.level_name("gone") == "gone"
