"""Level files: what is read from good ones, and the sentence that each mistake gets."""

# ruff: noqa: E501, ISC004  # tables read better in full lines

from __future__ import annotations

import os
import re
import time
import tracemalloc
from pathlib import Path

import pytest

from hamlet_game import paths
from hamlet_game.town.level_file import LevelError, load_level, reward_presets
from hamlet_game.town.names import Kind, Meter
from hamlet_game.town.plain_yaml import MAX_BYTES

TEXT = (paths.levels() / "03_full_day.yaml").read_text(encoding="utf-8")


def sentence(tmp_path: Path, content: str | bytes) -> str:
    """Return what loading a file says, without the file's name."""
    file = tmp_path / "my_town.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(LevelError) as error:
        load_level(file)
    message = str(error.value)
    assert message.startswith(f"{file}: ")
    assert "\n" not in message
    return message.removeprefix(f"{file}: ")


def edited(old: str, new: str) -> str:
    assert old in TEXT, f"the level no longer says {old!r}"
    return TEXT.replace(old, new, 1)


def line(key: str, new: str) -> str:
    """Return the level with the top-level key's lines replaced."""
    kept, inside = [], False
    for text in TEXT.splitlines():
        inside = text.startswith(f"{key}:") or (inside and text[:1] in (" ", ""))
        kept += [] if inside else [text]
    return "\n".join([*kept, new, ""])


def test_a_good_level_holds_what_its_file_says() -> None:
    level = load_level(paths.levels() / "03_full_day.yaml")
    assert (level.id, level.name, level.grid, level.steps) == (
        "03_full_day",
        "Full Day",
        (8, 8),
        500,
    )
    assert level.kinds == tuple(Kind)
    assert level.deadly == (Meter.ENERGY, Meter.HYGIENE, Meter.SATIATION)
    bed = level.buildings.bed
    assert bed is not None
    assert (bed.at, bed.serves) == (((1, 1),), Meter.ENERGY)
    assert (bed.costs.money, bed.gives.energy, bed.gives.hygiene) == (5, 50, 5)
    assert level.meters.energy.drain == level.meters.energy.move_drain == 0.5


def test_rewards_by_preset_and_by_changed_preset(tmp_path: Path) -> None:
    presets, file = reward_presets(), tmp_path / "a.yaml"
    assert {"sparse", "shaped"} <= set(presets)
    file.write_text(line("rewards", "rewards: sparse"), encoding="utf-8")
    assert load_level(file).rewards == presets["sparse"]
    file.write_text(line("rewards", "rewards: {preset: sparse, death: -3}"), encoding="utf-8")
    assert load_level(file).rewards == presets["sparse"].model_copy(update={"death": -3})
    file.write_text(line("rewards", "rewards: {survival: 2}"), encoding="utf-8")
    assert load_level(file).rewards.model_dump(exclude_defaults=True) == {"survival": 2}


