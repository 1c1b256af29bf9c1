"""The curriculum as a road with a station for every level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.insight.curriculum_data import Mark, Road, Station, road
from hamlet_game.game.insight.sheet import (
    INSET,
    Sheet,
    kept_sheet,
    letter_size,
    open_sheet,
    say_nothing_yet,
)
from hamlet_game.game.insight.words import clock, number, short
from hamlet_game.game.theme import darker, mix
from hamlet_game.game.ui.meter import draw_progress

if TYPE_CHECKING:
    from hamlet_game.game.desk.history import History
    from hamlet_game.game.draw.painter import Box, Painter
    from hamlet_game.town.catalog import Catalog

_NAMES = {
    "survival": "Survival",
    "return": "Return",
    "alive": "Alive",
    "score": "Score",
    "par": "Of par",
}
_SHARES = ("alive", "par")
_APART = 6.0  # between two stations' names
_SMALLEST = 0.66  # of the text size, for a name
_ROWS = 5.0  # lines that it would like to have


def draw_curriculum(painter: Painter, box: Box, history: History, catalog: Catalog) -> None:
    """Draw the levels that are done, the one that is trained, and those to come."""
    h = history
    last = h.evaluations[-1].step if h.evaluations else None
    key = (id(h), h.levels, h.level, last, len(h.evaluations), len(h.graduations), h.ended is None)
    kept_sheet(painter, box, key, lambda part: _draw(part, box, history, catalog))


def _draw(painter: Painter, box: Box, history: History, catalog: Catalog) -> None:
    if not history.levels:
        sheet = open_sheet(painter, box, "Curriculum", "flag", rows=3, card=False)
        say_nothing_yet(sheet, "The road begins as soon as training does.")
        return
    way = road(history, catalog)
    current = next((s.name for s in way.stations if s.state == "now"), "Curriculum")
    named = _is_roomy(painter, box, way)
    title = "Curriculum" if named else current
    sheet = open_sheet(
        painter,
        box,
        title,
        "flag",
        rows=_ROWS,
        note=eta_words(way),
        brief=eta_brief(way),
        card=False,
    )
    lines = len(way.marks) + 1 + (not sheet.noted)  # and the passes, perhaps the estimate
    spare = sheet.box.h - lines * sheet.line * 1.05
    roomy = spare > sheet.line * 6.5  # larger stations, and a word on what the level teaches
    wished = (4.4 if roomy else 3.4) if named else (2.9 if roomy else 2.1)
    tall = max(sheet.line * (2.2 if named else 1.5), min(sheet.line * wished, spare))
    track = pygame.FRect(sheet.box.x, sheet.box.y, sheet.box.w, min(tall, sheet.box.h))
    _draw_road(sheet, track, way, named=named)
    rest = pygame.FRect(track.x, track.bottom, track.w, sheet.box.bottom - track.bottom)
    _draw_current(sheet, rest, way)


def _is_roomy(painter: Painter, box: Box, way: Road) -> bool:
    """Return whether the stations' names fit below the road."""
    em = letter_size(painter, box, _ROWS + 1.4)
    lines = (box[3] - 2 * INSET) / (em * 1.38) - 1.4
    each = (box[2] - 2 * INSET) / len(way.stations) - _APART
    widest = max(
        painter.measure(station.name, em, font="bold", fixed=True)[0] for station in way.stations
    )
    return lines >= (len(way.marks) + 1) * 1.05 + 2.2 and widest * _SMALLEST <= each


def eta_words(way: Road) -> str:
    """Return when the next graduation is to be expected."""
    if way.finished:
        return "all mastered"
    if way.ended:
        return "training has ended"
    if way.eta_s is None:
        return "time to go: unknown"
    goal = "finish" if way.graduated else "graduation"
    return f"{goal} in about {clock(way.eta_s)}"


def eta_brief(way: Road) -> str:
    """Return the time to go in few letters, where it is known."""
    return "" if way.ended or way.eta_s is None else f"in about {clock(way.eta_s)}"


def mark_words(mark: Mark) -> str:
    """Return a condition of the pass mark against where the agent is: '31.2, mark > 40'."""
    condition = mark.condition
    than = ">" if condition.strict else "≥"
    share = condition.measure in _SHARES
    goal = f"{100 * condition.value:g} %" if share else f"{condition.value:g}"
    if mark.value is None:
        return f"no exam yet, mark {than} {goal}"
    now = f"{100 * mark.value:.0f} %" if share else number(mark.value, 1)
    return f"{now}, mark {than} {goal}"


def _draw_road(sheet: Sheet, box: pygame.FRect, way: Road, *, named: bool) -> None:
    painter, colors, count = sheet.painter, sheet.painter.palette, len(way.stations)
    widest = max(sheet.width(station.name, bold=True) for station in way.stations)
    size = min(0.94, (box.w / count - _APART) / widest)
    detailed = box.h >= sheet.line * 3.1
    radius = min(sheet.em * 0.95, box.h * 0.5)
    if box.h > sheet.line * (4 if named else 2.5):
        radius *= 1.5
    y = box.y + radius + 1
    each = box.w / count
    places = [box.x + each * (k + 0.5) for k in range(count)]
    painter.line((places[0], y), (places[-1], y), colors.track, width=8)
    done = sum(station.state == "done" for station in way.stations)
    if done:
        end = places[min(done, count - 1)]
        painter.line((places[0], y), (end, y), mix(colors.good, colors.panel, 0.25), width=5)
    for k, (station, x) in enumerate(zip(way.stations, places, strict=True)):
        _draw_station(sheet, station, (x, y), radius, k + 1)
        if not named:
            continue
        ink = colors.muted if station.state == "ahead" else colors.text
        at = (x, y + radius + sheet.line * 0.55)
        is_now = station.state == "now"
        sheet.write(station.name, at, ink, anchor="center", bold=is_now, size=size)
        if detailed:
            below = (x, at[1] + sheet.line * 0.9)
            sheet.write(_about(station), below, colors.muted, anchor="center", size=min(size, 0.82))


