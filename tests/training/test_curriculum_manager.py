"""The curriculum, driven by scripted evaluations."""

import json
from typing import Any

import pytest

from hamlet_game.town.catalog import load_catalog
from hamlet_game.training.curriculum import CurriculumManager
from hamlet_game.training.sections import CurriculumConfig

GOOD = {"survival": 500.0, "return": 400.0, "alive": 1.0, "score": 900.0, "par": 1.0}
POOR = {"survival": 30.0, "return": -5.0, "alive": 0.0, "score": 40.0, "par": 0.1}
MIDDLING = {"survival": 250.0, "return": 5.0, "alive": 0.5, "score": 500.0, "par": 0.5}


def manager(levels: str = "123", **changes: Any) -> CurriculumManager:
    catalog = load_catalog()
    config = CurriculumConfig.model_validate({"passes_needed": 2, **changes})
    return CurriculumManager([catalog.find(word) for word in levels], config)


def test_passes_in_a_row_graduate() -> None:
    school = manager()
    script = [(GOOD, "stay"), (POOR, "stay"), (GOOD, "stay"), (GOOD, "graduated")]
    for measures, kind in script:
        assert school.level == 0
        assert school.judge(measures).kind == kind
    assert school.level == 1
    assert school.graduated == (True, False, False)


def test_passes_do_not_carry_over_to_the_next_level() -> None:
    school = manager()
    verdicts = [school.judge(GOOD) for _ in range(4)]
    assert [(v.kind, v.level, v.to) for v in verdicts] == [
        ("stay", 0, 0),
        ("graduated", 0, 1),
        ("stay", 1, 1),
        ("graduated", 1, 2),
    ]


def test_without_target_the_last_graduation_ends_the_run() -> None:
    school = manager("3")
    school.judge(MIDDLING)
    assert not school.is_finished
    assert school.judge(MIDDLING).kind == "graduated"
    assert school.is_finished


def test_the_last_level_goes_on_until_its_target() -> None:
    school = manager("13", passes_needed=1, target=["alive >= 0.99"])
    school.judge(POOR | {"survival": 41.0})  # level 1 asks for no more, and has no target
    assert school.level == 1
    assert school.judge(MIDDLING).kind == "graduated"
    assert not school.is_finished
    assert school.judge(MIDDLING).kind == "stay"
    school.judge(GOOD)
    assert school.is_finished


def test_a_target_needs_passes_in_a_row_too() -> None:
    school = manager("3", target=["alive >= 0.99"])
    for measures in (GOOD, MIDDLING, GOOD):
        school.judge(measures)
        assert not school.is_finished
    school.judge(GOOD)
    assert school.is_finished


def test_a_forgotten_level_is_trained_again() -> None:
    school = manager(passes_needed=1, fall_back={"below": 0.5, "after": 2, "check_every": 3})
    school.judge(GOOD)
    checks = []
    for _ in range(6):
        school.judge(POOR)
        checks.append(school.wants_check())
    assert checks == [None, None, 0, None, None, 0]
    just_bad = GOOD | {"survival": 20.0}  # half of what level 1 asks for: not below it
    assert school.check(just_bad).kind == "stay"
    forgotten = GOOD | {"survival": 19.0}
    assert school.check(forgotten).kind == "stay"
    verdict = school.check(forgotten)
    assert (verdict.kind, verdict.level, verdict.to) == ("fell_back", 1, 0)
    assert school.level == 0
    assert not school.graduated[0]
    school.judge(GOOD)
    assert school.level == 1


def test_a_check_that_goes_well_forgives_lapses() -> None:
    school = manager(passes_needed=1, fall_back={"after": 2})
    school.judge(GOOD)
    for measures in (POOR | {"survival": 1.0}, GOOD, POOR | {"survival": 1.0}):
        assert school.check(measures).kind == "stay"


def test_nothing_is_checked_at_the_first_level_or_when_switched_off() -> None:
    school = manager(fall_back={"check_every": 1})
    school.judge(POOR)
    assert school.wants_check() is None
    school = manager(passes_needed=1, fall_back=None)
    school.judge(GOOD)
    school.judge(POOR)
    assert school.wants_check() is None


def test_hold_stays_until_released() -> None:
    school = manager(passes_needed=1)
    school.hold()
    assert [school.judge(GOOD).kind for _ in range(3)] == ["stay"] * 3
    assert school.is_held
    school.hold(on=False)
    assert school.judge(GOOD).kind == "graduated"
    assert school.level == 1


def test_skip_goes_on_without_graduation() -> None:
    school = manager("12")
    assert school.move_on()
    assert (school.level, school.graduated) == (1, (False, False))
    assert not school.move_on()


@pytest.mark.parametrize(
    ("level", "share", "expected"),
    [
        (0, 0.5, {0: 64}),
        (1, 0.25, {0: 16, 1: 48}),
        (2, 0.25, {0: 8, 1: 8, 2: 48}),
        (3, 0.25, {0: 6, 1: 5, 2: 5, 3: 48}),
        (3, 0.01, {0: 1, 1: 1, 2: 1, 3: 61}),
        (3, 0, {3: 64}),
    ],
)
def test_earlier_levels_get_their_share_of_lives(
    level: int, share: float, expected: dict[int, int]
) -> None:
    school = manager("1234", mix_earlier=share)
    for _ in range(level):
        school.move_on()
    assert school.lives(64) == expected


@pytest.mark.parametrize(
    ("level", "earlier", "later", "expected"),
    [
        (0, 0, 0.5, {0: 32, 1: 11, 2: 11, 3: 10}),
        (2, 0, 0.5, {2: 32, 3: 32}),
        (3, 0, 0.5, {3: 64}),
        (1, 0.25, 0.5, {0: 16, 1: 24, 2: 12, 3: 12}),
        (0, 0, 0.99, {0: 1, 1: 21, 2: 21, 3: 21}),
    ],
)
def test_later_levels_get_their_share_of_the_others(
    level: int, earlier: float, later: float, expected: dict[int, int]
) -> None:
    school = manager("1234", mix_earlier=earlier, mix_later=later)
    for _ in range(level):
        school.move_on()
    assert school.lives(64) == expected


def test_par_is_wanted_only_where_it_decides() -> None:
    school = manager("1234")
    assert [school.wants_par(number) for number in range(4)] == [False, False, False, True]
    assert manager("3", target=["par >= 0.9"]).wants_par(0)


def test_a_saved_curriculum_goes_on_where_it_was() -> None:
    first, second = manager(), manager()
    for measures in (GOOD, GOOD, GOOD):
        first.judge(measures)
    first.hold()
    second.load_state(json.loads(json.dumps(first.state())))
    assert second.state() == first.state()
    second.hold(on=False)
    assert second.judge(GOOD).kind == "graduated"


def test_a_curriculum_of_other_levels_is_refused() -> None:
    with pytest.raises(ValueError, match="other levels"):
        manager("12").load_state(manager("123").state())
