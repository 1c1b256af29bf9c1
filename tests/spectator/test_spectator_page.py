"""The page in a real browser: it loads, moves, fills its charts and obeys its owner."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Browser, find
from PIL import Image
from stand_ins import TOKEN, Told, brain, serving, stage_of, told, until

from hamlet_game.spectator import show
from hamlet_game.spectator.options import Options
from hamlet_game.spectator.stage import Stage

pytestmark = pytest.mark.skipif(find() is None, reason="no Chromium is installed here")

TOWN = 37  # plus one: where the master walks ten steps at first
PERSON = """[
  hamlet.view.timeline.frame.x, hamlet.view.timeline.frame.y, hamlet.view.timeline.frame.n,
]"""
READY = "document.querySelectorAll('.meter').length > 1 && hamlet.view.timeline.frame.n > 2"
INKED = """(() => {
  const canvas = document.getElementById('%s'), seen = new Set();
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  for (let k = 0; k < data.length; k += 16) {
    if (data[k + 3] > 40) seen.add([data[k] >> 4, data[k + 1] >> 4, data[k + 2] >> 4].join());
  }
  return seen.size;
})()"""  # how many colours are on a canvas


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture
def clean(browser: Browser) -> Iterator[Browser]:
    """The browser, which must not have complained of anything at the end."""
    browser.errors.clear()
    browser.resize(1280, 720)
    yield browser
    browser.ask("1")  # brings what is still to be said
    assert browser.errors == []
    browser.open("about:blank")


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(show.secrets, "randbelow", lambda _: TOWN)
    source = told("running")
    source.history.take(brain(110_000))  # an untrained one might never leave its corner
    return stage_of(source)


@pytest.fixture
def page(stage: Stage, browser: Browser) -> Iterator[Options]:
    with serving(stage) as options:
        yield options
        browser.open("about:blank")  # while there is a server: it may still ask for a picture


def colours(picture: bytes) -> int:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    return len(image.resize((160, 90)).getcolors(160 * 90) or [])


def test_it_loads_moves_and_fills_its_charts(clean: Browser, page: Options, tmp_path: Path) -> None:
    clean.open(page.url)
    clean.wait(READY)
    places = {tuple(clean.ask(PERSON))}
    while len({place[:2] for place in places}) < 3:
        places.add(tuple(clean.ask(PERSON)))
        assert len(places) < 200
    for canvas in ("town", "survival", "reward"):
        clean.wait(INKED % canvas, right=lambda n, c=canvas: n > (40 if c == "town" else 8))
    assert "First Night" in clean.ask("document.getElementById('road').textContent")
    assert "pass mark" in clean.ask("document.getElementById('n1').textContent")
    assert clean.ask("document.querySelectorAll('.action.best').length") == 1
    assert clean.ask("document.querySelector('#link').className") == "live"
    assert clean.ask("document.documentElement.scrollHeight") <= 720
    shot = clean.screenshot(tmp_path / "page.png")
    assert colours(shot) > 400


def test_the_person_walks_smoothly(clean: Browser, page: Options) -> None:
    """Between two steps the person is somewhere between two cells."""
    clean.open(page.url)
    clean.wait(READY)
    parts = clean.ask(
        "new Promise((done) => { const seen = [];"
        "const look = () => { seen.push(hamlet.view.timeline.part);"
        "seen.length < 90 ? requestAnimationFrame(look) : done(seen); }; look(); })"
    )
    assert sum(0.02 < part < 0.98 for part in parts) > 8


def test_without_a_token_one_only_looks_on(clean: Browser, page: Options, stage: Stage) -> None:
    clean.open(page.url)
    clean.wait(READY)
    assert clean.ask("document.getElementById('orders').hidden") is True
    clean.ask("hamlet.link.say({type: 'order', word: 'stop'})")
    clean.ask("document.getElementById('token').value = 'wrong'")
    clean.ask("document.querySelector('#unlock button').click()")
    clean.wait("document.getElementById('token').classList.contains('wrong')")
    assert isinstance(stage.source, Told)
    assert stage.source.ordered == []


def test_the_controls_work_with_the_token(clean: Browser, page: Options, stage: Stage) -> None:
    source = stage.source
    assert isinstance(source, Told)
    clean.open(f"{page.url}#token={TOKEN}")
    clean.wait(READY)
    clean.wait("!document.getElementById('orders').hidden")
    assert TOKEN not in clean.ask("location.href")  # not on a stream
    for word, state in (("pause", "paused"), ("resume", "running")):
        clean.wait(f"!document.querySelector('[data-word={word}]').hidden")
        clean.ask(f"document.querySelector('[data-word={word}]').click()")
        until(lambda state=state: source.state == state)
    clean.ask(
        "const speed = document.getElementById('speed'); speed.value = '8';"
        "speed.dispatchEvent(new Event('change'))"
    )
    until(lambda: stage.show.speed == 8)
    clean.wait("!document.querySelector('[data-word=stop]').disabled")
    clean.ask("document.querySelector('[data-word=stop]').click()")
    until(lambda: source.ordered == ["pause", "resume", "stop"])


def test_it_comes_back_by_itself(browser: Browser) -> None:
    with serving(stage_of(Told(), "master")) as page:
        browser.open(page.url)
        browser.wait(READY)
    browser.wait("document.querySelector('#link').className == 'off'")
    with serving(stage_of(Told(), "master"), page.port):
        browser.wait("document.querySelector('#link').className == 'live'")
        browser.wait("hamlet.view.timeline.frame.n > 2")
    browser.open("about:blank")


def test_on_a_phone(clean: Browser, page: Options, tmp_path: Path) -> None:
    clean.resize(390, 844, phone=True)
    clean.open(page.url)
    clean.wait(READY)
    assert clean.ask("document.documentElement.scrollWidth") <= 390
    spilled = clean.ask(
        "[...document.querySelectorAll('.card, .town, .chart canvas')]"
        ".filter((e) => e.getBoundingClientRect().right > 391 ||"
        " (e.matches('.card') && e.scrollHeight > e.clientHeight + 2)).map((e) => e.className)"
    )
    assert spilled == []
    clean.wait(INKED % "reward", right=lambda n: n > 8)
    assert colours(clean.screenshot(tmp_path / "phone.png")) > 400


def test_in_obs(clean: Browser, page: Options, tmp_path: Path) -> None:
    clean.resize(900, 700)
    clean.open(f"{page.url}?panels=meters,q,curve&bg=transparent&scale=1.5")
    clean.wait("document.querySelectorAll('.meter').length > 1")
    clean.wait("document.querySelectorAll('.action.best').length")
    shown = clean.ask("[...document.querySelectorAll('[data-panel]')].map((e) => e.dataset.panel)")
    assert shown == ["meters", "q", "curve"]
    clean.back(255, 0, 255)
    picture = Image.open(io.BytesIO(clean.screenshot(tmp_path / "obs.png"))).convert("RGB")
    clean.back(255, 255, 255)
    red, green, blue = picture.getpixel((896, 696))  # type: ignore[misc]
    assert (red > 240, green < 15, blue > 240) == (True, True, True)  # clear beside the panels
    red, green, blue = picture.getpixel((450, 205))  # type: ignore[misc]
    assert max(red, green, blue) < 120  # and a panel is a panel


def test_a_town_alone_without_a_training(clean: Browser) -> None:
    with serving(stage_of(Told(), "master")) as page:
        clean.open(page.url)
        clean.wait(READY)
        clean.wait("document.getElementById('c1').textContent == 'Meters of this life'")
        assert clean.ask("document.getElementById('roadcard').hidden") is True
        clean.open("about:blank")
        clean.wait("location.href == 'about:blank'")
