"""The web application: the page, its pictures, and the WebSocket behind it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from fastapi import FastAPI, Request, Response, WebSocket
from fastapi.responses import PlainTextResponse

from hamlet_game.spectator import wire
from hamlet_game.spectator.guard import HEADERS, Names
from hamlet_game.spectator.options import Options
from hamlet_game.spectator.pictures import KINDS, Served, Shelf, packed
from hamlet_game.spectator.stage import Stage
from hamlet_game.spectator.visitor import Visitor

_STILL = {"cache-control": "public, max-age=600"}  # pictures: a new version must come through
_FRESH = {"cache-control": "no-cache"}
_Next = Callable[[Request], Awaitable[Response]]


def make_page(stage: Stage, options: Options) -> FastAPI:
    """Return the application that shows a stage."""
    app = FastAPI(title="Hamlet", docs_url=None, redoc_url=None, openapi_url=None)
    shelf, names = Shelf(), Names(options.host)

    @app.middleware("http")
    async def guarded(request: Request, go_on: _Next) -> Response:
        if not names.fits(request.headers.get("host")):
            response: Response = PlainTextResponse("Ask by this machine's address.\n", 421)
        else:
            response = await go_on(request)
        response.headers.update(HEADERS)
        return response

    @app.get("/")
    async def index(request: Request) -> Response:
        return _sent(request, shelf.get("index.html"), _FRESH)

    @app.get("/ground/{number}.svg")
    async def ground(request: Request, number: int) -> Response:
        show = stage.show
        if number != show.number:
            return PlainTextResponse("That town is gone.\n", 404)
        svg = wire.scenery(show.level, show.record.town_seed).ground
        return _sent(request, packed(svg, KINDS[".svg"]), _FRESH)

    @app.get("/{name:path}")
    async def picture(request: Request, name: str, look: str = "0") -> Response:
        still = _STILL if "/" in name else _FRESH
        return _sent(request, shelf.get(name, look), still)

    @app.websocket("/live")
    async def live(socket: WebSocket) -> None:
        headers = socket.headers
        if names.welcomes(headers.get("host"), headers.getlist("origin")):
            await Visitor(socket, stage, options).serve(stage.hub)
        else:
            await socket.close(1008, "not from a page of this server")

    return app


def _sent(request: Request, served: Served | None, headers: Mapping[str, str]) -> Response:
    if served is None:
        return PlainTextResponse("There is no such thing here.\n", 404)
    told = {**headers, "vary": "accept-encoding"}
    if served.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        told["content-encoding"] = "gzip"
        return Response(served.packed, media_type=served.kind, headers=told)
    return Response(served.body, media_type=served.kind, headers=told)
