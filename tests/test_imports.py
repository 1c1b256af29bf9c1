"""Who may import whom, and what must stay out of the window's way."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = "hamlet_game"
ROOT = Path(__file__).resolve().parent.parent / PACKAGE

# What of training works without torch: the worker at the window's end, and files of runs.
WINDOW_OF_TRAINING = {
    "training.events",
    "training.worker",
    "training.protocol",
    "training.runs",
    "training.openings",
    "training.checkpoints",
    "training.checkpoint_file",
    "training.players",
    "training.config",
    "training.edition",
    "training.evaluation",
    "learn.config",  # what a wrong configuration raises
}

# What of the window needs no window: who plays, what is trained, what is said and how a town is
# laid out. The browser page shows the same, so it asks the same.
WINDOWLESS = {
    "game.agents",
    "game.desk",
    "game.draw.daylight",
    "game.draw.ground",
    "game.draw.lanes",
    "game.draw.looks",
    "game.draw.scenery",
    "game.insight.curriculum_data",
    "game.insight.curve_data",
    "game.insight.thought_text",
    "game.insight.words",
    "game.play.timeofday",
    "game.watch.cast",
    "game.watch.pace",
    "game.watch.syllabus",
}

# What each part may import of ours, besides itself, `paths` and `files`: see docs/design.md.
ALLOWED: dict[str, set[str]] = {
    "town": set(),
    "brain": {"town"},
    "learn": set(),
    "training": {"town", "brain", "learn", "terminal.drawing", "terminal.town_text"},
    "envs": {"town", "training.seeds"},  # which towns are for training
    "doctor": {"town", "brain", "training.runs", "training.run_lock"},
    "game": {"town", "brain", "doctor.facts", "doctor.libraries", *WINDOW_OF_TRAINING},
    "packaging": set(),
    "spectator": {"town", "brain", *WINDOW_OF_TRAINING, *WINDOWLESS},
    "terminal": {"town", "brain", *WINDOW_OF_TRAINING, *WINDOWLESS},
}
LIGHT = ("town", "brain", "game", "spectator", "terminal")  # must do without the heavy ones
HEAVY = {"torch", "matplotlib", "mlflow", "tensorboard"}
TOWN_NEEDS = {"numpy", "pydantic", "yaml"}  # beyond the standard library


def imports(file: Path, root: Path) -> Iterator[str]:
    """Yield every module that a file imports anywhere, by its full name."""
    package = [root.name, *file.relative_to(root).parent.parts]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in {"import_module", "__import__"}:
                yield str(node.args[0].value)


def within(module: str, part: str) -> bool:
    return module == part or module.startswith(part + ".")


def breaches(root: Path) -> list[str]:
    """Return every import below `root` that crosses a border, as a sentence."""
    found = []
    for file in sorted(root.rglob("*.py")):
        inside = file.relative_to(root)
        part = inside.parts[0] if len(inside.parts) > 1 else ""
        for module in set(imports(file, root)):
            if part in ALLOWED and not _welcome(module, part):
                found.append(f"{inside.as_posix()} must not import {module}")
            if part in LIGHT and module.split(".")[0] in HEAVY:
                found.append(f"{inside.as_posix()} must do without {module}")
    return found


def _welcome(module: str, part: str) -> bool:
    if not within(module, PACKAGE) or module == PACKAGE:
        return True
    name = module.removeprefix(PACKAGE + ".")
    return name == "__version__" or any(
        within(name, other) for other in {part, "paths", "files", *ALLOWED[part]}
    )


def test_nobody_crosses_a_border() -> None:
    assert breaches(ROOT) == []


def test_every_part_has_its_rule() -> None:
    parts = {folder.name for folder in ROOT.iterdir() if (folder / "__init__.py").exists()}
    assert parts <= set(ALLOWED)
    assert {"town", "game"} <= parts


def test_the_rules_need_little() -> None:
    outside = {
        module.split(".")[0]
        for file in (ROOT / "town").rglob("*.py")
        for module in imports(file, ROOT)
    }
    assert outside - set(sys.stdlib_module_names) - {PACKAGE} <= TOWN_NEEDS


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("town/rules.py", "import hamlet_game.game"),
        ("town/rules.py", "from hamlet_game import game"),
        ("town/rules.py", "from ..game import app"),
        ("town/rules.py", "from .. import game"),
        ("town/deep/rules.py", "from ...game.app import App"),
        ("town/rules.py", "def f():\n    from hamlet_game.training import trainer"),
        ("town/rules.py", "import torch.nn"),
        ("game/app.py", "import matplotlib.pyplot as plt"),
        ("game/app.py", "from hamlet_game.learn import dqn"),
        ("game/app.py", "from hamlet_game.training import trainer"),
        ("game/app.py", "from hamlet_game.training.trainer import Trainer"),
        ("game/app.py", "import importlib\nimportlib.import_module('torch')"),
        ("brain/policy.py", "from torch import nn"),
        ("brain/policy.py", "from hamlet_game.learn import networks"),
        ("learn/dqn.py", "from hamlet_game.town import town"),
        ("training/trainer.py", "import hamlet_game.game.app"),
        ("spectator/page.py", "from hamlet_game.learn import dqn"),
        ("spectator/page.py", "from hamlet_game.game.draw.painter import Painter"),
        ("spectator/page.py", "from hamlet_game.training import trainer"),
        ("envs/single.py", "from hamlet_game.training import trainer"),
        ("training/page.py", "from hamlet_game.terminal import watch"),
        ("terminal/watch.py", "from hamlet_game.game.draw.painter import Painter"),
    ],
)
def test_a_wrong_import_is_caught(tmp_path: Path, file: str, line: str) -> None:
    module = tmp_path / PACKAGE / file
    module.parent.mkdir(parents=True)
    module.write_text(line, encoding="utf-8")
    assert any(told.startswith(file) for told in breaches(tmp_path / PACKAGE))


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("town/rules.py", "import numpy\nfrom hamlet_game import paths\nfrom . import names"),
        (
            "game/app.py",
            "from hamlet_game.town.town import Town\nfrom hamlet_game import __version__",
        ),
        ("game/app.py", "from hamlet_game.training.events import EpisodeEnded"),
        ("learn/dqn.py", "import torch\nfrom hamlet_game.learn import base"),
        ("cli.py", "from hamlet_game.game import app\nimport torch"),
    ],
)
def test_a_right_import_is_not(tmp_path: Path, file: str, line: str) -> None:
    module = tmp_path / PACKAGE / file
    module.parent.mkdir(parents=True, exist_ok=True)
    module.write_text(line, encoding="utf-8")
    assert breaches(tmp_path / PACKAGE) == []


@pytest.mark.parametrize(
    ("parts", "module", "without"),
    [
        (("town", "game"), "game.app", HEAVY),
        (("spectator",), "spectator.server", {*HEAVY, "pygame"}),
        (("terminal",), "terminal.watch", {*HEAVY, "pygame"}),
    ],
)
def test_nothing_heavy_is_loaded(parts: tuple[str, ...], module: str, without: set[str]) -> None:
    """Importing every module of a part leaves the heavy libraries where they are."""
    modules = sorted(
        ".".join([PACKAGE, *file.relative_to(ROOT).with_suffix("").parts]).removesuffix(".__init__")
        for part in parts
        for file in (ROOT / part).rglob("*.py")
    )
    assert f"{PACKAGE}.{module}" in modules
    script = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        f"sys.exit(' '.join({without!r} & sys.modules.keys()) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
