"""Where the page is served, who may ask for it, and what can go wrong before it starts."""

from __future__ import annotations

import importlib.util
import socket
from typing import Any

import pytest

from hamlet_game.spectator import options as module
from hamlet_game.spectator.guard import Names, Patience
from hamlet_game.spectator.options import Options, ServeError, address, listen, require_web


def test_a_token_fits_only_itself() -> None:
    options = Options()
    assert options.fits(options.token)
    assert len(options.token) >= 20
    for wrong in ("", options.token[:-1], options.token + "x", "é" * 24, "x" * 10_000, None, 7, []):
        assert not options.fits(wrong)
    assert Options().token != options.token


def test_the_control_address_carries_the_token_where_no_server_sees_it() -> None:
    options = Options("127.0.0.1", 8808, "secret")
    assert options.control_url == "http://127.0.0.1:8808/#token=secret"
    assert Options("::1", 1).url == "http://[::1]:1/"
    assert Options("0.0.0.0", 1).url == "http://127.0.0.1:1/"  # noqa: S104 - as a word
    assert not Options("friendly-name", 1).everywhere


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("8808", ("127.0.0.1", 8808)),
        ("0.0.0.0:0", ("0.0.0.0", 0)),  # noqa: S104 - as a word
        ("[::1]:5", ("::1", 5)),
        (":9", ("127.0.0.1", 9)),
    ],
)
def test_addresses(word: str, found: tuple[str, int]) -> None:
    assert address(word) == found


@pytest.mark.parametrize("word", ["", "here", "127.0.0.1:", "127.0.0.1:x", "1:70000", "1:²"])
def test_no_addresses(word: str) -> None:
    with pytest.raises(ServeError, match="write HOST:PORT"):
        address(word)


def test_a_port_that_is_taken() -> None:
    with (
        listen("127.0.0.1", 0) as door,
        pytest.raises(ServeError, match=r"taken; choose another with --port"),
    ):
        listen("127.0.0.1", door.getsockname()[1])


@pytest.mark.parametrize("host", ["203.0.113.9", "no such host", "x" * 300])
def test_an_address_that_is_not_ours(host: str) -> None:
    with pytest.raises(ServeError, match="no such address"):
        listen(host, 0)


def test_without_the_extra_one_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = importlib.util.find_spec

    def missing(name: str, *rest: Any) -> Any:
        return None if name == "fastapi" else real(name, *rest)

    monkeypatch.setattr(module.importlib.util, "find_spec", missing)
    with pytest.raises(ServeError, match=r'pip install "hamlet-game\[web\]"'):
        require_web()


def test_who_may_open_a_socket() -> None:
    names = Names("127.0.0.1")
    assert names.welcomes("127.0.0.1:88", ["http://127.0.0.1:88"])
    assert names.welcomes("127.0.0.1:88", [])  # no page of anybody's
    assert names.welcomes("LOCALHOST:88", ["http://localhost:88"])
    for origin in ("http://evil.example", "http://127.0.0.1:89", "null", "file://", "http://[", ""):
        assert not names.welcomes("127.0.0.1:88", [origin])
    assert not names.welcomes("127.0.0.1:88", ["http://127.0.0.1:88", "http://evil.example"])


def test_a_foreign_name_that_leads_here_is_not_ours() -> None:
    names = Names("0.0.0.0")  # noqa: S104 - as a word
    assert not names.welcomes("evil.example:88", ["http://evil.example:88"])
    for host in (None, "", "evil.example", "127.0.0.1.evil.example", "[::1", "a@b:c"):
        assert not names.fits(host)
    for host in ("192.168.1.20:88", "[::1]:88", "localhost", socket.gethostname()):
        assert names.fits(host)


def test_patience_ends_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    patience = Patience(at_once=3, per_second=2)
    assert [patience.bears() for _ in range(4)] == [True, True, True, False]
    now[0] += 2
    assert patience.bears()
