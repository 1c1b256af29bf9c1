"""The lab's first page: a slider for every term, what they say, and whom they pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.lab.bench import OWN, STEPS, Workbench
from hamlet_game.game.lab.example import advice
from hamlet_game.game.lab.loop import FARMING, LIVING, draw_loop, loop_height
from hamlet_game.game.lab.page import Page, heading, note, rich
from hamlet_game.game.lab.payroll import payroll
from hamlet_game.game.lab.terms import BY_NAME, ORDER, Term, sentences, signed
from hamlet_game.game.play.blocks import PAD, Block, draw_card, stack
from hamlet_game.game.ui.choice import Choice
from hamlet_game.game.ui.layout import column
from hamlet_game.game.ui.slider import Slider
from hamlet_game.game.ui.widget import BODY, SMALL

if TYPE_CHECKING:
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.game.ui.widget import Widget

_LEFT = 0.5  # of the width, for the sliders
_GAP = 8.0  # between rows
_BETWEEN = 34.0  # sliders and panel; the scrollbar stands there


class WeightSlider(Slider):
    """The slider of one term; 0 is in the middle of its meaning."""

    def __init__(self, term: Term, bench: Workbench) -> None:
        self.term, self._bench = term, bench
        super().__init__(
            term.label,
            float(getattr(bench.weights, term.name)),
            self._move,
            low=term.low,
            high=term.high,
            step=term.step,
            text=signed,
        )
        self.sync()

    def _move(self, value: float) -> None:
        self._bench.set_weight(self.term.name, value)
        self.sync()

    def sync(self) -> None:
        """Show the weight as it is now."""
        self.value = float(getattr(self._bench.weights, self.term.name))
        self.hint = self.term.says(self.value, self._bench.weights.needed_below)


class NeedSlider(Slider):
    """How low a meter must be for its building to count as needed."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        super().__init__(
            "Needed below",
            bench.weights.needed_below,
            self._move,
            low=1,
            high=100,
            step=1,
            text=lambda value: f"{value:g}",
        )
        self.sync()

    def _move(self, value: float) -> None:
        self._bench.set_weight("needed_below", value)
        self.sync()

    def sync(self) -> None:
        """Show the limit as it is now."""
        self.value = self._bench.weights.needed_below
        self.hint = f"“Needed use” pays only while the meter is below {self.value:g}."


class RewardsPage(Page):
    """Sliders at the left, the worked example at the right."""

    name = "Rewards"

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._sliders: list[WeightSlider | NeedSlider] = []
        for term in ORDER:
            self._sliders.append(WeightSlider(term, bench))
            if term.name == "affordance_bonus":
                self._sliders.append(NeedSlider(bench))
        names = [*bench.presets, OWN]
        self._preset = Choice(
            "Start from", names, names.index(bench.preset), self._choose,
            hint="A whole set of weights to start from.",
        )  # fmt: skip
        levels = bench.levels
        self._level = Choice(
            "Level", [level.name for level in levels], levels.index(bench.level), self._turn,
            hint="Where both agents live and learn.",
        )  # fmt: skip
        words = [f"{steps // 1000:,}k steps" for steps in STEPS]
        self._steps = Choice(
            "Train for", words, STEPS.index(bench.steps), self._take_steps,
            hint="More steps show more clearly what the rewards make of an agent.",
        )  # fmt: skip
        self.rows = [self._preset, *self._sliders, self._level, self._steps]

    def _choose(self, index: int) -> None:
        self._bench.take_preset(self._preset.options[index])
        self.refresh()

    def _turn(self, index: int) -> None:
        self._bench.take_level(self._bench.levels[index])

    def _take_steps(self, index: int) -> None:
        self._bench.steps = STEPS[index]

    def refresh(self) -> None:
        """Show weights, level and length as they are, whoever has changed them."""
        bench = self._bench
        for slider in self._sliders:
            slider.sync()
        names = [*bench.presets, *([OWN] if bench.own else [])]
        self._preset.options, self._preset.index = tuple(names), names.index(bench.preset)
        self._level.index = bench.levels.index(bench.level)
        self._steps.index = STEPS.index(bench.steps)

    def view(self, area: pygame.FRect) -> pygame.FRect:
        """Return the left half."""
        return pygame.FRect(area.x, area.y, area.w * _LEFT, area.h)

    def lay_out(self, painter: Painter, view: pygame.FRect) -> None:
        """Stack the rows."""
        column(painter, (view.x, view.y + 4, view.w, 0.0), list(self.rows), gap=_GAP)

    def draw(self, painter: Painter, area: pygame.FRect, focus: Widget | None) -> None:
        """Draw the panel: what the weights say, whom they pay, and a warning."""
        left = area.x + area.w * _LEFT + _BETWEEN
        box = pygame.FRect(left, area.y, area.right - left, area.h)
        draw_card(painter, box)
        inner = box.inflate(-2 * PAD, -2 * PAD)
        blocks = stack(self._blocks(painter, inner, focus))
        blocks.draw(inner)
        used = blocks.height + 12
        spare = pygame.FRect(inner.x, inner.y + used, inner.w, inner.h - used)
        if self._bench.example.done and spare.h >= loop_height(painter):
            told = advice(self._bench.example.pays(self._bench.weights))
            draw_loop(painter, spare, FARMING if told.farming else LIVING)

    def _blocks(self, painter: Painter, inner: pygame.FRect, focus: Widget | None) -> list[Block]:
        """Return as much as there is room for; what all weights say goes first."""
        wide = inner.w
        focused = focus.term.name if isinstance(focus, WeightSlider) else ""
        for size in (BODY, SMALL):
            paid = self._paid(painter, wide, size)
            for words in self._words(painter, wide, focused, size):
                if stack([*words, *paid]).height <= inner.h:
                    return [*words, *paid]
                if size == BODY:
                    break  # rather all of it smaller than some of it large
        for fitting in (paid[1:], self._paid(painter, wide, SMALL, short=True)[1:]):
            if stack(fitting).height <= inner.h:
                return fitting
        return fitting[:1]

    def _paid(
        self, painter: Painter, wide: float, size: float, *, short: bool = False
    ) -> list[Block]:
        """Return the worked example: a row for each script, and what it amounts to."""
        bench = self._bench
        pays = bench.example.pays(bench.weights)
        blocks = [heading(painter, f"What they pay for a life in {bench.level.name}", wide)]
        blocks.append(payroll(painter, pays, bench.level.steps, wide, size))
        if bench.example.done:
            told, colors = advice(pays), painter.palette
            look = ("check", colors.good) if told.good else ("warning", colors.danger)
            blocks.append(note(painter, look, told.short if short else told.text, wide, size))
        return blocks

    def _words(self, painter: Painter, wide: float, focused: str, size: float) -> list[list[Block]]:
        """Return what the weights say, in full and then shorter and shorter."""
        said = sentences(self._bench.weights)
        title = heading(painter, "What these rewards say", wide)
        marks = [f"**{text}**" if term.name == focused else text for term, text in said]
        lines = [
            rich(painter, f"{{{term.icon}}} {mark}", wide, size)
            for (term, _), mark in zip(said, marks, strict=True)
        ] or [rich(painter, "Nothing at all: every weight is 0.", wide, size)]
        spot = BY_NAME.get(focused)
        alone: list[Block] = []
        if spot is not None:
            weights = self._bench.weights
            says = spot.says(float(getattr(weights, focused)), weights.needed_below)
            alone = [rich(painter, f"{{{spot.icon}}} **{says}**", wide, size)]
        return [[title, stack(lines, 4)], [stack(lines, 4)], alone, []]
