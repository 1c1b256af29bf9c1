"""Ways to break a level file, seeded, as a hurried person or a bad disk would."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from hamlet_game import paths
from hamlet_game.town.level_file import LevelError, load_level
from hamlet_game.town.names import Action
from hamlet_game.town.town import Town

TEXTS = [
    "\n".join(
        line.split("  #")[0] for line in file.read_text(encoding="utf-8").splitlines() if line
    )
    for file in sorted(paths.levels().glob("*.yaml"))
]
_CONTENTS = [yaml.safe_load(text) for text in TEXTS]
_SCRAPS = [
    "\t", " ", "  ", ":", ": ", "- ", "[", "]", "{", "}", ",", "'", '"', "#", "&a ", "*a", "!",
    "!!int ", "!!python/object:os.system ", "|", ">", "%", "@", "`", "?", "? ", "---\n", "...\n",
    "\n", "\r", "<<: ",
    "null", "~", "yes", ".nan", ".inf", "-.inf", "-1", "1e400", "0x10", "1_0", "8:20", "2020-13-45",
    "\0", "\x1b", "\ufeff", "\u2028", "é", "🛏", '"\\ud800"', "9" * 30, "energy", "at", "deadly",
]  # fmt: skip
_VALUES: list[Any] = [
    None, True, False, 0, -1, 1, 2, 7.5, 1e300, -0.0, float("nan"), float("inf"), -float("inf"),
    10**40, "", " ", "bed", "energy", "500", "classic", "a\nb", "x" * 500, [], [[]], {}, [1],
    [1, 2], [1, 2, 3], [[1, 1]], [[1, 1], [1, 1]], [[-1, 0]], [[63, 63]], [64, 64], [2, 2], [2, 3],
    {"energy": 5}, {"a": {"b": {"c": {}}}}, {5: 1}, {None: 1}, "survival > 1", ["survival > 1"],
    [["survival > 1"]] * 3,
]  # fmt: skip


def broken_text(draw: random.Random) -> bytes:
    """Return a shipped level with one to four slips of the pen."""
    text = draw.choice(TEXTS)
    for _ in range(draw.randint(1, 4)):
        text = draw.choice(_SLIPS)(draw, text)
    raw = text.encode("utf-8", "surrogatepass")
    if draw.random() < 0.05:  # a bad disk
        spot = draw.randrange(len(raw) + 1)
        raw = raw[:spot] + draw.randbytes(draw.randint(1, 8)) + raw[spot + draw.randint(0, 8) :]
    return raw


def _scrap(draw: random.Random, text: str) -> str:
    spot = draw.randrange(len(text) + 1)
    return text[:spot] + draw.choice(_SCRAPS) + text[spot + draw.randint(0, 3) :]


def _cut(draw: random.Random, text: str) -> str:
    return text[: draw.randrange(len(text) + 1)]


def _lines(
    change: Callable[[random.Random, list[str]], None],
) -> Callable[[random.Random, str], str]:
    def slip(draw: random.Random, text: str) -> str:
        lines = text.split("\n")
        change(draw, lines)
        return "\n".join(lines)

    return slip


def _repeat_line(draw: random.Random, lines: list[str]) -> None:
    lines.insert(draw.randrange(len(lines) + 1), draw.choice(lines))


def _drop_line(draw: random.Random, lines: list[str]) -> None:
    lines.pop(draw.randrange(len(lines)))


def _indent_line(draw: random.Random, lines: list[str]) -> None:
    spot = draw.randrange(len(lines))
    lines[spot] = draw.choice([" ", "  ", "\t"]) + lines[spot]


def _outdent_line(draw: random.Random, lines: list[str]) -> None:
    spot = draw.randrange(len(lines))
    lines[spot] = lines[spot].lstrip()


def _transpose_letters(draw: random.Random, text: str) -> str:
    spot = draw.randrange(max(len(text) - 1, 1))
    return text[:spot] + text[spot : spot + 2][::-1] + text[spot + 2 :]


_SLIPS = [
    _scrap,
    _scrap,
    _scrap,
    _transpose_letters,
    _transpose_letters,
    _cut,
    *map(_lines, (_repeat_line, _drop_line, _indent_line, _outdent_line)),
]


def broken_structure(draw: random.Random) -> bytes:
    """Return a shipped level with one to three values replaced, moved, renamed or removed."""
    content = copy.deepcopy(draw.choice(_CONTENTS))
    for _ in range(draw.randint(1, 3)):
        places = list(_places(content))
        if not places:
            break
        holder, key = draw.choice(places)
        change = draw.randrange(4)
        if change == 0 and isinstance(holder, dict):
            del holder[key]
        elif change == 1 and isinstance(holder, dict):
            name = _transpose_letters(draw, str(key)) if draw.random() < 0.7 else key
            holder[draw.choice([name, 5, True, None, "x" * 300])] = holder.pop(key)
        elif change == 2:
            other, name = draw.choice(places)
            holder[key] = copy.deepcopy(other[name])
        else:
            holder[key] = copy.deepcopy(draw.choice(_VALUES))
    return yaml.safe_dump(content, default_flow_style=True, width=1000).encode()


def _places(content: Any) -> Any:
    """Yield every (container, key or index) inside a structure."""
    if isinstance(content, dict | list):
        for key in list(content) if isinstance(content, dict) else range(len(content)):
            yield content, key
            yield from _places(content[key])


def fuzz(folder: Path, broken: Callable[[random.Random], bytes], seeds: range) -> dict[str, int]:
    """Load one broken file per seed; return how many were usable and how many refused.

    A file is answered with a level whose town can be stepped, or with one line
    that names it, and within a second of processor time.
    """
    file, counts = folder / "level.yaml", {"usable": 0, "refused": 0}
    for seed in seeds:
        raw = broken(random.Random(seed))
        file.write_bytes(raw)
        start = time.process_time()
        try:
            level = load_level(file)
        except LevelError as error:
            message = str(error)
            assert message.startswith(f"{file}: "), (seed, message)
            assert message.isprintable(), (seed, message)
            assert message.endswith((".", "?")), (seed, message)
            assert len(message) < len(str(file)) + 400, (seed, message)
            counts["refused"] += 1
        else:
            town = Town(level, [seed, seed + 1])
            for _ in range(3):
                town.step([Action.INTERACT, Action.LEFT])
            counts["usable"] += 1
        assert time.process_time() - start < 1, (seed, raw[:200])
    return counts
