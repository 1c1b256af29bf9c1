"""What each command does in the watch scene."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from hamlet_game.game import keepsakes
from hamlet_game.game.events import Command, Press
from hamlet_game.game.scene import Push, Transition
from hamlet_game.game.scenes import routes
from hamlet_game.game.scenes.confirm import ConfirmScene
from hamlet_game.game.watch import pace
from hamlet_game.game.watch.deck import PANELS
from hamlet_game.game.watch.show import next_town

if TYPE_CHECKING:
    from hamlet_game.game.scenes.watch import WatchScene

Act = Callable[[], "Transition | None"]
_STOP = ("Stop the training?", "It saves a checkpoint and can be gone on with later.")
_UNTRAINED = "Nothing is being trained here."
_NOTHING = "Nothing has happened yet: there is nothing to save."


class Controls:
    """Carries commands out on a scene."""

    def __init__(self, scene: WatchScene) -> None:
        self._scene = scene
        self._table: dict[Command, Act] = {
            Command.FREEZE: self._freeze,
            Command.STEP: self._step_once,
            Command.EPISODE: self._rush,
            Command.SLOWER: lambda: self._change_speed(-1),
            Command.FASTER: lambda: self._change_speed(1),
            Command.NEW_TOWN: lambda: scene.begin(next_town(scene.show.town_seed)),
            Command.RESTART: lambda: scene.begin(scene.show.town_seed),
            Command.LEARNER: self._learner,
            Command.DRIVE: self._latch,
            Command.PREDICT: scene.joining.switch_guessing,
            Command.CHARTS_ONLY: self._switch_charts,
            Command.HELP: lambda: Push(routes.how_it_works(scene.services)),
            Command.SAVE_REPLAY: self.save_replay,
            Command.BACK: self._back,
            Command.PAUSE: self.more,
            **{command: partial(self._toggle, name) for name, (command, _, _) in PANELS.items()},
        }

    def obey(self, command: Command) -> Transition | None:
        """Carry out a command."""
        return self._table[command]()

    def press(self, press: Press) -> Transition | None:
        """Carry out the first command that a press means."""
        found = next((command for command in self._table if press.means(command)), None)
        return self.obey(found) if found else None

    # The world.
    def _freeze(self) -> None:
        self._scene.show.frozen = not self._scene.show.frozen

    def _step_once(self) -> None:
        scene = self._scene
        scene.show.frozen = True
        if not scene.joining.waits and scene.show.whole:
            scene.step()

    def _rush(self) -> None:
        show = self._scene.show
        if not show.over:
            show.rushing, show.frozen = not show.rushing, False
            self._scene.guessing.go_on()

    def _change_speed(self, by: int) -> None:
        settings = self._scene.settings
        settings.show_speed = pace.next_speed(settings.show_speed, by)
        self._scene.services.save_settings()

    def normal_speed(self) -> None:
        """Show at the normal speed again."""
        self._scene.settings.show_speed = 1.0
        self._scene.services.save_settings()

    # The learner.
    def learner_words(self) -> str:
        """Say what the learner's button does now."""
        words = {"running": "Pause the learner", "paused": "Let the learner go on"}
        return words.get(self._scene.desk.state, "Train")

    def _learner(self) -> Transition | None:
        scene = self._scene
        match scene.desk.state:
            case "running":
                scene.desk.pause()
            case "paused":
                scene.desk.go()
            case "loading":
                scene.services.notify("The trainer is still loading.")
            case _:
                return Push(routes.training_start(scene.services))
        return None

    def stop_training(self) -> Transition | None:
        """Ask, then end the training with a checkpoint."""
        desk = self._scene.desk
        if not desk.active:
            return None
        question = ConfirmScene(
            self._scene.services,
            *_STOP,
            yes="Stop",
            no="Keep training",
            on_yes=desk.stop,
            danger=False,
        )
        return Push(question)

    # What is shown.
    def _toggle(self, panel: str) -> None:
        scene = self._scene
        if not scene.has(panel):
            scene.services.notify(_UNTRAINED)
            return
        scene.settings.panels = {**scene.settings.panels, panel: not scene.shows(panel)}
        scene.services.save_settings()

    def _switch_charts(self) -> None:
        scene = self._scene
        if not scene.trained:
            scene.services.notify(_UNTRAINED)
            return
        scene.charts_only = not scene.charts_only
        scene.joining.hand_back()
        scene.whatif.forget()

    def switch_exploring(self) -> None:
        """Let the shown agent explore as the trainer does, or play its best."""
        self._scene.exploring = not self._scene.exploring

    def switch_teaching(self) -> None:
        """Let what a person drives go into the agent's memory, or not."""
        self._scene.settings.teach = not self._scene.settings.teach
        self._scene.services.save_settings()

    # Joining in, and the ways out.
    def _latch(self) -> None:
        if self._scene.charts_only:
            self._scene.services.notify("There is nobody to drive just now.")
        else:
            self._scene.joining.latch()

    def _back(self) -> Transition | None:
        if self._scene.cast.pinned is not None:
            self._scene.show_moment(None)
            return None
        return self.more()

    def more(self) -> Transition:
        """Open the menu of everything else."""
        self._scene.joining.hand_back()
        return Push(routes.watch_menu(self._scene.services, self._scene))

    def why(self) -> Transition | None:
        """Open the card that says why the last life ended."""
        end = self._scene.last_end
        return None if end is None else Push(routes.death(self._scene.services, *end))

    def save_replay(self) -> None:
        """Keep the shown life as a replay file."""
        scene = self._scene
        if scene.show.record.survival:
            keepsakes.save(scene.services, scene.show.record)
        else:
            scene.services.notify(_NOTHING)
