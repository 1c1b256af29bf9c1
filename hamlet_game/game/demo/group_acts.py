"""Acts with several lives side by side on one clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from hamlet_game.game.agents import roster
from hamlet_game.game.agents.players import PlanPlayer, Player
from hamlet_game.game.demo.about import About, draw_about
from hamlet_game.game.demo.act import Act, House
from hamlet_game.game.demo.curtain import draw_veil
from hamlet_game.game.demo.lettering import Caption, draw_chip, draw_ground, draw_plate, fitted
from hamlet_game.game.demo.show import Show
from hamlet_game.game.demo.words import practice

if TYPE_CHECKING:
    from hamlet_game.game.demo.layout import Layout
    from hamlet_game.game.demo.life_act import Pace
    from hamlet_game.game.draw.painter import Painter
    from hamlet_game.town.level import Level

AFTER_S = 6.0  # seconds that the last end is shown
PATIENCE_S = 20.0  # with a planner that was asked long before
_NEWS_S = 1.5  # that an end is news
_RIVALS = ("sensible", roster.PLANNER)  # in turn, from one telling to the next


class GroupAct(Act):
    """A few lives that begin at the same moment."""

    chapter, title = "", ""
    pace: Pace = ((0.0, 1.0), (6.0, 2.0), (12.0, 4.0), (22.0, 8.0))

    def __init__(self, house: House, level: Level, lives: list[tuple[int, Player]]) -> None:
        super().__init__(house)
        self.level = level
        self.shows = [Show(level, town, player) for town, player in lives]
        self.caption = Caption()

    @property
    def over(self) -> bool:
        """Return whether the last end has been seen."""
        return min(show.rest for show in self.shows) > AFTER_S

    def update(self, dt: float) -> None:
        """Let all live on; who is a step ahead waits for the others."""
        super().update(dt)
        speed = [speed for start, speed in self.pace if self.age >= start][-1]
        behind = min((show.step for show in self.shows if not show.life.over), default=0)
        for show in self.shows:
            ahead = show.step - behind
            show.speed = speed if ahead <= 1 or show.life.over else speed * 0.5 ** min(ahead - 1, 4)
            show.update(dt, self.house.palette, _silence)
        self.caption.update(dt)
        self.tell()

    def tell(self) -> None:
        """Say what is to be seen now: each end."""
        for show in self.shows:
            if not show.life.over or show.rest > _NEWS_S:
                continue
            if show.record.last.timed_out:
                self.caption.say(f"{show.player.name} is alive after {show.step} steps.", 2)
            else:
                self.caption.say(f"{show.player.name}: over after {show.step} steps.", 1)

    def about(self, show: Show) -> tuple[str, str]:
        """Return who plays a life, and a word about them."""
        return show.player.name, ""

    def outcome(self, show: Show) -> tuple[str, str]:
        """Return how a life goes: a number, and of what."""
        return f"{show.step}", f"of {self.level.steps} steps"

    def draw(self, painter: Painter, layout: Layout) -> None:
        """Draw the heading, the towns with their cards, and the caption."""
        spots = layout.several(len(self.shows))
        for show, spot in zip(self.shows, spots, strict=True):
            if layout.feed.picture:
                show.draw(painter, spot.town, camera=False)
                if show.life.over and show.record.last.died:
                    draw_veil(painter, spot.town, 0.43 * min(1.0, show.rest / 1.2))
            if layout.feed.panels:
                about = About(*self.about(show), *self.outcome(show))
                draw_about(painter, spot.card, show, about)
        if layout.feed.panels:
            self._draw_heading(painter, layout)

    def _draw_heading(self, painter: Painter, layout: Layout) -> None:
        head, colors = layout.head, painter.palette
        draw_ground(painter, head, layout)
        chip = draw_chip(painter, head.topleft, self.chapter, head.w)
        room = pygame.FRect(head.x, chip.bottom + 6, head.w, head.bottom - chip.bottom - 6)
        fitted(painter, self.title, room, 40, colors.text, font="display")
        foot = layout.foot
        draw_plate(painter, foot)
        self.caption.draw(painter, foot.inflate(-32, -10), 24, align="center")


class LivesAct(GroupAct):
    """Lives kept from one training, as they were."""

    chapter, title = "2  THE TRAINING", "One training: three of its lives, and mastery"

    def __init__(self, house: House) -> None:
        self._lives = house.cast.lives
        lives = [(life.replay.town_seed, life.player()) for life in self._lives]
        super().__init__(house, house.full, lives)
        self.caption.say("Recorded while it learned: every one in a town it had never seen.")

    def about(self, show: Show) -> tuple[str, str]:
        """Return which life it is, and the practice before it."""
        life = self._lives[self.shows.index(show)]
        return life.name, f"after {practice(life.step).removesuffix(' of practice')}"


class AgesAct(GroupAct):
    """Three ages of one network."""

    chapter, title = "6  BEFORE AND AFTER", "One network, three ages, the same town"

    def __init__(self, house: House) -> None:
        cast = house.cast
        self._members = [cast.newborn, cast.half_way(house.full), cast.master]
        town = house.town(4)
        super().__init__(house, house.full, [(town, member.player) for member in self._members])
        self.caption.say("Same houses, same start, same clock. Only the practice differs.")

    def about(self, show: Show) -> tuple[str, str]:
        """Return the name and the practice behind it."""
        member = self._members[self.shows.index(show)]
        return member.name, practice(member.step)


class VersusAct(GroupAct):
    """The master against rules that a person wrote, or against the planner that knows the rules."""

    chapter = "7  THE RACE"

    def __init__(self, house: House) -> None:
        rival = roster.player(_RIVALS[house.round % len(_RIVALS)])
        self._plans = rival if isinstance(rival, PlanPlayer) else None
        self._waited = 0.0  # seconds for the planner
        town = house.town(5)
        super().__init__(house, house.last, [(town, rival), (town, house.cast.master.player)])
        self.title = f"{rival.name} against {house.cast.master.name}"
        self.caption.say(rival.detail if self._plans else _WRITTEN)

    def prepare(self) -> None:
        """Let the planner search."""
        if self._plans is not None:
            self._plans.prepare(0.002)

    def update(self, dt: float) -> None:
        """Begin once the planner knows its way."""
        if self._plans is not None and not self._plans.ready:
            self._plans.prepare()
            self._waited += dt
            return
        super().update(dt)

    @property
    def over(self) -> bool:
        """Return whether the race has been seen, or can't begin."""
        return self._waited > PATIENCE_S or super().over

    def outcome(self, show: Show) -> tuple[str, str]:
        """Return the points so far."""
        return f"{show.record.last.points:.0f}", "points"

    def tell(self) -> None:
        """Tell who is ahead, and in the end who won."""
        one, other = self.shows
        mine, theirs = other.record.last.points, one.record.last.points
        names = (other.player.name, one.player.name)
        ahead, behind = names if mine >= theirs else names[::-1]
        gap = abs(mine - theirs)
        if one.over and other.over:
            self.caption.say(f"{ahead} wins by {gap:.0f} points.", 3)
        elif self.age > 6 and gap >= 1:
            self.caption.say(f"{ahead} is ahead of {behind}.", 1)


_WRITTEN = "At the left sensible rules that a person wrote. At the right the network that learned."


def _silence(_: object) -> None:
    """Play nothing: three lives at once would be noise."""