def _about(station: Station) -> str:
    if station.state == "done":
        return f"{clock(station.seconds)}, {short(station.step)}" if station.step else "passed by"
    return "in training" if station.state == "now" else "to come"


def _draw_station(
    sheet: Sheet, station: Station, at: tuple[float, float], radius: float, count: int
) -> None:
    painter, colors = sheet.painter, sheet.painter.palette
    if station.state == "now":
        painter.circle(at, radius * 1.38, (*colors.accent, 60))
        painter.circle(at, radius * 1.18, (*colors.accent, 80))
    fill = {"done": colors.good, "now": colors.accent, "ahead": colors.panel_raised}[station.state]
    painter.circle(at, radius, colors.panel)
    painter.circle(at, radius * 0.9, fill)
    if station.state == "done":
        x, y, r = *at, radius * 0.42
        check = [(x - r, y), (x - r * 0.2, y + r * 0.75), (x + r, y - r * 0.7)]
        painter.lines(check, darker(colors.good, 0.72), width=max(2.0, radius * 0.2))
    else:
        ink = colors.accent_text if station.state == "now" else colors.muted
        painter.text(str(count), at, radius * 1.1, ink, anchor="center", font="display", fixed=True)


def _draw_current(sheet: Sheet, box: pygame.FRect, way: Road) -> None:
    """Draw how far the current level's marks are, and the passes in a row."""
    if way.finished:
        if box.h >= sheet.line:
            ink = sheet.painter.palette.good
            sheet.write("Every level is graduated.", box.center, ink, anchor="center", bold=True)
        return
    rows = min(len(way.marks) + 1, int((box.h + 3) / sheet.line))
    if rows < 1:
        return
    if not sheet.noted and box.h >= (len(way.marks) + 2) * sheet.line:
        at = (box.x, box.y + sheet.line * 0.5)
        ink = sheet.painter.palette.muted
        sheet.write(eta_words(way).capitalize(), at, ink, fit=box.w)
        box = pygame.FRect(box.x, box.y + sheet.line, box.w, box.h - sheet.line)
    high = min(box.h / rows, sheet.line * 1.4)
    _draw_lesson(sheet, pygame.FRect(box.x, box.y + rows * high, box.w, box.h - rows * high), way)
    shown = way.marks[: rows - 1] if rows > len(way.marks) else way.marks[:rows]
    for index, mark in enumerate(shown):
        _draw_mark(sheet, pygame.FRect(box.x, box.y + index * high, box.w, high), mark)
    if rows > len(shown):
        _draw_passes(sheet, pygame.FRect(box.x, box.y + len(shown) * high, box.w, high), way)


def _draw_lesson(sheet: Sheet, box: pygame.FRect, way: Road) -> None:
    """Write what the current level teaches, if there is room for all of it."""
    painter, colors = sheet.painter, sheet.painter.palette
    left = box.x + sheet.em * 1.5
    wrap = box.right - left
    high = painter.measure(way.teaches, sheet.em * 0.94, wrap=wrap, fixed=True)[1]
    if not way.teaches or high + sheet.em > box.h:
        return
    top = box.bottom - high
    painter.line(
        (box.x, top - sheet.em * 0.5), (box.right, top - sheet.em * 0.5), colors.panel_edge
    )
    sheet.icon("help", (box.x + sheet.em * 0.5, top + high / 2), 1.2)
    painter.text(way.teaches, (left, top), sheet.em * 0.94, colors.muted, wrap=wrap, fixed=True)


def _draw_mark(sheet: Sheet, box: pygame.FRect, mark: Mark) -> None:
    colors, middle = sheet.painter.palette, box.centery
    name = _NAMES.get(mark.condition.measure, mark.condition.measure)
    names = max(sheet.width(n, bold=True) for n in _NAMES.values()) + sheet.em * 0.6
    sheet.write(name, (box.x, middle), colors.text, bold=True)
    met = mark.share >= 1
    words = mark_words(mark)
    written = sheet.write(words, (box.right, middle), colors.good if met else colors.text,
                          anchor="midright", fit=box.w - names)  # fmt: skip
    left, right = box.x + names, written.left - sheet.em * 0.7
    if right - left > sheet.em * 1.5:
        bar = (left, middle - sheet.em * 0.34, right - left, sheet.em * 0.68)
        color = colors.good if met else colors.accent
        draw_progress(sheet.painter, bar, mark.share, color)


def _draw_passes(sheet: Sheet, box: pygame.FRect, way: Road) -> None:
    colors, middle = sheet.painter.palette, box.centery
    words = f"Exams passed in a row: {way.passes} of {way.needed}"
    wide = sheet.width(words) + way.needed * sheet.em * 1.15
    at = (box.x, middle)
    written = sheet.write(words, at, colors.muted, fit=box.w)
    if wide + sheet.em > box.w or way.needed > 8:
        return
    for k in range(way.needed):
        center = (written.right + sheet.em * (0.9 + 1.15 * k), middle)
        if k < way.passes:
            sheet.icon("star_full", center, 1.15)
        else:
            sheet.icon("star_empty", center, 1.15)
