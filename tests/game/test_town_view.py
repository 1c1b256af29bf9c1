import re
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pygame
import pytest
from eyes import Eyes

from hamlet_game import paths
from hamlet_game.game.draw import daylight
from hamlet_game.game.draw.backdrop import draw_backdrop
from hamlet_game.game.draw.effects import KINDS, MOST, MOST_BURSTS, Effects
from hamlet_game.game.draw.lanes import plan_lanes
from hamlet_game.game.draw.looks import PLACEHOLDERS, dress
from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.draw.people import INDOORS, LOOK_COUNT, Person
from hamlet_game.game.draw.scenery import BEFORE, BEHIND, furnish
from hamlet_game.game.draw.sprites import Sprites
from hamlet_game.game.draw.town_view import Place, TownView

BOX = (40, 40, 640, 640)
CLASSIC = [
    Place("bed", 1, 1),
    Place("shower", 6, 1),
    Place("fridge", 1, 6),
    Place("job", 6, 6),
]
POSES = ["idle", "walk", "sleep", "shower", "eat", "work", "faint", "cheer"]


@pytest.fixture
def painter() -> Iterator[Painter]:
    pygame.display.init()
    pygame.font.init()
    yield Painter(pygame.display.set_mode((1280, 720)))
    pygame.display.quit()


def drawn(painter: Painter, view: TownView, **more: Any) -> bytes:
    painter.fill((0, 0, 0))
    view.draw(painter, BOX, **{"people": [], "day": 0.25, **more})
    return pygame.image.tobytes(painter.surface, "RGB")


def mean_light(picture: bytes) -> float:
    return sum(picture[::97]) / len(picture[::97])


# ------------------------------------------------------------------ sprites


def test_every_sprite_of_ours_can_be_drawn_and_is_not_empty() -> None:
    sprites = Sprites()
    folder = paths.assets() / "sprites"
    files = sorted(folder.rglob("*.svg"))
    assert len(files) > 100
    for file in files:
        name = file.relative_to(folder).with_suffix("").as_posix()
        picture = sprites.get(name, 48, 48)
        assert picture.get_size() == (48, 48)
        assert pygame.mask.from_surface(picture, 20).count() > 4, name


def test_sprites_use_only_what_the_rasteriser_knows() -> None:
    for file in (paths.assets() / "sprites").rglob("*.svg"):
        text = file.read_text(encoding="utf-8")
        found = re.search(r"<(filter|clipPath|mask|text|style|image|use)\b|class=", text)
        assert found is None, f"{file.name}: {found}"


def test_looks_replace_every_placeholder() -> None:
    for file in (paths.assets() / "sprites" / "person").glob("*.svg"):
        for look in [*map(str, range(LOOK_COUNT)), "ghost"]:
            text = dress(file.read_bytes(), look).decode()
            assert not [color for color in PLACEHOLDERS.values() if color in text]


def test_looks_differ() -> None:
    sprites = Sprites()
    names = [f"person/down_idle@{look}" for look in [*range(LOOK_COUNT), "ghost"]]
    pictures = {pygame.image.tobytes(sprites.get(name, 40, 60), "RGBA") for name in names}
    assert len(pictures) == LOOK_COUNT + 1


def test_unknown_sprites_and_looks_are_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"nonsense\.svg.*'buildings/nonsense'"):
        Sprites().get("buildings/nonsense", 10, 10)
    with pytest.raises(ValueError, match="'9' is no look"):
        Sprites().get("person/down_idle@9", 10, 10)


def test_a_broken_svg_is_named(tmp_path: Path) -> None:
    (tmp_path / "torn.svg").write_text("<svg", encoding="utf-8")
    with pytest.raises(ValueError, match="'torn' cannot be read"):
        Sprites(tmp_path).get("torn", 10, 10)


def test_sprites_are_kept_turned_and_bounded() -> None:
    sprites = Sprites(keep_bytes=3 * 20 * 20 * 4)
    first = sprites.get("icons/arrow_left", 20, 20)
    assert sprites.get("icons/arrow_left", 20, 20) is first
    mirrored = sprites.get("icons/arrow_left", 20, 20, flip=True)
    assert mirrored.get_at((2, 10)) == first.get_at((17, 10))
    for name in ("play", "pause", "step", "fast"):
        sprites.get(f"icons/{name}", 20, 20)
    assert sprites.get("icons/arrow_left", 20, 20) is not first


# ------------------------------------------------------------------ geometry


@pytest.mark.parametrize(("width", "height"), [(5, 5), (8, 8), (48, 48), (12, 6)])
def test_cells_and_points_agree(width: int, height: int) -> None:
    view = TownView(width, height, [Place("bed", 1, 1)], 3)
    for x in range(width):
        for y in range(height):
            assert view.cell_at(BOX, view.cell_center(BOX, x, y)) == (x, y)
    left, top = view.cell_center(BOX, -1, -1)
    assert view.cell_at(BOX, (left, top)) is None
    assert view.cell_at(BOX, (0, 0)) is None
    right, bottom = view.cell_center(BOX, width - 0.5, height - 0.5)
    assert 40 < left + view.cell_side(BOX) / 2 < right < 680
    assert 40 < top + view.cell_side(BOX) / 2 < bottom < 680


