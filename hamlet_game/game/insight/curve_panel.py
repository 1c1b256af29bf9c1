"""The learning curve: survival and return level by level, and the brains that were kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hamlet_game.game.insight import curve_look
from hamlet_game.game.insight.curve_data import Clock, Curve, Exam, along, gather
from hamlet_game.game.insight.curve_look import Plot
from hamlet_game.game.insight.picture import Picture
from hamlet_game.game.insight.sheet import Sheet, open_sheet, say_nothing_yet
from hamlet_game.game.insight.words import clock as clock_words
from hamlet_game.game.insight.words import level_name, short, signed

if TYPE_CHECKING:
    from hamlet_game.game.desk.history import History
    from hamlet_game.game.draw.painter import Box, Painter, Point
    from hamlet_game.training.events import BrainUpdated

_GROWS = 24  # the x axis grows in this many parts of its length
_REACH = 40.0  # canvas units around the plot in which a click still picks


class CurvePanel:
    """Draws a history's curve; knows which moment was picked.

    `point` is where the pointer hovers, if it does; `clock` is what runs along the axis.
    """

    def __init__(self, history: History, clock: Clock = "steps") -> None:
        self.history, self.clock = history, clock
        self.point: Point | None = None
        self.picked: BrainUpdated | None = None  # None: the newest brain is meant
        self._picture = Picture()
        self._curve: Curve | None = None
        self._seen: tuple[object, ...] = ()
        self._plot: Plot | None = None

    def draw(self, painter: Painter, box: Box) -> None:
        """Draw the panel. A few blits as long as nothing has changed."""
        sheet = open_sheet(painter, box, "Learning curve", "flag", rows=5, note=self._note())
        if not self.history.levels_begun or not (self.history.evaluations or self.history.brains):
            self._plot = None
            soon = "The first exam comes soon: the curve starts there."
            unbegun = "The curve begins as soon as training does."
            say_nothing_yet(sheet, soon if self.history.levels else unbegun)
            return
        curve = self._gathered()
        plot = self._plot = curve_look.layout(sheet, curve, self._end(curve))
        key = (self._seen, plot.end)
        self._picture.draw(
            painter,
            sheet.box.inflate(8, 8),
            key,
            lambda part: curve_look.draw_curve(
                replace(sheet, painter=part), plot, curve, self.clock
            ),
            painter.palette.panel,
        )
        if self.picked is not None:
            curve_look.draw_picked(sheet, plot, along(self.picked, self.clock))
        if self.point is not None and plot.area.inflate(8, 8).collidepoint(self.point):
            self._draw_hover(sheet, plot, curve, self.point[0])

    def pick(self, point: Point) -> BrainUpdated | None:
        """Take the kept brain nearest to a point on the curve, None beside it."""
        plot = self._plot
        if plot is None or not plot.whole.inflate(_REACH, _REACH / 4).collidepoint(point):
            return None
        x = plot.value(point[0])
        brains = self.history.brains
        self.picked = min(brains, key=lambda b: abs(along(b, self.clock) - x), default=None)
        return self.picked

    def shift(self, by: int) -> BrainUpdated | None:
        """Pick a later (1) or earlier (-1) brain than the picked one, as keys do."""
        brains = self.history.brains
        if not brains:
            return None
        at = len(brains) - 1
        if self.picked is not None:
            step = self.picked.step
            at = min(range(len(brains)), key=lambda k: abs(brains[k].step - step))
        self.picked = brains[min(len(brains) - 1, max(0, at + by))]
        return self.picked

    def release(self) -> None:
        """Mean the newest brain again."""
        self.picked = None

    def _note(self) -> str:
        if self.picked is not None:
            return f"brain of step {short(self.picked.step)}"
        history = self.history
        if not history.step:
            return ""
        return f"{short(history.step)} steps, {clock_words(history.seconds)}"

    def _gathered(self) -> Curve:
        h = self.history
        last = h.progress[-1].step if h.progress else 0
        exam = h.evaluations[-1].step if h.evaluations else 0
        seen = (len(h.evaluations), exam, last, len(h.levels_begun), len(h.graduations),
                len(h.brains), h.brains[-1].step if h.brains else 0, self.clock)  # fmt: skip
        if self._curve is None or seen != self._seen:
            self._seen, self._curve = seen, gather(h, self.clock)
        return self._curve

    def _end(self, curve: Curve) -> float:
        """Return where the x axis ends: it grows in jerks, so that the picture can be kept."""
        end, before = max(curve.end, 1e-9), 0.0 if self._plot is None else self._plot.end
        if before * 0.8 <= end <= before:
            return before
        return end * (1 + 1 / _GROWS)

    def _draw_hover(self, sheet: Sheet, plot: Plot, curve: Curve, x: float) -> None:
        exams = curve.exams
        if not exams:
            return
        at = plot.value(x)
        exam = min(exams, key=lambda e: abs(e.x - at))
        curve_look.draw_hover(sheet, plot, exam, hover_words(exam, self.clock))


def hover_words(exam: Exam, clock: Clock) -> str:
    """Return an evaluation's numbers as a line."""
    when = f"step {short(exam.x)}" if clock == "steps" else clock_words(exam.x)
    return (
        f"{level_name(exam.level)}, {when}: {exam.survival:.0f} steps ({100 * exam.share:.0f} %), "
        f"return {signed(exam.total, 1)}, {100 * exam.alive:.0f} % alive"
    )
