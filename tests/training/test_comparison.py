"""Whether a difference is real: intervals by hand, and policies whose difference is known."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.policies import random, sensible
from hamlet_game.training import compare_command
from hamlet_game.training.bootstrap import of_mean, of_median
from hamlet_game.training.comparison import Compared, Comparison, compare
from hamlet_game.training.comparison_figure import KINDS, figure_of
from hamlet_game.training.seeds import final_towns

LEVEL = load_catalog().find("2")


def test_values_that_are_all_the_same_leave_no_doubt() -> None:
    found = of_mean([3.0, 3.0, 3.0])
    assert (found.value, found.low, found.high) == (3, 3, 3)
    assert found.is_apart_from_zero


def test_an_interval_of_a_mean_is_as_wide_as_theory_says() -> None:
    values = np.random.default_rng(0).normal(10, 2, 400)
    found = of_mean(values)
    half = 1.96 * values.std() / np.sqrt(400)
    assert found.low == pytest.approx(values.mean() - half, abs=0.03)
    assert found.high == pytest.approx(values.mean() + half, abs=0.03)


def test_an_interval_of_a_median_stays_within_the_values() -> None:
    found = of_median([1.0, 2.0, 9.0])
    assert (found.value, found.low, found.high) == (2, 1, 9)


def test_sense_is_better_than_chance() -> None:
    result = compare(("sense", "chance"), (sensible, random), LEVEL, final_towns(60))
    assert result.measures["score"].difference.low > 0
    assert result.sentence.startswith("The difference is real: sense scores ")
    turned = compare(("chance", "sense"), (random, sensible), LEVEL, final_towns(60))
    assert turned.sentence.startswith("The difference is real: sense scores ")
    assert turned.values()["real"] is True


def test_a_policy_is_no_better_than_itself() -> None:
    result = compare(("one", "other"), (sensible, sensible), LEVEL, final_towns(20))
    gap = result.measures["score"].difference
    assert (gap.low, gap.value, gap.high) == (0, 0, 0)
    assert result.sentence.startswith("No real difference: one and other score ")


@pytest.fixture(scope="module")
def result() -> Comparison:
    return compare(("sense", "chance"), (sensible, random), LEVEL, final_towns(20))


@pytest.mark.parametrize(
    ("kind", "starts"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF-")]
)
def test_a_figure_is_what_its_ending_says(kind: str, starts: bytes, result: Comparison) -> None:
    assert kind in KINDS
    assert figure_of(result, {}, kind).startswith(starts)


@pytest.mark.parametrize("width", [58, 120])
def test_the_table_tells_shares_as_everything_else_does(width: int, result: Comparison) -> None:
    alive = of_mean([0.47])
    shown = replace(result, measures={**result.measures, "alive": Compared(alive, alive, alive)})
    console = Console(width=width, file=StringIO())
    with console.capture() as said:
        console.print(compare_command._table(shown))
    row = next(line for line in said.get().splitlines() if "alive" in line)
    cells = [cell.strip() for cell in row.strip("│").split("│")]
    assert cells[:4] == ["alive", "47.0 %", "47.0 %", "+47.0 %"]


@pytest.mark.parametrize("name", ["gap.xyz", "gap"])
def test_another_ending_is_refused_before_anybody_plays(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    assert compare_command.compare("nobody", "noone", out=file) == 2
    said = f"{file}: a figure's file must end with .png, .svg or .pdf; choose another --out.\n"
    assert capsys.readouterr().err == said
    assert not file.exists()
