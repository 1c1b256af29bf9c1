"""The help pages on learning. Every number is read from the brain or its preset, or counted."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hamlet_game.game.agents.roster import RosterError
from hamlet_game.game.demo.cast import load_cast
from hamlet_game.game.scenes.help_lessons import Exploration, Memory, Rewards, Values
from hamlet_game.game.scenes.help_mind import Mind
from hamlet_game.game.scenes.help_network import NetworkPicture
from hamlet_game.game.scenes.help_page import Page
from hamlet_game.game.scenes.help_stages import Stages
from hamlet_game.training.config import load_config

if TYPE_CHECKING:
    from hamlet_game.town.level import Level

_TOWN = 12
_BEGINNER = "02_clean_start"  # who has never been hungry yet: not all goes well
_SMALL = 1_000  # of numbers; more are told in thousands


@cache
def settings() -> dict[str, Any]:
    """Return how the default preset learns."""
    return load_config("default").algorithm_settings().model_dump()


def learning_pages(level: Level) -> list[Page]:
    """Return the pages in order; without those whose brains can't be read."""
    try:
        return [*_agent_pages(level), *_stage_pages(level), *_network_pages(level)]
    except RosterError:
        return []


def _agent_pages(level: Level) -> list[Page]:
    """Return what an agent thinks, is told, tries and remembers. Raises RosterError."""
    mind, used = Mind(level, _TOWN), settings()
    epsilon, discount = used["epsilon"], used["discount"]
    return [
        Page(
            "What is it thinking?",
            "The agent knows a number for each action: **how much reward it expects from here "
            "on** if it does that. These are its **Q-values**.\n\n"
            "It does what has the highest one. These are the numbers of our master, right now.",
            Values(mind),
        ),
        Page(
            "Reward: all it is told",
            "After each step it gets one number: good or bad. Nobody tells it what to do. The one "
            "here has much to learn.\n\n"
            "It learns to collect as much as it can **from now on**; what comes a step later "
            f"counts **{discount:g}** times as much.",
            Rewards(Mind(level, _TOWN, _BEGINNER)),
        ),
        Page(
            "First, anything goes",
            f"Who tries nothing new learns nothing. At first a share of **ε = {epsilon['start']:g}"
            f"** of its moves is random: all of them. After {epsilon['over']:,} steps it is "
            f"**{epsilon['end']:g}**, one in {1 / epsilon['end']:.0f}.\n\n"
            "Here the same is done in half a minute.",
            Exploration(Mind(level, _TOWN + 1), epsilon["start"], epsilon["end"]),
        ),
        Page(
            "It learns from memories",
            "It keeps each step: what it saw, did, got, and saw next. The last "
            f"**{used['capacity']:,}** of them.\n\nEach lesson is **{used['batch']}** drawn by "
            "lot, old and new, so that one bad night does not spoil what it knows.",
            Memory(mind, used["batch"], used["capacity"]),
        ),
    ]


def _stage_pages(level: Level) -> list[Page]:
    """Return how it climbs the levels."""
    try:
        cast = load_cast()
    except RosterError:  # of all brains one may be damaged
        return []
    return [
        Page(
            "One need at a time",
            "Thrown into the whole town at once, it wanders and dies. So it plays the levels as "
            "you do, and moves up when it has **earned the star**.\n\n"
            f"These are its brains after each level, in **{level.name}**.",
            Stages(cast, level),
        ),
    ]


def _network_pages(level: Level) -> list[Page]:
    """Return what there is inside. Raises RosterError."""
    mind = Mind(level, _TOWN)
    brain, steps = mind.brain, mind.brain.training.get("step", 0)
    return [
        Page(
            "No language model in here",
            f"All it knows is **{brain.size:,} numbers**, {brain.size * 4 / _SMALL:,.0f} KB. "
            f"{brain.architecture.inputs} numbers come in: meters, and where things are. "
            f"{brain.architecture.actions} come out: the Q-values.\n\nIt has never read a word. "
            f"Its {steps:,} steps of practice were all in towns like this.",
            NetworkPicture(mind),
        ),
    ]
