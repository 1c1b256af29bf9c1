"""What the guides say in numbers, links, keys and pictures is what there is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import doc_pages
import pytest
from doc_pages import PAGES, ROOT

from hamlet_game.game.bindings import DEFAULT_KEYS, pretty
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.names import Kind, Meter
from hamlet_game.town.replay import SUFFIX, load_replay

FULL_TOWN = load_catalog().find("3")
MEGABYTE = 1_000_000
MOST_BYTES = {  # of pictures, so that a clone stays small
    "docs/images/hamlet.gif": 3 * MEGABYTE,
    "docs/images/progression": 4 * MEGABYTE,
    "docs/images": 8 * MEGABYTE,
}


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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in doc_pages.links(page):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), f"{page.name} links to {link}"
        if anchor:
            assert anchor in doc_pages.anchors(target), f"{page.name} links to {link}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_key_is_bound(page: Path) -> None:
    known = {pretty(name) for names in DEFAULT_KEYS.values() for name in names}
    assert doc_pages.keys(page) <= known


def test_the_recorded_training_is_what_the_guide_says() -> None:
    folder = ROOT / "assets" / "progression"
    told = json.loads((folder / "progress.json").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "how_it_works.md").read_text(encoding="utf-8").replace("\n", " ")
    lived = [
        load_replay(folder / f"{life['name']}{SUFFIX}").record(FULL_TOWN).survival
        for life in told["lives"]
    ]
    assert lived == [life["survival"] for life in told["lives"]]
    assert f"{lived[0]}, {lived[1]} and {lived[2]} steps after they began" in page
    assert f"{100 * told['mastered']['alive']:.1f} % of its lives" in page
    assert f"after {told['exams'][-1]['step'] / 1e6:g} million steps" in page


def test_every_guide_is_in_the_index() -> None:
    index = set(doc_pages.links(ROOT / "docs" / "README.md"))
    guides = {page.name for page in PAGES if page.parent.name == "docs"} - {"README.md"}
    assert guides <= index


def test_every_picture_is_used() -> None:
    used = {(page.parent / link).resolve() for page in PAGES for link in doc_pages.links(page)}
    there = {file for kind in ("png", "gif") for file in (ROOT / "docs").rglob(f"*.{kind}")}
    assert there <= used


def test_the_first_page_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 150


@pytest.mark.parametrize("place", MOST_BYTES)
def test_pictures_are_small(place: str) -> None:
    there = ROOT / place
    files = [there] if there.is_file() else [file for file in there.rglob("*") if file.is_file()]
    assert files
    assert sum(file.stat().st_size for file in files) < MOST_BYTES[place]
