"""Brain files: safetensors with a JSON header, never anything that runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from hamlet_game import paths
from hamlet_game.files import write_atomic

SUFFIX = ".safetensors"
NAME = "brain" + SUFFIX  # in a folder
FORMAT = 1
MAX_BYTES = 64 * 1024 * 1024
MAX_HEADER = 1024 * 1024
_WHAT = "hamlet brain"
_KEY = "hamlet"  # of the JSON text in the safetensors header


class BrainError(Exception):
    """A brain that can't be used; the message names the file and the remedy."""


def place(path: Path) -> Path:
    """Return the brain's file, given it or its folder."""
    return path / NAME if path.is_dir() else path


def shipped() -> dict[str, Path]:
    """Return the brains that come with the game, by name."""
    return {file.stem: file for file in sorted((paths.assets() / "brains").glob("*" + SUFFIX))}


def write(file: Path, arrays: Mapping[str, NDArray[np.float32]], header: dict[str, Any]) -> None:
    """Write a brain whole or not at all, making its folder if need be. Raises BrainError."""
    text = json.dumps({"what": _WHAT, "format": FORMAT} | header, allow_nan=False)
    content = save(dict(arrays), {_KEY: text})
    try:
        write_atomic(file, content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BrainError(f"{file}: can't be written ({reason}); choose another folder.") from None


def read(file: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Return a brain file's arrays and header, format checked. Raises BrainError."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BrainError(f"{file}: can't be read ({reason}); check the path.") from None
    if len(raw) > MAX_BYTES:
        raise BrainError(f"{file}: too large for a brain; choose a {NAME} file.")
    try:
        arrays = load(raw)
        header = _header(raw)
    except (SafetensorError, ValueError, KeyError, TypeError, RecursionError):
        raise BrainError(
            f"{file}: damaged or not a brain; choose another file or train a new one."
        ) from None
    if header.get("what") != _WHAT:
        raise BrainError(f"{file}: not a Hamlet brain; choose a {NAME} file.")
    if header.get("format") != FORMAT:
        raise BrainError(
            f"{file}: written in format {header.get('format')!r:.20}, this Hamlet reads "
            f"{FORMAT}; use the version that saved it."
        )
    return arrays, header


def _header(raw: bytes) -> dict[str, Any]:
    size = int.from_bytes(raw[:8], "little")
    if size > MAX_HEADER:
        raise ValueError("header too long")
    outer = json.loads(raw[8 : 8 + size])
    text = outer.get("__metadata__", {}).get(_KEY, "{}")
    header = json.loads(text)
    if not isinstance(header, dict):
        raise TypeError("header is no object")
    return header
