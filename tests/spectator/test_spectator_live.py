"""The real server: what it tells, whom it obeys, and what it survives."""

from __future__ import annotations

import json
import random
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from stand_ins import TOKEN, Told, hear, messages, plain, serving, stage_of, told, until
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from hamlet_game.spectator.options import Options
from hamlet_game.spectator.stage import Stage
from hamlet_game.spectator.visitor import MOST_BYTES, NONSENSE, WRONG_TOKENS

GET = "GET {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n"


@pytest.fixture
def stage() -> Stage:
    return stage_of(told(), "master")


@pytest.fixture
def page(stage: Stage) -> Iterator[Options]:
    with serving(stage) as options:
        yield options


def join(options: Options, **more: Any) -> ClientConnection:
    return connect(f"ws://{options.host}:{options.port}/live", compression=None, **more)


def say(line: ClientConnection, **message: object) -> None:
    line.send(json.dumps(message))


def ending(line: ClientConnection, seconds: float = 10.0) -> int:
    """Listen until the server hangs up; return the code it gives."""
    try:
        while True:
            line.recv(timeout=seconds)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 1006


def get(options: Options, path: str, host: str = "") -> tuple[int, bytes, bytes]:
    answer = plain(options, GET.format(path, host or f"127.0.0.1:{options.port}").encode())
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), head.lower(), body


def fine(options: Options) -> bool:
    """Return whether a newcomer is served as if nothing had happened."""
    with join(options) as line:
        return bool(hear(line, "steps")["frames"]) and get(options, "/")[0] == 200


def test_a_newcomer_hears_everything_and_then_the_steps(page: Options) -> None:
    with join(page) as line:
        kinds = set()
        while kinds != {"hello", "town", "run", "curves", "road", "news", "steps"}:
            kinds |= {message["type"] for message in messages(line)}
        first = hear(line, "steps")["frames"]
        second = hear(line, "steps")["frames"]
        assert second[0]["n"] == first[-1]["n"] + 1


def test_only_the_token_gives_orders(page: Options, stage: Stage) -> None:
    source = stage.source
    assert isinstance(source, Told)
    with join(page) as line:
        say(line, type="order", word="stop")
        assert "token" in hear(line, "refused")["text"]
        say(line, type="token", token="wrong")  # noqa: S106
        assert hear(line, "token")["ok"] is False
        say(line, type="order", word="pause")
        hear(line, "refused")
        assert source.ordered == []
        say(line, type="token", token=TOKEN)
        assert hear(line, "token")["ok"] is True
        say(line, type="order", word="pause")
        until(lambda: source.ordered == ["pause"])
        assert hear(line, "run")["state"] == "paused"
        say(line, type="order", word="speed", value=4)
        until(lambda: stage.show.speed == 4.0)
        say(line, type="order", word="sing")
        hear(line, "refused")
    with join(page) as other:
        say(other, type="order", word="stop")
        hear(other, "refused")  # the token is the connection's own
    assert source.ordered == ["pause"]


def test_guessing_tokens_ends_soon(page: Options) -> None:
    began = time.monotonic()
    with join(page) as line:
        for k in range(WRONG_TOKENS):
            say(line, type="token", token=f"guess {k}")
        assert ending(line) == 1008
    assert time.monotonic() - began > 0.2 * WRONG_TOKENS


@pytest.mark.parametrize("origin", ["http://evil.example", "http://localhost:1", "null"])
def test_a_foreign_page_gets_nothing(page: Options, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        join(page, origin=origin)
    assert refused.value.response.status_code == 403


def test_a_page_of_ours_is_welcome(page: Options) -> None:
    with join(page, origin=f"http://127.0.0.1:{page.port}") as line:
        assert hear(line, "hello")["speeds"]


def test_a_foreign_name_gets_nothing(page: Options) -> None:
    assert get(page, "/", "evil.example")[0] == 421
    with pytest.raises(InvalidStatus):
        join(page, additional_headers={"Host": "evil.example"})


def test_the_page_asks_for_nothing_from_outside(page: Options) -> None:
    status, head, body = get(page, "/")
    assert status == 200
    assert b"content-security-policy: default-src 'self'" in head
    assert b"nosniff" in head
    assert b"http:" not in body
    assert b"https:" not in body
    assert b"style=" not in body
    assert b"onclick" not in body


@pytest.mark.parametrize(
    "path",
    [
        "/sprites/person/down_idle.svg?look=3",
        "/sprites/buildings/bed.svg",
        "/fonts/hamlet-sans-600.ttf",
        "/main.js",
        "/page.css",
        "/ground/1.svg",
    ],
)
def test_what_is_there(page: Options, path: str) -> None:
    status, _, body = get(page, path)
    assert status == 200
    assert len(body) > 100
    assert b"#ff00" not in body  # nobody walks about undressed


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml",
        "/..%2f..%2fpyproject.toml",
        "/sprites/../../pyproject.toml",
        "/%2e%2e/options.py",
        "/options.py",
        "/sprites//etc/passwd",
        "/brains/master.safetensors",
        "/docs",
        "/openapi.json",
        "/ground/99.svg",
        "/ground/-1.svg",
        "/sprites/buildings/bed.svg?look=9",
        "/%00",
    ],
)
def test_what_is_not(page: Options, path: str) -> None:
    status, _, body = get(page, path)
    assert status in {400, 404, 422}
    assert b"Traceback" not in body


