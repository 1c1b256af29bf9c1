"""The reward lab without a window: its words, its worked example, its detector."""

from __future__ import annotations

import numpy as np
import pytest
from driver import CATALOG
from lab_desks import desks

from hamlet_game.game.lab.bench import OWN, Workbench
from hamlet_game.game.lab.detector import Reading, detect, read
from hamlet_game.game.lab.exam import Exam, Lived
from hamlet_game.game.lab.example import PAYEES, Example, Pay, advice
from hamlet_game.game.lab.farmer import farmer
from hamlet_game.game.lab.terms import BY_NAME, ORDER, sentences, signed
from hamlet_game.game.services import Services
from hamlet_game.town.evaluation import live
from hamlet_game.town.level import RewardWeights
from hamlet_game.town.level_file import reward_presets
from hamlet_game.town.policies import SCRIPTS, sensible
from hamlet_game.town.rewards import TERMS

LEVEL = CATALOG.find("2")  # 100 steps
ODD = RewardWeights(
    survival=1, critical=-2, death=-20, improvement=0.5, affordance_bonus=10, proximity=2,
    wellbeing=0.6, money=3, efficiency=-0.5, needed_below=30,
)  # fmt: skip


# What weights say.


def test_every_term_has_a_slider_whose_steps_meet_the_presets() -> None:
    assert set(BY_NAME) == set(TERMS)
    for weights in reward_presets().values():
        for term in ORDER:
            steps = (getattr(weights, term.name) - term.low) / term.step
            assert steps == pytest.approx(round(steps))
            assert term.low <= getattr(weights, term.name) <= term.high


@pytest.mark.parametrize(
    ("name", "weight", "words"),
    [
        ("survival", 1.0, "+1 for every step lived."),
        ("survival", -0.5, "−0.5 for every step lived: the sooner it is over, the better."),
        ("death", -20.0, "−20 for dying."),
        ("death", 5.0, "+5 for dying: why go on?"),
        ("improvement", 1, "+1 for each point refilled, more the emptier the meter was: {can}."),
        ("wellbeing", 1, "Up to −1 a step for each meter below comfort, the emptier the worse{n}."),
        ("wellbeing", -0.6, "Up to +0.6 a step for each meter below comfort: misery pays."),
        ("affordance_bonus", 10.0, "+10 for using a building whose meter is below 30: {can}."),
        ("critical", 0.0, "Nothing each time a deadly meter falls into the red."),
    ],
)  # fmt: skip
def test_what_a_weight_says(name: str, weight: float, words: str) -> None:
    words = words.replace("{can}", "can be farmed").replace("{n}", ": can't be farmed")
    assert BY_NAME[name].says(weight, 30) == words


def test_only_weights_other_than_0_are_told() -> None:
    said = sentences(RewardWeights(death=-1, money=2))
    assert [term.name for term, _ in said] == ["death", "money"]
    assert [signed(v) for v in (1.0, -0.25, 0.0, 12.5)] == ["+1", "−0.25", "0", "+12.5"]


def test_terms_that_the_rules_call_farmable_are_called_so_here() -> None:
    assert [t.name for t in ORDER if t.farmable] == ["improvement", "affordance_bonus"]


# The worked example.


def finished(exam: Exam) -> Lived:
    while not exam.done:
        exam.work(1.0)
    return exam.finished()


@pytest.mark.parametrize("script", ["sensible", "random", "idle"])
def test_the_return_under_any_weights_is_what_the_town_would_pay(script: str) -> None:
    towns = range(1, 7)
    lived = finished(Exam(LEVEL, SCRIPTS[script], towns))
    paid_out = live(LEVEL.model_copy(update={"rewards": ODD}), SCRIPTS[script], list(towns))
    assert lived.totals(ODD) == pytest.approx(paid_out.total, abs=1e-3)
    assert lived.survival.tolist() == paid_out.survival.tolist()
    assert lived.alive.tolist() == paid_out.alive.tolist()
    assert sum(lived.earned(ODD).values()) == pytest.approx(lived.totals(ODD).mean())
    assert [len(actions) for actions in lived.actions] == paid_out.survival.tolist()


def test_an_idle_life_adds_up_by_hand() -> None:
    lived = finished(Exam(LEVEL, SCRIPTS["idle"], range(1, 5)))
    pays = RewardWeights(survival=2, death=-10)
    assert lived.totals(pays).tolist() == [2 * (s - 1) - 10 for s in lived.survival.tolist()]
    assert lived.mix.tolist() == [0, 0, 0, 0, 1]
    assert lived.uses.sum() == 0
    assert lived.meters[2] == 100.0  # nobody gets hungry in this level


def test_the_farmer_waits_for_the_bed_to_be_worth_much() -> None:
    lived = finished(Exam(LEVEL, farmer, range(1, 25)))
    careful = finished(Exam(LEVEL, sensible, range(1, 25)))
    late = RewardWeights(affordance_bonus=1.0, needed_below=10.0)
    assert lived.totals(late).mean() > careful.totals(late).mean() + 0.5
    assert lived.survival.mean() < 0.7 * careful.survival.mean()


