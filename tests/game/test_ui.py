"""The UI kit: focus in space, presses, capture, scrolling, layouts at every text size."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pygame
import pytest

from hamlet_game.game.draw.painter import Painter
from hamlet_game.game.events import Command, Pointer, PointerKind, Press, Typed
from hamlet_game.game.scene import Pop, Transition
from hamlet_game.game.theme import STANDARD
from hamlet_game.game.ui import chart, chart_labels, layout, meter, richtext
from hamlet_game.game.ui.button import Button
from hamlet_game.game.ui.choice import Choice
from hamlet_game.game.ui.form import Form
from hamlet_game.game.ui.keybind import KeyBind
from hamlet_game.game.ui.slider import Slider
from hamlet_game.game.ui.tabs import Tabs
from hamlet_game.game.ui.textfield import TextField
from hamlet_game.game.ui.toggle import Toggle
from hamlet_game.game.ui.widget import Widget

CONFIRM, BACK = Command.CONFIRM, Command.BACK
UP, DOWN, LEFT, RIGHT = Command.UP, Command.DOWN, Command.LEFT, Command.RIGHT


def painter(text_scale: float = 1.0) -> Painter:
    return Painter(pygame.Surface((1280, 720)), text_scale=text_scale)


def press(*commands: Command, key: int | None = None, button: int | None = None) -> Press:
    return Press(frozenset(commands), key=key, button=button)


def click(x: float, y: float, kind: PointerKind = PointerKind.DOWN, held: bool = True) -> Pointer:
    return Pointer(kind, x, y, held=held)


def nothing(*_: object) -> None:
    """Be a callback that asks for nothing."""


def buttons(count: int) -> list[Button]:
    return [Button(f"Button {k}", nothing) for k in range(count)]


def every_widget() -> list[Widget]:
    """Return one of each, with the words that the game has."""
    return [
        Tabs(["Sound", "Look", "Keys"], 0, nothing),
        Button("Race my ghost", nothing, icon="ghost"),
        Toggle("Reduced motion", False, nothing),
        Choice("Palette", ["Standard", "Colour-blind"], 0, nothing),
        Slider("Music volume", 0.5, nothing),
        KeyBind("Use / wait", lambda: ["Space", "E"], nothing, nothing),
        TextField("Town number", "12", nothing, digits_only=True, max_length=6),
        richtext.Label("**Bed** costs [money:$5] {money}"),
    ]


# Focus.
def test_directions_move_to_the_nearest_and_wrap() -> None:
    grid = buttons(6)
    layout.grid(painter(), (0, 0, 600, 400), grid, columns=3)
    form = Form(grid)
    for direction, expected in [(RIGHT, 1), (DOWN, 4), (LEFT, 3), (UP, 0), (LEFT, 2), (UP, 5)]:
        form.handle(press(direction))
        assert form.focus is grid[expected], (direction, expected)
    assert form.unreachable() == []


def test_a_widget_that_keeps_left_and_right_can_hide_its_neighbour() -> None:
    slider, button = Slider("Volume", 0.5, nothing), Button("Mute", nothing)
    layout.row(painter(), (0, 0, 800, 50), [slider, button])
    assert Form([slider, button]).unreachable() == []  # UP and DOWN wrap round to it
    layout.column(painter(), (0, 0, 400, 400), [slider, button])
    assert Form([slider, button]).unreachable() == []


def test_disabled_widgets_are_skipped_unless_they_say_why() -> None:
    first, dead, locked = buttons(3)
    dead.enabled = locked.enabled = False
    locked.hint = "Finish level 1 first."
    layout.column(painter(), (0, 0, 300, 400), [first, dead, locked])
    cues: list[str] = []
    form = Form([first, dead, locked], on_cue=cues.append)
    form.handle(press(DOWN))
    assert form.focus is locked
    assert form.hint == "Finish level 1 first."
    assert form.handle(press(CONFIRM)) is None
    assert cues == ["move", "denied"]


def test_presses_back_and_clicks_return_transitions() -> None:
    pop = Pop()
    first, second = Button("A", lambda: None), Button("B", lambda: pop)
    layout.column(painter(), (0, 0, 300, 400), [first, second])
    form = Form([first, second], on_back=lambda: Pop(2), default=second)
    assert form.handle(press(CONFIRM)) is pop
    assert form.handle(press(Command.INTERACT)) is pop
    assert form.handle(press(BACK)) == Pop(2)
    form.handle(click(*first.box.center, kind=PointerKind.MOVE, held=False))
    assert form.focus is first
    assert form.handle(click(*second.box.center)) is pop
    assert form.handle(Press(frozenset({CONFIRM}), repeat=True)) is None
    assert form.handle(click(900, 700)) is None


# Widgets.
def test_slider_steps_stops_at_its_ends_and_follows_the_pointer() -> None:
    heard: list[float] = []
    slider = Slider("Volume", 0.9, heard.append)
    p = painter()
    layout.column(p, (0, 0, 600, 100), [slider])
    form = Form([slider])
    form.draw(p)
    for _ in range(4):
        form.handle(press(RIGHT))
    assert heard == [0.95, 1.0]
    form.handle(click(slider.part.left + 12, 20))
    assert slider.value == 0.0
    form.handle(click(1000, 20, PointerKind.MOVE))
    assert slider.value == 1.0
    form.handle(click(1000, 20, PointerKind.UP, held=False))
    form.handle(click(30, 20))  # on its name
    form.handle(click(40, 20, PointerKind.MOVE))
    assert slider.value == 1.0


def test_choice_goes_round_and_toggle_gives_up_the_other_direction() -> None:
    heard: list[object] = []
    choice = Choice("Tempo", ["step", "live", "auto"], 0, heard.append)
    toggle = Toggle("Fullscreen", False, heard.append)
    layout.column(painter(), (0, 0, 600, 200), [choice, toggle])
    form = Form([choice, toggle])
    form.handle(press(LEFT))
    form.handle(press(CONFIRM))
    assert heard == [2, 0]
    form.focus_on(toggle)
    form.handle(press(LEFT))  # already off
    form.handle(press(RIGHT))
    assert heard == [2, 0, True]


def test_keybind_reports_the_raw_key_or_button_and_back_cancels() -> None:
    heard: list[tuple[int | None, int | None]] = []

    def bind(event: Press) -> Transition | None:
        heard.append((event.key, event.button))
        return None

    cleared: list[bool] = []
    widget = KeyBind("Up", lambda: ["W"], bind, lambda: cleared.append(True))
    layout.column(painter(), (0, 0, 700, 60), [widget])
    form = Form([widget], on_back=Pop)
    form.handle(press(CONFIRM, key=13))
    assert form.capturing
    form.handle(Press(frozenset({CONFIRM}), repeat=True, key=13))  # still held down
    form.handle(press(UP, key=107))
    form.handle(press(CONFIRM))
    form.handle(press(CONFIRM, button=3))
    form.handle(press(CONFIRM))
    assert form.handle(press(BACK, key=27)) is None  # cancels, does not leave
    assert heard == [(107, None), (None, 3)]
    form.handle(press(RIGHT))
    form.handle(press(CONFIRM))
    assert cleared == [True]


def editor(text: str, submitted: list[str]) -> tuple[Form, TextField]:
    field = TextField("Town", text, submitted.append, digits_only=True, max_length=4)
    layout.column(painter(), (0, 0, 700, 60), [field])
    form = Form([field], on_back=Pop)
    form.handle(press(CONFIRM))
    return form, field


def test_text_is_typed_edited_and_submitted() -> None:
    submitted: list[str] = []
    form, field = editor("7", submitted)
    for typed in ("1", "x", "23", "4"):
        form.handle(Typed(typed))
    form.handle(press(LEFT, key=ord("a")))  # a letter key is text, not a direction
    assert (field.text, field.cursor) == ("7123", 4)
    form.handle(press(BACK, key=pygame.K_BACKSPACE))
    assert field.text == "712"
    form.handle(press(CONFIRM, key=13))
    assert submitted == ["712"]
    assert not form.capturing


def test_a_gamepad_dials_digits_and_removes_them() -> None:
    submitted: list[str] = []
    form, field = editor("5", submitted)
    form.handle(press(UP))  # the empty slot after the 5
    assert field.text == "50"
    for _ in range(3):
        form.handle(press(UP))
    assert field.text == "53"
    for _ in range(4):
        form.handle(press(DOWN))  # 3 → 2 → 1 → 0 → blank
    assert field.text == "5"
    form.handle(press(BACK, button=1))
    assert (field.text, submitted, form.capturing) == ("5", [], False)


def test_clicking_elsewhere_ends_editing() -> None:
    form, field = editor("5", [])
    form.handle(Typed("9"))
    form.handle(click(1000, 600))
    assert (field.text, form.capturing) == ("5", False)


def test_tabs_turn_by_shoulder_from_anywhere() -> None:
    heard: list[int] = []
    tabs = Tabs(["a", "b", "c"], 0, heard.append)
    assert tabs.turn(press(Command.SLOWER))
    assert tabs.turn(press(Command.FASTER))
    assert not tabs.turn(press(CONFIRM))
    assert heard == [2, 0]


# Scrolling.
def test_focus_scrolls_into_view_and_clicks_follow_the_scroll() -> None:
    pressed: list[int] = []
    items = [Button(f"{k}", lambda k=k: pressed.append(k)) for k in range(20)]  # type: ignore[misc]
    back = Button("Back", nothing, pinned=True)
    p = painter()
    view = pygame.FRect(100, 100, 400, 400)
    layout.column(p, view, items)
    layout.column(p, (100, 600, 400, 60), [back])
    form = Form([*items, back], view=view)
    form.draw(p)
    assert form.unreachable() == []
    for _ in range(19):
        form.handle(press(DOWN))
    assert form.focus is items[19]
    shown = items[19].box.move(0, -form.scroller.offset)
    assert view.contains(shown)
    form.handle(click(*shown.center))
    assert pressed == [19]
    form.handle(press(DOWN))
    assert form.focus is back
    form.handle(Pointer(PointerKind.WHEEL, 300, 300, wheel=100))
    assert form.scroller.offset == 0
    hidden = items[10].box.center  # laid out below the view
    assert hidden[1] > view.bottom
    form.handle(click(*hidden))
    assert pressed == [19]


# Layout.
@pytest.mark.parametrize("text_scale", [0.75, 1.0, 1.5, 2.0])
def test_layouts_never_overlap_and_stay_wide_enough(text_scale: float) -> None:
    p = painter(text_scale)
    for place in (layout.column, layout.row):
        widgets = every_widget()
        place(p, (40, 40, 900, 600), widgets)
        for one, other in combinations(widgets, 2):
            assert not one.box.colliderect(other.box)
        assert all(w.box.left >= 39.9 and w.box.right <= 940.1 for w in widgets)
    widgets = every_widget()
    layout.column(p, (40, 40, 900, 600), widgets)
    for widget in widgets:
        wide, high = widget.preferred(p)
        assert wide <= 900
        assert widget.box.h == pytest.approx(high, abs=0.001)
        assert not widget.focusable or high >= 44
    form = Form(widgets)
    form.draw(p)
    assert form.unreachable() == []


def test_row_alignment() -> None:
    p, pair = painter(), buttons(2)
    whole = layout.row(p, (0, 0, 800, 50), pair, align="right")
    assert whole.right == pytest.approx(800)
    assert pair[1].box.right == pytest.approx(800)
    assert layout.row(p, (0, 0, 800, 50), pair).w == pytest.approx(800)


def test_a_label_in_a_narrow_column_is_as_tall_as_its_lines() -> None:
    p = painter()
    words = richtext.Label("The last bed was a hundred and fifty-one steps ago")
    after = Button("Again", nothing)
    layout.column(p, (0, 0, 150, 400), [words, after])
    assert words.box.h > 2.5 * p.line_height(words.size)
    assert after.box.top >= words.box.bottom


# Rich text.
def test_markup_becomes_pieces() -> None:
    bold, space, gain, icon, star = richtext.parse("**Bed** [good:+50]{energy}*")
    assert (bold.text, bold.bold) == ("Bed", True)
    assert space.text == " "
    assert (gain.text, gain.color, gain.bold) == ("+50", "good", False)
    assert (icon.text, icon.icon) == ("energy", True)
    assert (star.text, star.color) == ("*", "")
    assert [piece.text for piece in richtext.parse("a [b] c")][2:5] == ["[", "b", "]"]


def test_rich_text_wraps_between_words_and_keeps_marks_with_them() -> None:
    p = painter()
    laid = richtext.lay_out(p, "**Fridge**: +45 satiation, and then some more", 20, wrap=160)
    assert len(laid.widths) > 1
    assert max(laid.widths) <= 160
    lines = {piece.text: line for piece, _, line in laid.placed}
    assert lines["Fridge"] == lines[":"] == 0


# Meters and the chart.
def test_meter_is_critical_below_its_threshold_only() -> None:
    look = meter.MeterLook("Energy", "energy", STANDARD.energy, 19.9)
    assert look.critical
    assert not meter.MeterLook("Energy", "energy", STANDARD.energy, 20.0).critical
    assert not meter.MeterLook("Money", "money", STANDARD.money, 0, threshold=None).critical


def column_of(p: Painter, color: Sequence[int], y: int) -> np.ndarray:
    return np.flatnonzero((pygame.surfarray.array3d(p.surface)[:, y] == color).all(axis=1))


def test_a_meter_is_filled_to_its_share() -> None:
    p = painter()
    meter.draw_progress(p, (100, 100, 404, 24), 0.25, STANDARD.energy)
    filled = column_of(p, STANDARD.energy, 112)
    assert filled.min() == pytest.approx(102, abs=1)  # its round end
    assert filled.max() == pytest.approx(201, abs=1)


def test_reduced_motion_stands_still() -> None:
    pictures = []
    for now in (0.0, 0.3):
        p = Painter(pygame.Surface((1280, 720)), reduced_motion=True)
        p.now = now
        look = meter.MeterLook("Energy", "energy", STANDARD.energy, 5.0)
        meter.draw_meter(p, (100, 100, 400, meter.meter_height(p)), look)
        pictures.append(pygame.image.tobytes(p.surface, "RGB"))
    assert pictures[0] == pictures[1]


def test_chart_puts_values_where_they_belong() -> None:
    p = painter()
    line = chart.Series("Energy", "energy", STANDARD.energy, [50.0] * 101)
    area = chart.draw_chart(p, (100, 100, 800, 400), [line], x_max=100)
    drawn = column_of(p, STANDARD.energy, round(area.centery))
    assert drawn.min() == pytest.approx(area.left, abs=2)
    assert drawn.max() >= area.right - 3


def test_chart_grows_for_values_above_its_range() -> None:
    area = pygame.FRect(0, 0, 100, 100)
    plot = chart.Plot(area, 10.0, 0.0, 200.0)
    assert plot.y(150) == 25
    assert plot.x(5) == 50


@pytest.mark.parametrize(
    ("span", "most", "step"), [(100, 5, 20), (500, 5, 100), (50, 10, 5), (1, 4, 0.5)]
)
def test_axis_steps_are_round_numbers(span: float, most: int, step: float) -> None:
    assert chart.nice_step(span, most) == pytest.approx(step)


def test_labels_are_spread_apart_within_bounds() -> None:
    assert chart_labels.spread([10, 12, 50], 10, 0, 100) == [10, 20, 50]
    assert chart_labels.spread([95, 98, 99], 10, 0, 100) == [80, 90, 100]
