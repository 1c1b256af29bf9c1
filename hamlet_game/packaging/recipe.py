"""What goes into the executable and what stays out. `build_exe.spec` asks; PyInstaller does.

Of a folder built without any of this, three fifths are never opened. What looks just as
useless but is not: torch's `torch_shm_manager`, `testing._internal`, `_dynamo`, sympy and
`unittest` (importing torch imports them), sources that torch reads of itself, and
matplotlib's font of last resort.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Final

from hamlet_game.packaging import licenses

EDITION: Final = "HAMLET_EDITION"  # the environment variable by which the spec is told
EDITIONS: Final = ("full", "player")

_NEVER: Final = (  # found through somebody's optional import, of no use to the game
    "hamlet_game.packaging",
    *("PyInstaller", "pip", "setuptools", "wheel", "pkg_resources", "_distutils_hack"),
    *("pytest", "_pytest", "hypothesis", "coverage", "mypy", "ruff", "xdist", "execnet"),
    *("IPython", "jupyter", "notebook", "tkinter", "_tkinter", "turtle", "idlelib", "lib2to3"),
    *("pandas", "scipy", "sklearn", "pyarrow", "numba", "cv2", "numpy.f2py.tests", "numpy.tests"),
    *("mlflow", "tensorboard", "ray", "gymnasium", "pettingzoo", "stable_baselines3"),
    *("torchvision", "torchaudio", "triton", "onnx", "onnxscript", "psutil", "cryptography"),
    *("pygame.tests", "pygame.examples", "pygame.docs", "PIL.ImageTk", "PIL.ImageQt"),
    *("PIL._avif", "PIL._webp", "PIL._imagingcms", "PIL._imagingft"),  # GIF and PNG is all
    *("aiohttp", "multidict", "yarl", "requests", "urllib3", "charset_normalizer", "certifi"),
    *("readline", "dill", "flask", "werkzeug", "huey", "gunicorn", "docutils", "sphinx"),
    *("imageio_ffmpeg", "grpc", "google", "opentelemetry.sdk", "docker", "sqlalchemy", "alembic"),
)
_TO_TRAIN: Final = (  # what playing needs nothing of
    *("torch", "torchgen", "functorch", "sympy", "mpmath", "networkx", "jinja2", "fsspec"),
    *("matplotlib", "mpl_toolkits", "contourpy", "fontTools", "kiwisolver", "pyparsing"),
)
_DROPPED: Final = (  # files, by their places in the folder
    *("torch/test/*", "torch/include/*", "torch/share/*", "torch/bin/*", "torch/*.pyi"),
    *("torch/lib/*_test.*", "torch/lib/*.a", "torch/lib/*.lib", "torch/*.cpp", "torch/*.h"),
    *("torch/lib/libaoti_custom_ops.*", "torch/lib/libbackend_with_compiler.*"),
    *("torch/*.py", "functorch/*.py", "torchgen/*"),
    *("matplotlib/mpl-data/sample_data/*", "matplotlib/mpl-data/images/*"),
    *("matplotlib/mpl-data/fonts/*", "matplotlib/mpl-data/plot_directive/*"),
    *("pygame/examples/*", "pygame/tests/*", "pygame/docs/*", "pygame/*.pyi"),
    "pygame/freesansbold.ttf",  # we bring our own fonts
)
_KEPT: Final = (  # of what is dropped
    "torch/bin/torch_shm_manager*",
    "torch/bin/*.dll",
    "matplotlib/mpl-data/fonts/ttf/LastResort*",
    "matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf",  # what matplotlib falls back to
    "torch/*/config.py",  # these torch reads of itself when it is imported
    "torch/*/_config.py",
    "torch/functional.py",
    "torch/nn/functional.py",
    "torch/nn/modules/*.py",
    "torch/_library/*.py",
    "torch/_native/*.py",
    "torch/utils/_debug_mode/*.py",
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """One edition: "full", or "player", which trains nothing."""

    edition: str
    root: Path  # of the checkout

    def __post_init__(self) -> None:
        """Raise ValueError for an edition that there is not."""
        if self.edition not in EDITIONS:
            raise ValueError(f"{EDITION}={self.edition}: write {' or '.join(EDITIONS)}")

    @property
    def title(self) -> str:
        """Return the name people see."""
        return "Hamlet" if self.edition == "full" else "Hamlet Player"

    @property
    def folder(self) -> str:
        """Return the name of the application's folder."""
        return self.title.lower().replace(" ", "-")

    @property
    def excluded(self) -> list[str]:
        """Return modules that are left out."""
        return [*_NEVER, *(_TO_TRAIN if self.edition == "player" else ())]

    def datas(self) -> list[tuple[str, str]]:
        """Return files and the folders they go to."""
        ours = [
            *_files(self.root / "assets", "assets"),
            *_files(self.root / "levels", "levels"),
            *_files(self.root / "hamlet_game", "hamlet_game"),
            (self.root / "LICENSE", "."),
        ]
        texts = licenses.of_everything("hamlet-game", without=self.excluded)
        return [(str(file), place) for file, place in (*ours, *texts)]

    def keeps(self, place: str) -> bool:
        """Return whether a file belongs into the folder, at this place relative to it."""
        name = PurePosixPath(*Path(place).parts).as_posix()
        if any(fnmatchcase(name, pattern) for pattern in _KEPT):
            return True
        return not any(fnmatchcase(name, pattern) for pattern in _DROPPED)


def _files(folder: Path, place: str) -> Iterator[tuple[Path, str]]:
    """Yield what is not code: scripts that made the assets and hidden files stay out, too."""
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.is_file() and not hidden and file.suffix not in {".py", ".pyc"}:
            yield (
                file,
                (PurePosixPath(place) / file.parent.relative_to(folder).as_posix()).as_posix(),
            )
