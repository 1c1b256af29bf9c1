"""What every scene is handed: settings, scores, sound, input, levels, and a way to say things."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hamlet_game import paths
from hamlet_game.game import storage
from hamlet_game.game.audio import NO_DEVICE, Audio
from hamlet_game.game.desk.desk import TrainingDesk
from hamlet_game.game.input import Input
from hamlet_game.game.par import ParDesk
from hamlet_game.game.scores import Scores
from hamlet_game.game.settings import Settings, load_settings, save_settings
from hamlet_game.game.versus.book import Book

if TYPE_CHECKING:
    from hamlet_game.game.recorder.highlights import Highlight
    from hamlet_game.town.catalog import Catalog


@dataclass
class Services:
    """One object for everything that outlives a scene."""

    settings: Settings
    scores: Scores
    audio: Audio
    input: Input
    catalog: Catalog
    notices: list[str] = field(default_factory=list)  # sentences still to be shown, oldest first
    highlights: list[Highlight] = field(default_factory=list)  # not yet heard by the recorder
    par: ParDesk = field(default_factory=ParDesk)  # what the planner would score in a town
    versus: Book = field(default_factory=Book)  # the races of this session
    training: TrainingDesk = field(default_factory=TrainingDesk)  # the trainer's process
    at_close: list[Callable[[], None]] = field(default_factory=list)  # what the last frame leaves
    _unsaved_told: bool = False

    def notify(self, text: str) -> None:
        """Show a sentence to the user for a few seconds."""
        if text not in self.notices:
            self.notices.append(text)

    def start_sound(self) -> None:
        """Open the sound device. That there is none is said once, until there was one again."""
        self.audio.start()
        missing = self.audio.missing
        if missing == self.settings.silence_told:
            return
        self.settings.silence_told = missing
        if missing:
            self.notify(NO_DEVICE)
        self.save_settings()

    def save_settings(self) -> None:
        """Write the settings; if that fails the game goes on and says so once."""
        try:
            save_settings(self.settings, paths.settings_file())
        except OSError as error:
            if not self._unsaved_told:
                self._unsaved_told = True
                self.notify(f"Settings can't be saved: {storage.reason(error)}.")

    def unlocked(self, level_ids: Sequence[str]) -> set[str]:
        """Return the levels the player may enter, in the order the level map shows them."""
        if self.settings.unlock_all:
            return set(level_ids)
        return self.scores.unlocked(level_ids)


def open_services(catalog: Catalog) -> Services:
    """Read the user's files and set everything up; sound and gamepads start with the window."""
    notices: list[str] = []
    settings = load_settings(paths.settings_file(), notices.append)
    return Services(
        settings=settings,
        scores=Scores(paths.data() / "scores.json", notices.append),
        audio=Audio(settings, notices.append, paths.assets() / "sounds"),
        input=Input(settings, notices.append),
        catalog=catalog,
        notices=notices,
    )
