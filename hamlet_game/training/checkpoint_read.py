"""Reads checkpoints, which may come from a stranger: verified first, bounded, nothing run."""

from __future__ import annotations

import hashlib
import json
import math
import os
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from hamlet_game.training.checkpoint_file import (
    DTYPES,
    FORMAT,
    MAX_BYTES,
    MAX_HEADER,
    NO_DIGEST,
    START,
    Checkpoint,
    CheckpointError,
    Manifest,
)
from hamlet_game.training.tree import Array, put_together

_BLOCK = 2**20  # bytes hashed at a time, so that a damaged file costs no memory
_MAX_DIMS = 8


def read(file: Path) -> Checkpoint:
    """Return a checkpoint whose digest, table and manifest are right. Raises CheckpointError."""
    try:
        with _open(file) as stream:
            raw = _verified_header(file, stream)
            manifest, tree, table = _parsed(raw)
            size = os.fstat(stream.fileno()).st_size - 8 - len(raw)
            shapes = _checked(table, size)
            stream.seek(8 + len(raw))
            arrays = {name: _read_array(stream, *shape) for name, shape in shapes.items()}
            return Checkpoint(file, manifest, put_together(tree, arrays))
    except OSError as error:
        raise _unreadable(file, error) from None
    except MemoryError:
        raise CheckpointError(file, "needs more memory than there is; free some.") from None
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        raise _damaged(file) from None


def peek(file: Path) -> Manifest:
    """Return what a checkpoint says about itself, unverified. Raises CheckpointError."""
    try:
        with _open(file) as stream:
            return _parsed(_raw_header(file, stream))[0]
    except OSError as error:
        raise _unreadable(file, error) from None
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        raise _damaged(file) from None


def is_checkpoint(file: Path) -> bool:
    """Return whether a file starts like a checkpoint."""
    try:
        with _open(file) as stream:
            return bool(START.match(stream.read(8 + 200)[8:]))
    except (OSError, CheckpointError):
        return False


def _open(file: Path) -> BinaryIO:
    if file.exists() and not file.is_file():  # a pipe would wait for ever
        raise CheckpointError(file, "not a file; choose a checkpoint.")
    return file.open("rb")


def _unreadable(file: Path, error: OSError) -> CheckpointError:
    reason = (error.strerror or type(error).__name__).lower()
    return CheckpointError(file, f"can't be read ({reason}); check the path.")


def _damaged(file: Path) -> CheckpointError:
    return CheckpointError(file, "damaged; delete it, an older one is used.")


def _raw_header(file: Path, stream: BinaryIO) -> bytes:
    """Return the header's bytes, its start and format checked."""
    whole = os.fstat(stream.fileno()).st_size
    if whole > MAX_BYTES:
        raise CheckpointError(file, f"larger than {MAX_BYTES:,} bytes; no checkpoint is.")
    size = int.from_bytes(stream.read(8), "little")
    if size > min(MAX_HEADER, whole - 8):
        raise _not_ours(file, stream.read(200))
    raw = stream.read(size)
    start = START.match(raw)
    if not start:
        raise _not_ours(file, raw)
    if (theirs := start[1].decode()) != str(FORMAT):
        raise CheckpointError(
            file,
            f"written in format {theirs}, this Hamlet reads {FORMAT}; "
            "use the version that saved it.",
        )
    return raw


def _not_ours(file: Path, start: bytes) -> CheckpointError:
    if START.match(start):
        return _damaged(file)
    return CheckpointError(file, "not a Hamlet checkpoint, or damaged; choose another file.")


def _verified_header(file: Path, stream: BinaryIO) -> bytes:
    """Return the header of a file whose digest is right; in constant memory but for the header."""
    raw = _raw_header(file, stream)
    start = START.match(raw)
    theirs = start[2] if start else b""
    digest = hashlib.sha256(raw.replace(theirs, NO_DIGEST.encode(), 1))
    while block := stream.read(_BLOCK):
        digest.update(block)
    if digest.hexdigest().encode() != theirs:
        raise CheckpointError(
            file, "damaged (its SHA-256 differs); delete it, an older one is used."
        )
    return raw


def _parsed(raw: bytes) -> tuple[Manifest, Any, dict[str, Any]]:
    """Return manifest, tree and table of arrays. Raises ValueError and the like."""
    table = json.loads(raw)
    told = json.loads(table.pop("__metadata__")["manifest"])
    kind, step, metric, metadata = (told[key] for key in ("kind", "step", "metric", "metadata"))
    if not isinstance(kind, str) or type(step) is not int or not isinstance(metadata, dict):
        raise ValueError("the manifest is wrong")
    if metric is not None and not math.isfinite(metric):
        raise ValueError("the metric is wrong")
    return Manifest(kind, step, metric, metadata), told["tree"], table


def _checked(table: dict[str, Any], size: int) -> dict[str, tuple[np.dtype[Any], list[int]]]:
    """Return dtype and shape of each array, which together fill `size` bytes exactly."""
    shapes, expected = {}, 0
    for name, entry in table.items():
        dtype, shape = np.dtype(DTYPES[entry["dtype"]]), entry["shape"]
        if len(shape) > _MAX_DIMS or any(type(side) is not int or side < 0 for side in shape):
            raise ValueError("a shape is wrong")
        end = expected + math.prod(shape) * dtype.itemsize
        if entry["data_offsets"] != [expected, end]:
            raise ValueError("an array has the wrong place")
        shapes[name], expected = (dtype, shape), end
    if expected != size:
        raise ValueError("bytes are missing or left over")
    return shapes


def _read_array(stream: BinaryIO, dtype: np.dtype[Any], shape: list[int]) -> Array:
    array: Array = np.empty(shape, dtype)
    room = array.reshape(-1).view(np.uint8).data
    if stream.readinto(room) != len(room):  # type: ignore[attr-defined]
        raise ValueError("cut short")
    return array