def test_a_message_that_is_too_long(page: Options) -> None:
    with join(page) as line:
        line.send("x" * (MOST_BYTES + 1))
        assert ending(line) == 1009
    assert fine(page)


def test_a_flood_is_cut_off(page: Options) -> None:
    with join(page) as line:
        with suppress(ConnectionClosed):
            for _ in range(5_000):
                line.send('{"type":"order","word":"pause"}')
        assert ending(line) in {1006, 1008}
    assert fine(page)


def nonsense(dice: random.Random) -> str | bytes:
    """Return something that nobody should send."""
    pieces = [
        "{}", "[]", "null", "1e999", '{"type":', '{"type":"order"}', '{"type":"order","word":[]}',
        '{"type":"order","word":"speed","value":{}}', '{"type":"order","word":"__class__"}',
        '{"type":"token","token":{"a":1}}', '{"type":7}', "[" * 900, '{"a":' * 150, '"\\ud800"',
        '{"type":"order","word":"speed","value":1e400}',
        '{"type":"order","word":"speed","value":NaN}',
        '{"type":"\\u0000"}', "\u202e{}", '{"type":"token","token":"\\ud800"}',
    ]  # fmt: skip
    match dice.randrange(3):
        case 0:
            return dice.choice(pieces)
        case 1:
            return dice.randbytes(dice.randrange(0, 300))
        case _:
            text = list(dice.choice(pieces))
            text[dice.randrange(len(text))] = chr(dice.randrange(32, 0xD000))
            return "".join(text)


@pytest.mark.parametrize("trusted", [False, True])
def test_nonsense_in_messages(page: Options, trusted: bool) -> None:
    dice = random.Random(7)
    for _ in range(25):
        with join(page) as line:
            if trusted:
                say(line, type="token", token=TOKEN)
            with suppress(ConnectionClosed, TimeoutError):
                for _ in range(NONSENSE + 5):
                    line.send(nonsense(dice))
                ending(line, 0.05)
    assert fine(page)


def test_nonsense_beneath_the_messages(page: Options) -> None:
    """Broken handshakes, broken frames, half a request, a connection that says nothing."""
    dice = random.Random(11)
    upgrade = (
        f"GET /live HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\nConnection: Upgrade\r\n"
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    ).encode()
    silent = [socket.create_connection((page.host, page.port)) for _ in range(20)]
    for k in range(30):
        start = [b"", upgrade, upgrade[: dice.randrange(len(upgrade))], b"GET / HTTP/1.1\r\n"][
            k % 4
        ]
        with suppress(OSError):
            plain(page, start + dice.randbytes(dice.randrange(1, 400)), seconds=0.05)
    with suppress(OSError):
        plain(page, b"GET / HTTP/1.1\r\nX: " + b"a" * 100_000, seconds=0.2)
    assert fine(page)
    for line in silent:
        line.close()


def test_a_client_that_never_listens_holds_nobody_up(page: Options, stage: Stage) -> None:
    stage.show.speed = 16.0
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        deaf.connect((page.host, page.port))
        deaf.sendall(
            f"GET /live HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\nConnection: Upgrade\r\n"
            "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
        )
        until(lambda: len(stage.hub) == 1)
        with join(page) as line:
            began = time.monotonic()
            for _ in range(16):
                hear(line, "steps")
            assert time.monotonic() - began < 8
        box = next(iter(stage.hub._boxes))
        assert len(box._steps) <= 8
    until(lambda: len(stage.hub) == 0)


def test_coming_and_going_leaves_nothing_behind(page: Options, stage: Stage) -> None:
    handles = Path("/proc/self/fd")
    if not handles.is_dir():
        pytest.skip("this system does not count open files")
    fine(page)
    before = len(list(handles.iterdir()))
    for _ in range(40):
        with join(page) as line:
            line.recv(timeout=5)
    until(lambda: len(stage.hub) == 0)
    until(lambda: len(list(handles.iterdir())) <= before + 2)


def test_a_full_house_says_so(page: Options, stage: Stage) -> None:
    stage.hub._most = 1
    with join(page), pytest.raises(InvalidStatus):
        join(page)


def test_the_same_port_again_and_the_client_comes_back() -> None:
    """A server that ends and starts anew at once is found at the same place."""
    with serving(stage_of(Told())) as first, join(first) as line:
        hear(line, "hello")
    with serving(stage_of(Told()), first.port) as again, join(again) as line:
        assert again.port == first.port
        assert hear(line, "steps")["frames"]


def test_when_the_source_is_over_the_server_ends() -> None:
    source = Told()
    with serving(stage_of(source)) as page, join(page) as line:
        hear(line, "hello")
        source.over = True
        assert ending(line) in {1001, 1006, 1012}
