"""What the guides say in numbers is what the level files say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import Kind, Meter

ROOT = Path(__file__).resolve().parent.parent
FULL_TOWN = load_catalog().find("3")


def amounts(text: str) -> dict[Meter, float]:
    """Read a cell such as "$3, energy 3"."""
    found = {Meter[word.upper()]: float(n) for word, n in re.findall(r"([a-z]+) (\d+)", text)}
    if money := re.search(r"\$(\d+)", text):
        found[Meter.MONEY] = float(money[1])
    return found


@pytest.mark.parametrize("kind", Kind)
def test_the_table_of_buildings_is_true(kind: Kind) -> None:
    rule = FULL_TOWN.buildings.of(kind)
    assert rule is not None
    page = (ROOT / "docs" / "how_it_works.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| {kind.key.capitalize()} \| (.*) \| (.*) \|$", page, re.MULTILINE)
    assert row is not None
    costs, gives = map(amounts, row.groups())
    assert costs == {m: rule.costs.of(m) for m in Meter if rule.costs.of(m)}
    assert gives == {m: rule.gives.of(m) for m in Meter if rule.gives.of(m)}


def test_every_link_of_the_guides_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"