def test_lanes_join_every_house_to_the_square() -> None:
    houses = [(place.x, place.y) for place in CLASSIC]
    lanes = plan_lanes(8, 8, houses, 5)
    assert lanes.square not in houses
    assert set(houses) <= lanes.cells
    square_x, square_y = lanes.square
    for line in lanes.lines:
        x, y = line[-1]
        assert (int(x), int(y)) == (square_x, square_y)
    assert len(lanes.lines) == len(houses) + 2  # and two roads out of town


def test_a_town_full_of_houses_still_has_a_square() -> None:
    houses = [(x, y) for x in range(2) for y in range(2)]
    assert plan_lanes(2, 2, houses, 1).square in houses


@pytest.mark.parametrize("seed", range(8))
def test_scenery_hides_nobody(seed: int) -> None:
    houses = [(place.x, place.y) for place in CLASSIC]
    lanes = plan_lanes(8, 8, houses, seed)
    for thing in furnish(8, 8, houses, lanes, seed):
        if "tuft" in thing.sprite or "fence" in thing.sprite:
            continue  # grass is trodden on; the fence is behind the first row
        beside = abs(thing.x - round(thing.x)) < 0.06  # on the line between two cells
        ahead = thing.y - round(thing.y)
        assert beside
        assert ahead == pytest.approx(BEHIND) or ahead == pytest.approx(BEFORE)
        if thing.height > 0.55:  # people pass at -0.17, so tall things stand behind them
            assert ahead == pytest.approx(BEHIND)


# ------------------------------------------------------------------ drawing


def test_a_town_always_looks_the_same_and_seeds_differ(painter: Painter) -> None:
    people = [Person(3.4, 4, "left", "walk", 0.3)]
    first = drawn(painter, TownView(8, 8, CLASSIC, 7), people=people, time=2.0)
    assert drawn(painter, TownView(8, 8, CLASSIC, 7), people=people, time=2.0) == first
    assert drawn(painter, TownView(8, 8, CLASSIC, 8), people=people, time=2.0) != first


def test_drawing_changes_no_person(painter: Painter) -> None:
    person = Person(2, 3, "up", "walk", 0.4, look=1)
    before = repr(person)
    drawn(painter, TownView(8, 8, CLASSIC, 7), people=[person], day=0.7)
    assert repr(person) == before


def test_night_is_darker_than_day_but_not_black(painter: Painter) -> None:
    view = TownView(8, 8, CLASSIC, 7)
    noon, midnight = (mean_light(drawn(painter, view, day=day)) for day in (0.25, 0.75))
    assert 0.35 * noon < midnight < 0.8 * noon


def test_daylight_is_smooth_all_round_the_clock() -> None:
    steps = [daylight.light(k / 1000) for k in range(1001)]
    assert steps[0] == steps[-1]
    assert daylight.light(0.25) == daylight.CLEAR
    jumps = [max(abs(a - b) for a, b in zip(x, y, strict=True)) for x, y in pairwise(steps)]
    assert max(jumps) <= 2
    assert daylight.lamps(0.25) == 0
    assert daylight.lamps(0.75) == 1


@pytest.mark.parametrize("pose", POSES)
@pytest.mark.parametrize("facing", ["up", "down", "left", "right"])
def test_everyone_can_be_seen_everywhere(painter: Painter, pose: str, facing: str) -> None:
    view = TownView(8, 8, CLASSIC, 7)
    empty = drawn(painter, view)
    for cell in [(0, 0), (1, 1), (7, 7), (1, 5), (6, 6)]:
        for ghost in (False, True):
            person = Person(*cell, facing, pose, 0.6, mood=0.1, ghost=ghost)
            shown = drawn(painter, view, people=[person])
            changed = np.frombuffer(empty, np.uint8) != np.frombuffer(shown, np.uint8)
            assert changed.sum() > 1500, (cell, ghost)


def test_usable_and_wanted_houses_stand_out(painter: Painter) -> None:
    view = TownView(8, 8, CLASSIC, 7)
    plain = drawn(painter, view)
    assert drawn(painter, view, usable=[2]) != plain
    assert drawn(painter, view, wanted=1) != plain


def test_reduced_motion_stands_still(painter: Painter) -> None:
    view = TownView(8, 8, CLASSIC, 7)
    first = drawn(painter, view, time=1.0, day=0.7, usable=[1], wanted=0, reduced_motion=True)
    later = drawn(painter, view, time=9.3, day=0.7, usable=[1], wanted=0, reduced_motion=True)
    assert first == later


