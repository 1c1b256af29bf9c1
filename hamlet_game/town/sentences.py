"""One sentence for each way a value can be wrong: key, value and remedy."""

from __future__ import annotations

import datetime as dt
import difflib
import reprlib
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel

_Place = tuple[int | str, ...]

_EXAMPLES = {  # for a key of this name
    "at": "[[1, 1]]",
    "costs": "{money: 5}",
    "gives": "{energy: 50}",
    "grid": "[8, 8]",
    "layout": "random",
    "rewards": "shaped",
    "stars": "[[survival > 40], [survival > 80], [alive >= 1]]",
    "start": "[40, 70]",
    "steps": "500",
}
_THINGS = {
    "buildings": "building",
    "meters": "meter",
    "gives": "meter",
    "costs": "meter",
    "rewards": "reward term",
}
_NEEDS = {  # pydantic's name of a wrong type: what it takes
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a whole number",
    "float_type": "a number",
    "finite_number": "an ordinary number",
    "bool_type": "true or false",
    "string_type": "text; put it in quotes",
    "tuple_type": "a list",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
    "dict_type": "keys and values",
}


_LIMITS = {
    "greater_than_equal": "is too small; it must be at least {ge:g}",
    "less_than_equal": "is too large; it must be at most {le:g}",
    "less_than": "is too large; it must be less than {lt:g}",
    "too_short": "has too few entries",
    "too_long": "has too many entries; at most {max_length} are allowed",
    "string_too_short": "is empty; write something",
    "string_too_long": "is too long; at most {max_length} letters are allowed",
}


def first_sentence(model: type[BaseModel], problems: Sequence[Mapping[str, Any]]) -> str:
    """Return the most telling of pydantic's problems as a sentence.

    An unknown key comes first: it is the typing slip behind a missing one.
    """
    unknown = [problem for problem in problems if problem["type"] == "extra_forbidden"]
    return _sentence(model, (unknown or problems)[0])


def _sentence(model: type[BaseModel], problem: Mapping[str, Any]) -> str:
    place, value, kind = problem["loc"], problem["input"], problem["type"]
    key, shown = spell(place), brief(value)
    if kind == "extra_forbidden":
        thing = _THINGS.get(str(place[-2]), "key") if len(place) > 1 else "key"
        return f"{key}: no such {thing}. {meant(place[-1], _known_keys(model, place[:-1]))}"
    if kind == "invalid_key":
        return f"{key}: keys must be words; put it in quotes."
    if kind == "value_error":
        reason = str(problem["ctx"]["error"])
        if not reason.endswith(("?", ".")):
            reason += "."
        in_list = bool(place) and isinstance(place[-1], int)
        section = isinstance(value, dict | BaseModel) and not in_list  # too much to repeat
        return ": ".join(part for part in (key, "" if section else shown, reason) if part)
    if kind == "missing":
        if isinstance(place[-1], int):  # the second number of a pair
            return f"{spell(place[:-1])}: {shown} has too few entries{_example(place)}."
        return f"{key}: missing; add it{_example(place)}."
    requirement = _requirement(problem, place)
    return f"{key}: {shown} {requirement}{'' if requirement.endswith('?') else '.'}"


def _requirement(problem: Mapping[str, Any], place: _Place) -> str:
    """Return what a value of a known key must be."""
    kind, ctx = problem["type"], problem.get("ctx", {})
    if problem["input"] is None:
        return f"won't do; write a value{_example(place)}"
    if kind in _NEEDS:
        return f"must be {_NEEDS[kind]}{_example(place)}"
    if kind in _LIMITS:
        return _LIMITS[kind].format(**ctx) + _example(place)
    if kind == "literal_error":
        expected = str(ctx["expected"])
        known = expected.replace("'", " ").split()
        guess = difflib.get_close_matches(str(problem["input"]).lower()[:80], known, 1)
        end = f". Did you mean '{guess[0]}'?" if guess else ""
        return f"won't do; it must be {expected}{end}"
    message = str(problem["msg"])
    return f"won't do; {message[0].lower()}{message[1:]}"


def _example(place: _Place) -> str:
    """Return an example for the key at `place`, where its name alone says enough."""
    name = next((part for part in reversed(place) if isinstance(part, str)), "")
    at_home = place == ("start",)  # where a life begins, not how full a meter is
    example = "{near: bed, within: 8}" if at_home else _EXAMPLES.get(name)
    return f", for example '{name}: {example}'" if example else ""


def spell(place: _Place) -> str:
    """Return a key's place as written in messages, such as `stars[0][1]`."""
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += "." + (part if len(part) <= 60 else part[:59] + "…")
    return text.removeprefix(".")


def _known_keys(model: type[BaseModel], place: _Place) -> list[str]:
    """Return the keys allowed at `place` inside `model`."""
    here: object = model
    for part in place:
        here = _inner(here)
        if isinstance(here, type) and issubclass(here, BaseModel) and part in here.model_fields:
            here = here.model_fields[str(part)].annotation
    here = _inner(here)
    if isinstance(here, type) and issubclass(here, BaseModel):
        return [name for name in here.model_fields if name != "id"]
    return []


def _inner(annotation: object) -> object:
    """Strip `X | None` down to the model X."""
    if get_origin(annotation) in (types.UnionType, typing.Union):
        return next((a for a in get_args(annotation) if a is not type(None)), annotation)
    return annotation


def meant(name: object, known: Iterable[str]) -> str:
    """Return "Did you mean …?", or all there is where nothing comes close."""
    known = list(known)
    close = closest(name, known)
    return f"Did you mean '{close}'?" if close else f"Known: {', '.join(known)}."


def closest(name: object, known: Iterable[str]) -> str | None:
    """Return what a misspelt name was probably meant to be, None where nothing comes close."""
    return next(
        iter(difflib.get_close_matches(str(name).lower()[:80], list(known), 1, cutoff=0.5)), None
    )


class _Short(reprlib.Repr):
    """Short representations, in YAML's spelling of lists and booleans."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring, self.maxlong, self.maxother, self.maxlevel = 60, 30, 60, 2

    def repr_tuple(self, x: tuple[Any, ...], level: int) -> str:
        return self.repr_list(list(x), level)

    def repr_NoneType(self, x: None, level: int) -> str:  # noqa: N802, ARG002
        return "null"

    def repr_date(self, x: dt.date, level: int) -> str:  # noqa: ARG002
        return x.isoformat()

    repr_datetime = repr_date

    def repr_bool(self, x: bool, level: int) -> str:  # noqa: ARG002
        return str(x).lower()


_short = _Short()


def brief(value: object) -> str:
    """Return a value as one short line, whatever it is."""
    try:
        text = _short.repr(value)
    except (ValueError, RecursionError):  # integers too long to print, endless nesting
        text = f"a {type(value).__name__}"
    return text if len(text) <= 120 else text[:117] + "…"


def one_line(text: str) -> str:
    """Return text with every character that can't be printed written as an escape."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
