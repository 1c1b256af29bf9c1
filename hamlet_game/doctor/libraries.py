"""The libraries Hamlet is made with: which there are, and in which versions. Loads none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, version
from importlib.util import find_spec
from typing import Final

PROJECT: Final = "hamlet-game"
_BOUND: Final = re.compile(r"(>=|<)\s*(\d+(?:\.\d+)*)")


@dataclass(frozen=True, slots=True)
class Library:
    """One library, by the name it is installed and the one it is imported by."""

    name: str
    module: str
    licence: str
    url: str
    what: str  # does for Hamlet
    extra: str = ""  # it comes with `hamlet-game[extra]` only
    wanted: str = ""  # versions, as in pyproject.toml

    @property
    def there(self) -> bool:
        """Return whether it is installed."""
        try:
            return find_spec(self.module) is not None
        except (ImportError, ValueError):  # half installed: a parent that can't be loaded
            return False

    @property
    def version(self) -> str:
        """Return its version; "" where it is missing or does not say."""
        try:
            return version(self.name) if self.there else ""
        except PackageNotFoundError:  # in an executable
            return ""

    @property
    def fits(self) -> bool:
        """Return whether its version is one that Hamlet asks for; unknown ones are."""
        have = numbers(self.version)
        bounds = [(sign, numbers(bound)) for sign, bound in _BOUND.findall(self.wanted)]
        return not have or all(have >= at if sign == ">=" else have < at for sign, at in bounds)


def numbers(text: str) -> tuple[int, ...]:
    """Return the leading numbers of a version: "2.13.0+cpu" is (2, 13, 0)."""
    found = re.match(r"\d+(\.\d+)*", text)
    return tuple(map(int, found.group().split("."))) if found else ()


# In the order of pyproject.toml, which a test holds them to.
LIBRARIES: Final = (
    Library("matplotlib", "matplotlib", "Matplotlib (BSD style)", "matplotlib.org",
            "figures of reports", wanted=">=3.8"),
    Library("numpy", "numpy", "BSD 3-Clause", "numpy.org",
            "the town and the brains at play", wanted=">=1.26"),
    Library("pillow", "PIL", "MIT-CMU", "python-pillow.github.io",
            "GIFs", wanted=">=10.3"),
    Library("platformdirs", "platformdirs", "MIT", "github.com/tox-dev/platformdirs",
            "where your files go", wanted=">=4.2"),
    Library("pydantic", "pydantic", "MIT", "docs.pydantic.dev",
            "checks levels and settings", wanted=">=2.7"),
    Library("pygame-ce", "pygame", "LGPL 2.1", "pyga.me",
            "window, sound, gamepads (with SDL)", wanted=">=2.5.2"),
    Library("pyyaml", "yaml", "MIT", "pyyaml.org",
            "reads levels and settings", wanted=">=6.0"),
    Library("rich", "rich", "MIT", "github.com/Textualize/rich",
            "the terminal's progress", wanted=">=13.7"),
    Library("safetensors", "safetensors", "Apache 2.0", "github.com/huggingface/safetensors",
            "brains on disk", wanted=">=0.4.3"),
    Library("torch", "torch", "BSD 3-Clause", "pytorch.org",
            "training", wanted=">=2.13,<2.14"),
    Library("typer", "typer", "MIT", "typer.tiangolo.com",
            "the command line", wanted=">=0.12"),
)  # fmt: skip

# What `pip install "hamlet-game[EXTRA]"` brings: the module to look for, by its name.
EXTRAS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "tracking": (("tensorboard", "tensorboard"), ("mlflow", "mlflow")),
    "web": (("fastapi", "fastapi"), ("uvicorn", "uvicorn"), ("websockets", "websockets")),
    "envs": (("gymnasium", "gymnasium"), ("pettingzoo", "pettingzoo")),
    "video": (("imageio-ffmpeg", "imageio_ffmpeg"),),
    "cluster": (("ray", "ray"),),
}
FOR: Final = {
    "tracking": "TensorBoard and MLflow",
    "web": "the browser page",
    "envs": "Gymnasium and PettingZoo",
    "video": "MP4 clips",
    "cluster": "training on several machines",
}


def installed(name: str) -> bool:
    """Return whether a distribution is installed, by its own record."""
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def missing_of(extra: str) -> Iterator[str]:
    """Yield what an extra would bring that is not here."""
    for name, module in EXTRAS[extra]:
        if not Library(name, module, "", "", "").there:
            yield name
