"""The tools of the watch scene, in groups: world, learner, you, panels, more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from hamlet_game.game.events import Command
from hamlet_game.game.watch.pace import spoken
from hamlet_game.game.watch.tools import Tool, ToolBar, always, never

if TYPE_CHECKING:
    from hamlet_game.game.scenes.watch import WatchScene

PANELS: Final = {  # by its name in the settings: command, icon, whether it is on at first
    "meters": (Command.PANEL_METERS, "heart", True),
    "q": (Command.PANEL_Q, "bars", True),
    "wants": (Command.PANEL_WANTS, "compass", False),
    "curve": (Command.PANEL_CURVE, "curve", True),
    "learner": (Command.PANEL_LEARNER, "gauge", True),
    "curriculum": (Command.PANEL_CURRICULUM, "trophy", True),
    "ticker": (Command.PANEL_TICKER, "list", True),
    "thought": (Command.PANEL_THOUGHT, "thought", True),
}


def deck(scene: WatchScene) -> ToolBar:
    """Return the tools of a scene."""
    show, settings, do = scene.show, scene.settings, scene.controls

    def tool(
        command: Command,
        icon: str | Callable[[], str],
        lit: Callable[[], bool] = never,
        offered: Callable[[], bool] = always,
    ) -> Tool:
        act = partial(do.obey, command)
        return Tool(command.value, icon, act, command=command, lit=lit, offered=offered)

    def trained() -> bool:
        return scene.trained

    world = [
        tool(Command.FREEZE, lambda: "play" if show.frozen else "pause", lit=lambda: show.frozen),
        tool(Command.STEP, "step"),
        tool(Command.EPISODE, "end", lit=lambda: show.rushing),
        tool(Command.SLOWER, "rewind"),
        Tool(
            lambda: f"Show speed {spoken(settings.show_speed)}",
            "fast",
            do.normal_speed,
            word=lambda: spoken(settings.show_speed),
        ),
        tool(Command.FASTER, "fast"),
        tool(Command.NEW_TOWN, "home"),
    ]
    learner = [
        Tool(
            do.learner_words,
            lambda: "play" if scene.desk.state == "paused" else "brain",
            partial(do.obey, Command.LEARNER),
            command=Command.LEARNER,
            lit=lambda: scene.desk.state == "paused",
        ),
        Tool(
            "Stop training",
            "stop",
            do.stop_training,
            usable=lambda: scene.desk.active,
            offered=trained,
        ),
    ]
    you = [
        tool(Command.DRIVE, "wheel", lit=lambda: scene.wheel.taken),
        tool(Command.PREDICT, "guess", lit=lambda: scene.guessing.on),
        Tool(
            lambda: "Explores as in training" if scene.exploring else "Greedy: no random moves",
            "dice",
            do.switch_exploring,
            lit=lambda: scene.exploring,
            offered=trained,
        ),
        Tool(
            lambda: f"Teach it what you drive: {'on' if settings.teach else 'off'}",
            "cap",
            do.switch_teaching,
            lit=lambda: settings.teach,
            offered=trained,
        ),
        Tool(
            "Why did it end?",
            "faint",
            do.why,
            usable=lambda: scene.last_end is not None,
        ),
    ]
    panels = [
        tool(command, icon, partial(scene.shows, name), partial(scene.has, name))
        for name, (command, icon, _) in PANELS.items()
    ]
    more = [
        tool(Command.CHARTS_ONLY, "chart", lambda: scene.charts_only, trained),
        Tool("More", "gear", do.more, command=Command.PAUSE),
    ]
    return ToolBar(scene.services, [world, learner, you, panels, more])
