"""Every test has a home of its own and needs neither screen nor sound."""

import os
from pathlib import Path

import pytest

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"
os.environ.setdefault("OMP_NUM_THREADS", "1")  # as the program does, before NumPy is loaded


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the user's files into a new folder, which does not exist yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("HAMLET_HOME", str(folder))
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")  # importing pettingzoo changes it
    return folder