def test_text_over_several_lines_is_joined(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(line("goal", "goal: >\n  Live\n  long.\n"), encoding="utf-8")
    assert load_level(file).goal == "Live long."


@pytest.mark.parametrize(
    ("key", "new", "words"),
    [
        # unknown keys, at each depth
        ("steps", "steps: 500\npeopl: 4", "peopl: no such key. Did you mean 'people'?"),
        ("steps", "steps: 500\npeople: 0", "people: 0 is too small; it must be at least 1."),
        ("steps", "steps: 500\npeople: 101", "people: 101 is too large; it must be at most 100."),
        ("steps", "steps: 500\npeople: few", "people: 'few' must be a whole number."),
        ("steps", "stepz: 500", "stepz: no such key. Did you mean 'steps'?"),
        ("steps", "steps: 500\nqqq: 1", "qqq: no such key. Known: format, name,"),
        ("steps", "steps: 500\nid: x", "id: no such key; a level's id is its file's name."),
        ("score", "score: {livin: 1}", "score.livin: no such key. Did you mean 'living'?"),
        ("start", "start: {nera: bed}", "start.nera: no such key. Did you mean 'near'?"),
        ("rewards", "rewards: {preset: shaped, deth: 1}",
         "rewards.deth: no such reward term. Did you mean 'death'?"),
        ("rewards", "rewards: shapd", "rewards.preset: no such preset 'shapd'. Did you mean 'shaped'?"),
        ("rewards", "rewards: {preset: [x]}", "rewards.preset: no such preset ['x']. Known: "),
        # missing, empty, of the wrong type
        ("steps", "", "steps: missing; add it, for example 'steps: 500'."),
        ("goal", "", "goal: missing; add it."),
        ("goal", "goal:", "goal: null won't do; write a value."),
        ("goal", "goal: ''", "goal: '' is empty; write something."),
        ("goal", "goal: ' '", "goal: ' ': the text is empty; write something."),
        ("goal", 'goal: "a\\x1bb"', "goal: 'a\\x1bb': the text holds characters that can't be shown"),
        ("name", "name: 5", "name: 5 must be text; put it in quotes."),
        ("name", "name: 2030-01-02", "name: 2030-01-02 must be text; put it in quotes."),
        ("name", f"name: {'x' * 41}", "is too long; at most 40 letters are allowed."),
        ("steps", "steps: many", "steps: 'many' must be a whole number, for example 'steps: 500'."),
        ("steps", "steps: '500'", "steps: '500' must be a whole number"),
        ("steps", "steps: 1.5", "steps: 1.5 must be a whole number"),
        ("steps", "steps: yes", "steps: true must be a whole number"),
        ("steps", "steps: 0", "steps: 0 is too small; it must be at least 1"),
        ("steps", "steps: 10001", "steps: 10001 is too large; it must be at most 10000"),
        ("steps", f"steps: {'9' * 300}", "is too large; it must be at most 10000"),
        ("steps", f"steps: {'9' * 5000}", "can't be understood; correct it."),
        ("grid", "grid: 8x8", "grid: '8x8' must be a list, for example 'grid: [8, 8]'."),
        ("grid", "grid: [8]", "grid: [8] has too few entries, for example 'grid: [8, 8]'."),
        ("grid", "grid: [8, 8, 8]", "grid: [8, 8, 8] has too many entries; at most 2 are allowed"),
        ("grid", "grid: [8, 1]", "grid[1]: 1 is too small; it must be at least 2"),
        ("grid", "grid: [65, 8]", "grid[0]: 65 is too large; it must be at most 64"),
        ("layout", "layout: randon", "layout: 'randon' won't do; it must be 'classic' or 'random'. "
         "Did you mean 'random'?"),
        ("format", "format: 2", "format: 2 won't do; it must be 1."),
        ("start", "start: {near: bed}", "start: 'near' and 'within' belong together"),
        ("start", "start: [bed]", "start: ['bed'] must be keys and values, for example "
         "'start: {near: bed, within: 8}'."),
        ("score", "score: {living: 0.5}", "score: the shares add up to 0.5; make them add up to 1."),
        ("score", "score: {living: .nan}", "score.living: nan "),
        ("buildings", "buildings: {}", "buildings: the town has no building; add at least one."),
        ("buildings", "buildings: 7", "buildings: 7 must be keys and values."),
        ("buildings", "buildings: {bde: {}}", "buildings.bde: no such building. Did you mean 'bed'?"),
        # stars
        ("stars", "stars: [[survival > 1], [survival > 2]]", "has too few entries"),
        ("stars", "stars: [[survial > 1], [alive >= 1], [alive >= 1]]",
         "stars[0][0]: 'survial > 1': no such measure 'survial'. Did you mean 'survival'?"),
        ("stars", "stars: [[survival < 1], [alive >= 1], [alive >= 1]]",
         "stars[0][0]: 'survival < 1': not a condition; write it like 'survival > 40'"),
        ("stars", "stars: [survival > 1, [alive >= 1], [alive >= 1]]",
         "stars[0]: 'survival > 1' must be a list"),
        ("stars", "stars: [[], [alive >= 1], [alive >= 1]]", "stars[0]: [] has too few entries"),
        ("stars", "stars: [[{a: 1}], [alive >= 1], [alive >= 1]]", "stars[0][0]: {'a': 1}: not a"),
    ],
)  # fmt: skip
def test_mistakes_at_the_top(tmp_path: Path, key: str, new: str, words: str) -> None:
    assert words in sentence(tmp_path, line(key, new))


BED = "buildings: {bed: {at: [[1, 1]], gives: {energy: 50}}}"
METERS = (
    "meters: {energy: {start: 50, drain: 1, deadly: true}, hygiene: {start: 50}, "
    "satiation: {start: 50}, money: {start: 50}}"
)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("at: [[1, 1]]", "at: [[8, 1]]", "buildings.bed.at: [8, 1] lies outside the 8 by 8 grid; "
         "columns run 0..7, rows 0..7."),
        ("at: [[1, 1]]", "at: [[-1, 1]]", "buildings.bed.at[0][0]: -1 is too small"),
        ("at: [[1, 1]]", "at: [[1, 1], [1, 1]]", "at: [1, 1] is taken by the bed; move one of them."),
        ("at: [[1, 1]]", "at: [1, 1]", "at[0]: 1 must be a list, for example 'at: [[1, 1]]'."),
        ("at: [[1, 1]]", "at: []", "at: [] has too few entries, for example 'at: [[1, 1]]'."),
        ("at: [[1, 1]]", "at: [[1.5, 1]]", "at[0][0]: 1.5 must be a whole number"),
        ("energy: 50}", "enrgy: 50}", "buildings.bed.gives.enrgy: no such meter. "
         "Did you mean 'energy'?"),
        ("energy: 50}", "energy: -5}", "buildings.bed.gives.energy: -5 is too small"),
        ("{energy: 50}", "{}", "buildings.bed.gives: nothing is given; name a meter"),
        ("{energy: 50}", "{5: 1}", "keys must be words"),
        ("gives", "costs: {money: .inf}, gives", "costs.money: inf must be an ordinary number."),
        ("gives", "capacity: 0, gives", "capacity: 0 is too small; it must be at least 1."),
        ("gives", "capacity: many, gives", "capacity: 'many' must be a whole number."),
        ("gives", "opens: 8, gives", "buildings.bed.opens: no such key. Known: at, costs,"),
    ],
)  # fmt: skip
def test_mistakes_in_a_building(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert words in sentence(tmp_path, line("buildings", BED.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("hygiene", "hygeine", "meters.hygeine: no such meter. Did you mean 'hygiene'?"),
        ("hygiene: {start: 50}, ", "", "meters.hygiene: missing; add it."),
        ("start: 50, ", "", "meters.energy.start: missing; add it, for example 'start: [40, 70]'."),
        (
            "start: 50",
            "start: [70, 40]",
            "start: [70, 40]: the range runs backwards; write [40, 70].",
        ),
        ("start: 50", "start: 101", "meters.energy.start[0]: 101 is too large"),
        (
            "start: 50",
            "start: 40-70",
            "start: '40-70' must be a list, for example 'start: [40, 70]'.",
        ),
        ("drain: 1", "drain: .nan", "meters.energy.drain: nan must be an ordinary number."),
        ("drain: 1", "drain: -1", "meters.energy.drain: -1 is too small; it must be at least 0."),
        ("drain: 1", "drain: fast", "meters.energy.drain: 'fast' must be a number."),
        ("drain: 1", "drain: true", "meters.energy.drain: true must be a number."),
        ("drain: 1", "drian: 1", "meters.energy.drian: no such key. Did you mean 'drain'?"),
        ("drain: 1", "importance: .nan", "meters.energy.importance: nan "),
        ("deadly: true", "deadly: maybe", "meters.energy.deadly: 'maybe' must be true or false."),
        ("deadly: true", "deadly: false", "meters: none is deadly"),
        ("money: {start: 50", "money: {start: 50, deadly: true", "meters: money can't be deadly"),
        ("{start: 50}", "50", "meters.hygiene: 50 must be keys and values."),
    ],
)
def test_mistakes_in_a_meter(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert words in sentence(tmp_path, line("meters", METERS.replace(old, new, 1)))


def test_a_start_near_a_building_that_is_not_there(tmp_path: Path) -> None:
    text = line("buildings", "buildings: {job: {at: [[1, 1]], gives: {money: 5}}}")
    text = re.sub(r"(?m)^start:.*$", "start: {near: bed, within: 3}", text)
    assert sentence(tmp_path, text) == "start.near: the level has no bed; name one of job."


def test_a_town_without_a_free_cell(tmp_path: Path) -> None:
    full = "[[0, 0], [0, 1], [1, 0], [1, 1]]"
    text = line("buildings", f"buildings: {{job: {{at: {full}, gives: {{money: 5}}}}}}")
    text = re.sub(r"(?m)^grid:.*$", "grid: [2, 2]", text)
    assert "no cell is left to stand on" in sentence(tmp_path, text)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (TEXT + "\tx: 1\n", "column 1: a tab; indent with spaces instead."),
        (
            "name: Full: Day",
            "line 1, column 11: a second ':'; put text that holds a colon in quotes.",
        ),
        ("name: 'Full", "a quote that is never closed; add the missing quote."),
        ("grid: [8, 8\nsteps: 5", "a list that is never closed"),
        ("a: {b: 1\nc: 2", "braces that are never closed"),
        ("a: 1\nb\nc: 2", "a key without its ':'; write 'key: value'."),
        ("name: @home", "a character that can't start a value; put the text in quotes."),
        ("a: 1\n  b: 2", "line 2"),
        (TEXT + "steps: 400\n", "the key 'steps' is written twice; remove one."),
        (TEXT + "---\n" + TEXT, "a second document; remove the line '---' and what follows."),
        ("!!python/object/apply:os.system ['true']", "a tag starting with '!' is not allowed"),
        ("a: !!bool x", "line 1, column 4: the value 'x' can't be understood; correct it."),
        ("a: !!int ''", "the value '' can't be understood"),
        ("a: !!timestamp x", "the value 'x' can't be understood"),
        ("a: 2020-13-45", "the value '2020-13-45' can't be understood; correct it."),
        ('"\\ud800": 1', "can't be understood"),
        ("a: &x 1\nb: &x 2", "names such as &this and *this are not allowed"),
        ("a: *x", "names such as &this and *this are not allowed"),
        ("? [a]\n: 1", "a list or braces as a key; keys must be words."),
        ("5: 1", "5: keys must be words; put it in quotes."),
        ("", "is empty; start from a copy of a shipped level."),
        ("# only a remark\n", "is empty; start from a copy of a shipped level."),
        ("- a\n- b", "holds ['a', 'b'] instead of keys and values; start from a copy"),
        ("hello", "holds 'hello' instead of keys and values"),
        ("a: \0", "line 1: character U+0000 is not allowed; delete it."),
        (b"\x89PNG\r\n\x1a\n\0\0", "line 1: not UTF-8 text; save the file as UTF-8."),
        (TEXT.encode("utf-16"), "line 1: not UTF-8 text; save the file as UTF-8."),
        (b"a: 1\nb: \xe9\n", "line 2: not UTF-8 text"),
    ],
)
def test_what_is_not_plain_yaml(tmp_path: Path, content: str | bytes, words: str) -> None:
    assert words in sentence(tmp_path, content)


