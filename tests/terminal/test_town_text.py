"""A town, meters and values as characters."""

from __future__ import annotations

from hamlet_game.terminal.drawing import Numbers, in_ascii, meters_text, numbers_text
from hamlet_game.terminal.town_text import town_text
from hamlet_game.town.catalog import load_catalog
from hamlet_game.town.level import Level
from hamlet_game.town.names import Action, Meter
from hamlet_game.town.record import Record

FULL_DAY = load_catalog().find("3")


def lines_of(record: Record, columns: int, rows: int) -> list[str]:
    return town_text(record, columns, rows).plain.splitlines()


def test_the_largest_cells_that_fit_are_taken() -> None:
    record = Record(FULL_DAY, 7)
    for room, size in (((60, 30), (50, 26)), ((49, 26), (34, 18)), ((33, 18), (18, 10))):
        lines = lines_of(record, *room)
        assert (len(lines[0]), len(lines)) == size
        assert {len(line) for line in lines} == {size[0]}


def test_houses_stand_where_they_are_and_bear_their_names() -> None:
    record = Record(FULL_DAY, 7)
    lines = lines_of(record, 40, 20)
    names = {"bed": "BED", "shower": "WASH", "fridge": "FOOD", "job": "JOB"}
    for kind, x, y in record.town.places():
        assert names[kind.key] in lines[2 + 2 * y][1 + 4 * x : 5 + 4 * x]


def test_the_person_is_where_the_life_is_and_leaves_a_trail() -> None:
    record = Record(FULL_DAY, 7)
    before = record.last
    step = Action.LEFT if before.x else Action.RIGHT
    after = record.act(step)
    lines = lines_of(record, 20, 10)
    assert lines[1 + after.y][1 + 2 * after.x] == "@"
    if (before.x, before.y) not in {(x, y) for _, x, y in record.town.places()}:
        assert lines[1 + before.y][1 + 2 * before.x] == "•"


def test_a_town_that_is_too_large_is_cut_out_around_the_person() -> None:
    large: Level = FULL_DAY.model_copy(update={"grid": (64, 64)})
    for town in range(1, 6):
        lines = lines_of(Record(large, town), 40, 20)
        assert max(map(len, lines)) <= 40
        assert len(lines) <= 20
        assert any("@" in line for line in lines)


def test_many_people_are_all_drawn() -> None:
    shared: Level = FULL_DAY.model_copy(update={"people": 3})
    text = "\n".join(lines_of(Record(shared, 5), 40, 20))
    assert 2 <= text.count("••") <= 3  # two may stand on one cell


def test_meters_that_run_out_are_marked() -> None:
    lines = meters_text(FULL_DAY, (5.0, 50.0, 100.0, 42.0), 50).plain.splitlines()
    assert [line.split()[0] for line in lines] == [m.key.capitalize() for m in Meter]
    assert [line.count("▆") for line in lines] == [1, 14, 29, 12]
    assert lines[0].endswith("5 !")
    assert lines[3].endswith("$42")


def test_values_are_the_numbers_and_the_chosen_one_is_marked() -> None:
    numbers = Numbers((1.0, 2.0, 3.0, 4.0, 5.5), "q", Action.INTERACT)
    lines = numbers_text(numbers, 60).plain.splitlines()
    assert lines[0] == "Q-values"
    assert lines[1].endswith("1.000")
    assert lines[5].endswith("5.500 ◂")
    assert max(map(len, lines)) == 60
    chances = Numbers((-0.7, -9.0, -9.0, -9.0, -0.7), "log_probability", Action.UP)
    assert numbers_text(chances, 60).plain.splitlines()[1].endswith("50 % ◂")


def test_equal_values_are_no_trouble() -> None:
    assert "nan" not in numbers_text(Numbers((0.0,) * 5, "q", Action.UP), 40).plain


def test_ascii_keeps_columns() -> None:
    told = in_ascii(town_text(Record(FULL_DAY, 7), 40, 20).plain)
    assert told.isascii()
    assert [len(line) for line in told.splitlines()] == [34] * 18
    assert in_ascii("日") == "?"