@pytest.mark.parametrize(("width", "height"), [(5, 5), (48, 48), (12, 6)])
@pytest.mark.parametrize("size", [(320, 180), (1920, 1080)])
def test_any_grid_in_any_window(
    painter: Painter, width: int, height: int, size: tuple[int, int]
) -> None:
    painter.resize(pygame.Surface(size))
    view = TownView(width, height, [Place("bed", 1, 1), Place("bed", 3, 3)], 2)
    person = Person(4, 4, "down", "walk", 0.2)
    view.draw(painter, BOX, people=[person], day=0.7, usable=[0, 1], wanted=1, time=1.0)
    assert painter.surface.get_at((size[0] // 4, size[1] // 2))[:3] != (0, 0, 0)


def test_nothing_is_drawn_beside_the_box(painter: Painter) -> None:
    drawn(painter, TownView(8, 8, CLASSIC, 7), day=0.7, usable=range(4), wanted=0, time=4.0)
    corners = [(39, 360), (681, 360), (360, 39), (360, 681), (40, 40), (679, 679)]
    assert {painter.surface.get_at(at)[:3] for at in corners} == {(0, 0, 0)}


def test_a_frame_is_fast(painter: Painter) -> None:
    view = TownView(8, 8, CLASSIC, 7)
    people = [Person(3, 3, "left", "walk", 0.3), Person(5, 5, "down", "walk", 0.3, ghost=True)]
    drawn(painter, view, people=people, day=0.75)
    times = []
    for k in range(20):
        start = time.perf_counter()
        view.draw(painter, BOX, people=people, day=0.75, usable=[1], time=k / 60)
        times.append(time.perf_counter() - start)
    assert sorted(times)[3] < 0.0025  # seconds; the fast ones, as other work may interrupt


def test_the_backdrop_covers_the_canvas_and_glides(painter: Painter) -> None:
    pictures = []
    for seconds in (0.0, 60.0):
        painter.fill((255, 0, 255))
        draw_backdrop(painter, seconds)
        picture = pygame.image.tobytes(painter.surface, "RGB")
        pixels = np.frombuffer(picture, np.uint8).reshape(-1, 3)
        assert not (pixels == (255, 0, 255)).all(axis=1).any()
        pictures.append(picture)
    assert pictures[0] != pictures[1]


# ------------------------------------------------------------------ effects


def test_effects_end_and_stay_few() -> None:
    effects = Effects()
    for kind in KINDS:
        effects.spawn(kind, 1, 1, "+5")
    assert len(effects) > len(KINDS)
    effects.clear()
    for _ in range(100):
        effects.spawn("coin", 2, 2)
    assert len(effects) == MOST_BURSTS * KINDS["coin"].count
    for x in range(MOST + 50):
        effects.spawn("text", x, 0, "+1")
    assert len(effects) == MOST
    for _ in range(120):
        effects.update(1 / 20)
    assert len(effects) == 0
    effects.spawn("heart", 0, 0)
    effects.clear()
    assert len(effects) == 0


def test_texts_started_together_stack_up_inside_the_town() -> None:
    effects, eyes = Effects(), Eyes()
    for text in ("−$5", "+5", "+50"):
        effects.spawn("text", 3, 0, text, icon="icons/energy")
    effects.update(0.5)
    view = TownView(8, 8, CLASSIC, 7)
    effects.draw(eyes, view, (20, 64, 636, 640))
    tops = {text: box.y for text, box in eyes.seen}
    assert 64 <= tops["+50"] < tops["+5"] < tops["−$5"]
    eyes.assert_tidy()
    effects.spawn("text", 3, 0, "+7")  # a later one takes their place
    assert len(effects) == 1


def test_an_unknown_effect_is_named() -> None:
    with pytest.raises(ValueError, match="'fireworks' is no effect"):
        Effects().spawn("fireworks", 0, 0)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "text"])
def test_every_effect_shows_and_reduced_motion_keeps_only_texts(
    painter: Painter, kind: str
) -> None:
    view = TownView(8, 8, CLASSIC, 7)
    plain = drawn(painter, view, reduced_motion=True)
    silent, speaking = Effects(), Effects()
    silent.spawn(kind, 4, 4)
    speaking.spawn(kind, 4, 4, "+45")
    silent.update(0.4)
    speaking.update(0.4)
    assert drawn(painter, view, effects=silent) != drawn(painter, view)
    assert drawn(painter, view, effects=silent, reduced_motion=True) == plain
    shown = drawn(painter, view, effects=speaking, reduced_motion=True)
    assert shown != plain
    speaking.update(0.2)
    assert drawn(painter, view, effects=speaking, reduced_motion=True) == shown


def test_scenes_exist_for_every_indoor_pose() -> None:
    sprites = Sprites()
    for scene in INDOORS.values():
        for frame in (0, 1):
            sprites.get(f"scene/{scene}{frame}@0", 20, 20)