def test_the_example_is_worked_out_a_little_each_frame() -> None:
    example = Example(LEVEL)
    assert example.pays(ODD) == []
    frames = 0
    while not example.done:
        example.work(0.001)
        frames += 1
    assert frames > len(PAYEES)
    pays = example.pays(RewardWeights(survival=1.0))
    assert [pay.payee.key for pay in pays] == ["sensible", "farmer", "idle", "random"]
    assert pays[0].total == pays[0].survival == 100
    assert advice(pays).good


def test_rewards_that_pay_dying_are_warned_of() -> None:
    by_key = {payee.key: payee for payee in PAYEES}
    long = Pay(by_key["sensible"], 100, 50.0)
    told_of = advice([long, Pay(by_key["farmer"], 57, 60.0), Pay(by_key["random"], 20, 80.4)])
    assert not told_of.good
    assert told_of.text == (
        "These rewards pay dying early better than living: random play lives 20 steps and gets "
        "80, the sensible script lives 100 and gets 50."
    )
    farmed = advice([long, Pay(by_key["farmer"], 57, 60.0)])
    assert farmed.short == "These rewards pay farming a need better than living."
    assert farmed.farming
    assert advice([long, Pay(by_key["farmer"], 95, 60.0)]).good  # as long, more or less
    assert "say nothing" in advice([Pay(by_key["idle"], 20, 0.0)]).text


def test_one_s_own_weights_are_kept_while_presets_are_looked_at(services: Services) -> None:
    bench = Workbench(services, desks())
    assert bench.preset == "shaped"
    bench.set_weight("death", -3)
    mine = bench.weights
    bench.take_preset("sparse")
    assert (bench.preset, bench.weights.critical) == ("sparse", -2)
    bench.take_preset(OWN)
    assert bench.weights == mine


# The detector.


def reading(step: int, survival: float, total: float, *, spread: float = 10.0) -> Reading:
    """Return a made-up measurement of 40 lives, paid by needed uses."""
    lives = 40
    wave = spread * np.where(np.arange(lives) % 2, 1.0, -1.0)
    lived = Lived(
        LEVEL, tuple(range(lives)), survival + wave, np.zeros(lives, bool),
        {**{name: np.zeros(lives) for name in TERMS}, "improvement": total + wave},
        np.zeros(0, np.intp), np.zeros(0), (b"",) * lives, np.zeros(5), np.zeros(4), np.zeros(4),
    )  # fmt: skip
    return read(step, lived, RewardWeights(improvement=1.0))


def readings(*pairs: tuple[float, float]) -> list[Reading]:
    return [reading(20_000 * k, survival, total) for k, (survival, total) in enumerate(pairs)]


PAY = RewardWeights(improvement=1.0)


def test_a_reading_has_the_mean_and_its_standard_error() -> None:
    found = reading(5, 80, 30)
    assert (found.survival, found.total) == (80, 30)
    assert found.survival_error == pytest.approx(10 / 40**0.5)


def test_more_pay_for_less_life_is_flagged_after_three_in_a_row() -> None:
    standard = readings(*[(95, 40)] * 5)
    yours = readings((45, 0), (70, 60), (72, 62), (71, 66))
    assert detect(yours[:3], standard, PAY) is None
    flag = detect(yours, standard, PAY)
    assert flag is not None
    assert (flag.against, flag.term, flag.step) == ("standard", "improvement", 60_000)
    assert flag.shorter == pytest.approx(95 - 71)
    assert flag.richer == pytest.approx((20 + 22 + 26) / 3)
    assert "Refilling" in flag.text


@pytest.mark.parametrize(
    "yours",
    [
        [(70, 20)] * 6,  # shorter but poorer: it has only learned less
        [(94, 60)] * 6,  # richer, and lives as long
        [(88, 60)] * 6,  # a little shorter
        [(70, 60), (96, 60)] * 3,  # now and then
        [(70, 41)] * 6,  # hardly richer
    ],
)
def test_what_is_no_hacking_is_not_flagged(yours: list[tuple[float, float]]) -> None:
    assert detect(readings(*yours), readings(*[(95, 40)] * 6), PAY) is None


def test_an_agent_that_lived_longer_once_is_flagged_by_itself() -> None:
    yours = readings((50, 10), (90, 30), (92, 31), (91, 30), (60, 50), (62, 52), (61, 55))
    assert detect(yours[:-1], [], PAY) is None
    flag = detect(yours, [], PAY)
    assert flag is not None
    assert (flag.against, flag.term) == ("earlier", "improvement")


def test_noise_alone_raises_no_alarm() -> None:
    luck = np.random.default_rng(7)
    alarms = 0
    for _ in range(60):
        both = [
            readings(*[(luck.normal(85, 6), luck.normal(40, 6)) for _ in range(15)])
            for _ in range(2)
        ]
        alarms += detect(both[0], both[1], PAY) is not None
    assert alarms == 0
