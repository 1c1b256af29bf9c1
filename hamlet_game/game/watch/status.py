"""What the watch scene says of itself: chips above the picture and badges in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hamlet_game.game.play.timeofday import time_at
from hamlet_game.game.watch.header import Chip
from hamlet_game.game.watch.pace import spoken

if TYPE_CHECKING:
    from hamlet_game.game.scenes.watch import WatchScene
    from hamlet_game.game.theme import Palette

_STATES = {
    "loading": "Trainer is loading",
    "running": "Learning",
    "paused": "Learner paused",
    "ended": "Training has ended",
    "failed": "Training has failed",
}


def chips(scene: WatchScene, palette: Palette) -> list[Chip]:
    """Return the line above the picture, the most needed first."""
    show, history, state = scene.show, scene.history, scene.desk.state
    found = [Chip(show.level.name, title=True, rank=0)]
    live = state == "running" and scene.cast.pinned is None and not scene.cast.chosen
    icon = "" if live else "clock" if scene.cast.pinned else "brain"
    found.append(Chip(scene.cast.label(history), icon, rank=0, live=live))
    found.append(Chip(f"Town {show.town_seed}", "home", palette.muted, rank=2))
    step = f"Step {show.record.survival} of {show.level.steps}"
    now = time_at(show.level, show.record.survival)
    found.append(Chip(step, "moon" if now.dark else "sun", palette.muted, rank=3))
    found.append(Chip(f"Show {spoken(scene.settings.show_speed)}", "fast", palette.muted, rank=1))
    if state != "none":
        text = "Stopping" if scene.desk.stopping else _STATES[state]
        if state == "running" and history.progress:
            text = f"{text}, {history.progress[-1].steps_per_s:,.0f} steps/s"
        found.append(Chip(text, "brain", palette.muted, rank=2))
    return found


def badges(scene: WatchScene, palette: Palette) -> list[Chip]:
    """Return what must not be overlooked: pauses, who drives, what is imagined."""
    found = []
    if scene.wheel.taken:
        found.append(Chip("You drive: the town waits for you", "wheel", loud=True))
    elif scene.show.frozen:
        found.append(Chip("World paused", "pause"))
    if scene.desk.state == "paused":
        found.append(Chip("Learner paused", "pause"))
    if scene.whatif.on:
        found.append(Chip(scene.whatif.text, "guess", loud=True))
    if scene.cast.pinned is not None:
        moment = scene.cast.pinned.step
        back = scene.services.input.label(scene.newest_command)
        found.append(
            Chip(f"Brain of step {moment:,}: back to the newest with {back}", "clock", loud=True)
        )
    if scene.show.epsilon > 0:
        found.append(Chip(f"As in training: ε {scene.show.epsilon:.2f}", "dice", palette.warn))
    if scene.show.rushing:
        found.append(Chip("On to the end of this life", "end"))
    if not scene.show.life.player.ready:
        found.append(Chip("Planning ahead", "clock"))
    return found