def _bomb(join: str) -> str:
    """Return nine lines that would unfold into 9⁸ values, as a list or by merging keys."""
    lines = ["a: &a {k: v}"]
    for this, last in zip("bcdefghi", "abcdefgh", strict=True):
        lines.append(f"{this}: &{this} " + join.format(", ".join([f"*{last}"] * 9)))
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("#" * (MAX_BYTES + 1), "larger than 32 KB; remove what"),
        ("[" * 30_000, "nested too deeply; close a bracket or simplify it."),
        ("{a: " * 5_000, "nested too deeply"),
        ("- " * 16_000, "nested too deeply"),
        (_bomb("[{}]"), "names such as &this and *this are not allowed"),
        (_bomb("{{<<: [{}]}}"), "names such as &this and *this are not allowed"),
        ("a: &a [*a]", "names such as &this and *this are not allowed"),
        ("steps: [" + "1," * 15_000 + "]", "format: missing; add it."),
        ("".join(f"k{i}: 1\n" for i in range(3_000)), "k0: no such key."),
        (line("steps", "steps: [" + "[]," * 9_000 + "]"), "steps: "),
    ],
)
def test_hostile_files_cost_neither_time_nor_memory(
    tmp_path: Path, content: str, words: str
) -> None:
    started = time.process_time()
    assert words in sentence(tmp_path, content)
    assert time.process_time() - started < 1
    tracemalloc.start()
    sentence(tmp_path, content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 32 * 2**20


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "folder.yaml"
    folder.mkdir()
    with pytest.raises(LevelError, match=r"folder.yaml: not a file; check the path\.$"):
        load_level(folder)
    with pytest.raises(
        LevelError, match=r"none.yaml: can't be read \(No such file.*check the path"
    ):
        load_level(tmp_path / "none.yaml")
    with pytest.raises(LevelError, match=r"check the path\.$"):
        load_level(tmp_path / "a\0b.yaml")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(LevelError, match=r"can't be read \(Permission denied\); check the path\."):
        load_level(paths.levels() / "03_full_day.yaml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_in_the_folder_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(LevelError, match="not a file"):
        load_level(tmp_path / "pipe.yaml")


@pytest.mark.skipif(os.name == "nt", reason="such names are not allowed there")
def test_a_strange_file_name_stays_on_one_line(tmp_path: Path) -> None:
    file = tmp_path / "a\nb\x1b.yaml"
    file.write_text("", encoding="utf-8")
    with pytest.raises(LevelError) as error:
        load_level(file)
    assert str(error.value).isprintable()
    assert "a\\nb\\x1b.yaml" in str(error.value)
