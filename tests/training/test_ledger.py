"""What a run spent and reached."""

import json

from hamlet_game.training.ledger import RECENT, Ledger, metric


def test_the_furthest_level_ranks_before_quality() -> None:
    ledger = Ledger.blank(3)
    said = [
        ledger.is_best(*what)
        for what in [
            (0, 0.5, 10),
            (0, 0.9, 20),
            (0, 0.9, 30),
            (1, 0.2, 40),
            (0, 1.0, 50),
            (1, 0.3, 60),
        ]
    ]
    assert said == [True, True, False, True, False, True]
    assert ledger.best == {"level": 1, "quality": 0.3, "step": 60}
    assert ledger.metric == 2.3
    assert metric(0, 1.0) < metric(1, 0.0)


def test_there_is_no_metric_before_the_first_evaluation() -> None:
    assert Ledger.blank(1).metric is None


def test_spending_adds_up_level_by_level() -> None:
    ledger = Ledger.blank(2)
    ledger.spend(0, 100, 1.5)
    ledger.spend(0, 50, 0.5)
    ledger.spend(1, 10, 1.0)
    assert [(page.steps, page.seconds) for page in ledger.pages] == [(150, 2.0), (10, 1.0)]


def test_episodes_are_numbered_over_all_levels() -> None:
    ledger = Ledger.blank(2)
    assert [ledger.ended(level, 10) for level in (0, 1, 0)] == [1, 2, 3]
    assert [page.episodes for page in ledger.pages] == [2, 1]


def test_survival_is_the_mean_of_recent_episodes() -> None:
    ledger = Ledger.blank(1)
    assert ledger.pages[0].survival == 0
    for survival in [1_000] * 5 + [10] * (RECENT - 1) + [110]:
        ledger.ended(0, survival)
    assert ledger.pages[0].survival == 11


def test_a_level_counts_as_graduated_from_the_first_time() -> None:
    ledger = Ledger.blank(1)
    ledger.spend(0, 100, 2.0)
    ledger.ended(0, 10)
    ledger.graduate(0, 100, 2.5)
    first = dict(ledger.pages[0].graduated or {})
    ledger.spend(0, 100, 2.0)
    ledger.graduate(0, 200, 5.0)
    assert ledger.pages[0].graduated == first
    assert first == {
        "step": 100, "seconds": 2.5, "level_steps": 100, "level_seconds": 2.0, "level_episodes": 1,
    }  # fmt: skip


def test_a_saved_ledger_is_the_same() -> None:
    ledger = Ledger.blank(2)
    ledger.ended(1, 10)
    ledger.is_best(1, 0.5, 10)
    ledger.graduate(0, 1, 1.0)
    assert Ledger.from_state(json.loads(json.dumps(ledger.state()))) == ledger
