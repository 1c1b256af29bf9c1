"""Star conditions: reading, holding, and telling."""

from __future__ import annotations

import pytest

from hamlet_game.town.conditions import MEASURES, Condition, parse_condition


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("survival > 40", Condition("survival", strict=True, value=40)),
        ("alive>=1", Condition("alive", strict=False, value=1)),
        ("  return  >  -2.5 ", Condition("return", strict=True, value=-2.5)),
        ("par >= 0.95", Condition("par", strict=False, value=0.95)),
    ],
)
def test_reading(text: str, condition: Condition) -> None:
    assert parse_condition(text) == condition
    assert parse_condition(str(condition)) == condition
    assert parse_condition(condition) is condition


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("survial > 40", "Did you mean 'survival'?"),
        ("xyz > 40", "Known: survival, return, alive, score, par"),
        ("survival < 40", "write it like 'survival > 40'"),
        ("survival = 40", "write it like"),
        ("survival >", "write it like"),
        ("40", "write it like"),
        (40, "write it like"),
        (None, "write it like"),
        ("survival > " + "9" * 400, "too large a number"),
    ],
)
def test_mistakes_name_their_remedy(text: object, remedy: str) -> None:
    with pytest.raises(ValueError, match=remedy.replace("?", r"\?")):
        parse_condition(text)


def test_above_is_not_at_least() -> None:
    measures = {"survival": 40.0}
    assert parse_condition("survival >= 40").holds(measures)
    assert not parse_condition("survival > 40").holds(measures)
    assert parse_condition("survival > 39.9").holds(measures)
    with pytest.raises(KeyError):
        parse_condition("par > 1").holds(measures)


def test_each_measure_reads_as_a_sentence() -> None:
    told = {measure: parse_condition(f"{measure} > 0.5").text(500) for measure in MEASURES}
    assert told["survival"] == "Live more than 0.5 steps"
    assert told["alive"] == "Be alive after all 500 steps"
    assert told["return"] == "Total reward above 0.5"
    assert told["par"] == "Score more than 50 % of par"
    assert told["score"] == "Score more than 0.5"
