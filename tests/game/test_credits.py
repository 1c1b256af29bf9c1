"""Credits and licences: all of them are there, can be read, and are reached."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from driver import Player, told
from eyes import SIZES, Eyes, press

from hamlet_game import paths
from hamlet_game.game.events import Command
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.credits import PAGES, CreditsScene, paragraphs
from hamlet_game.game.services import Services


def page(services: Services, index: int) -> CreditsScene:
    scene = CreditsScene(services)
    for _ in range(index):
        scene.handle(press(Command.FASTER))
    return scene


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("device", ["keyboard", "gamepad"])
def test_the_way_there_and_back(device: str) -> None:
    player = Player(lambda services: (routes.title(services),), device=device)
    player.choose("How it works")
    player.choose("Credits")
    assert player.name == "CreditsScene"
    for _ in PAGES[1:]:
        player.do(Command.RIGHT)
    assert any("Bitstream" in told(widget) for widget in player.form.widgets)
    player.do(Command.BACK)
    assert player.name == "HowItWorksScene"
    player.close()


def test_every_font_licence_is_shown_in_full() -> None:
    shown = {name: " ".join(label.text for label in make()) for name, make in PAGES}
    files = sorted((paths.assets() / "fonts").glob("*.txt"))
    assert len(files) == 3
    for file in files:
        text = shown[file.stem.split("-")[1]]
        assert words(text) == words(file.read_text(encoding="utf-8")), file.name


def test_every_library_that_is_here_is_named_with_its_licence() -> None:
    rows = [label.text for label in dict(PAGES)["Libraries"]()]
    for name in ("numpy", "pygame-ce", "torch", "pydantic", "SDL", "Python"):
        (row,) = [row for row in rows if row.startswith(f"**{name}**")]
        assert row.count("·") == 2


def test_a_text_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    (told_instead,) = paragraphs(tmp_path / "gone.txt")
    assert told_instead.startswith("gone.txt can't be read")


def test_up_and_down_scroll_to_the_end_and_back(services: Services) -> None:
    scene = page(services, 2)
    eyes = Eyes()
    eyes.look_at(scene)
    scroller = scene.form.scroller
    assert scroller.room > 0
    for _ in range(200):
        scene.handle(press(Command.DOWN))
    assert scroller.offset == scroller.room
    for _ in range(200):
        scene.handle(press(Command.UP))
    assert scroller.offset == 0


@pytest.mark.parametrize("index", range(len(PAGES)))
@pytest.mark.parametrize(("size", "scale"), SIZES)
def test_no_word_is_cut_off_or_covered(
    services: Services, size: tuple[int, int], scale: float, index: int
) -> None:
    eyes = Eyes(size, scale)
    eyes.look_at(page(services, index))
    eyes.assert_tidy()
