"""One browser at the other end of a WebSocket: told everything, obeyed only with the token."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

from fastapi import WebSocket, WebSocketDisconnect

from hamlet_game.spectator.guard import Patience
from hamlet_game.spectator.hub import Hub, dumps
from hamlet_game.spectator.options import Options
from hamlet_game.spectator.show import SPEEDS
from hamlet_game.spectator.stage import Stage

MOST_BYTES: Final = 1_024  # of a message to us
WRONG_TOKENS: Final = 5  # then the door is closed
NONSENSE: Final = 10
SEND_S: Final = 20.0  # a client that takes nothing for so long is gone
_THINK_S: Final = 0.3  # before the answer to a wrong token
_POLICY, _BUSY = 1008, 1013


class UnwelcomeError(Exception):
    """Somebody misbehaves; the message says how."""


class Visitor:
    """Serves one connection from its first to its last message."""

    def __init__(self, socket: WebSocket, stage: Stage, options: Options) -> None:
        self._socket, self._stage, self._options = socket, stage, options
        self._may_order = False
        self._wrong = self._nonsense = 0
        self._patience = Patience(at_once=30, per_second=10)

    async def serve(self, hub: Hub) -> None:
        """Tell and listen until somebody hangs up."""
        if hub.full:
            await self._socket.close(_BUSY, "too many look on")
            return
        await self._socket.accept()
        box = hub.join()
        tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._tell(box.take))]
        try:
            await self._say({"type": "hello", "speeds": SPEEDS})
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            await self._part(done)
        except (WebSocketDisconnect, RuntimeError, OSError):
            pass  # it hung up in the middle of a word
        finally:
            hub.leave(box)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _part(self, done: set[asyncio.Task[None]]) -> None:
        for task in done:
            error = task.exception()
            if isinstance(error, UnwelcomeError):
                await self._socket.close(_POLICY, str(error))
            elif isinstance(error, TimeoutError):
                await self._socket.close(_BUSY, "too slow")

    async def _tell(self, take: Callable[[], Awaitable[str]]) -> None:
        while True:
            text = await take()
            async with asyncio.timeout(SEND_S):
                await self._socket.send_text(text)

    async def _say(self, message: dict[str, Any]) -> None:
        await self._socket.send_text(f"[{dumps(message)}]")

    async def _listen(self) -> None:
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            if not self._patience.bears():
                raise UnwelcomeError("too many messages")
            word = _read(message.get("text"))
            if word is None:
                await self._refuse("That is no message.")
            elif word["type"] == "token":
                await self._hear_token(word.get("token"))
            elif word["type"] == "order":
                await self._hear_order(word.get("word"), word.get("value"))
            else:
                await self._refuse("Nobody here knows that word.")

    async def _hear_token(self, token: object) -> None:
        self._may_order = self._options.fits(token)
        if not self._may_order:
            self._wrong += 1
            await asyncio.sleep(_THINK_S)
        with suppress(WebSocketDisconnect):
            await self._say({"type": "token", "ok": self._may_order})
        if self._wrong >= WRONG_TOKENS:
            raise UnwelcomeError("too many wrong tokens")

    async def _hear_order(self, word: object, value: object) -> None:
        if not self._may_order:
            await self._refuse("Only with the control token.")
        elif not isinstance(word, str) or not self._stage.order(word, value):
            await self._say({"type": "refused", "text": "That can't be done just now."})

    async def _refuse(self, reason: str) -> None:
        self._nonsense += 1
        if self._nonsense > NONSENSE:
            raise UnwelcomeError("too much nonsense")
        await self._say({"type": "refused", "text": reason})


def _read(text: object) -> dict[str, Any] | None:
    """Return a message, None for anything that is none."""
    if not isinstance(text, str) or len(text.encode("utf-8", "replace")) > MOST_BYTES:
        return None
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return None
    return message
