"""Writes checkpoints: whole or not at all, arrays straight from their memory."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from hamlet_game.files import write_atomic
from hamlet_game.training.checkpoint_file import (
    DTYPES,
    FORMAT,
    MAX_BYTES,
    MAX_HEADER,
    NO_DIGEST,
    WHAT,
    CheckpointError,
    Manifest,
)
from hamlet_game.training.tree import Arrays, take_apart

_NAMES = {np.dtype(dtype): name for name, dtype in DTYPES.items()}


def write(file: Path, manifest: Manifest, state: Mapping[str, Any]) -> None:
    """Write a checkpoint whole or not at all, making its folder if need be.

    Arrays go to the disk straight from their memory. Raises CheckpointError if the disk
    refuses, TypeError or ValueError if the state holds something that can't be saved.
    """
    tree, arrays = take_apart(state)
    header = _header(manifest, tree, arrays)
    if len(header) > MAX_HEADER:
        raise ValueError(f"a checkpoint's header of {len(header):,} bytes is over {MAX_HEADER:,}")
    parts = [array.reshape(-1).view(np.uint8).data for array in arrays.values()]
    if sum(map(len, parts)) + len(header) + 8 > MAX_BYTES:
        raise ValueError(f"a checkpoint of over {MAX_BYTES:,} bytes can't be read again")
    digest = hashlib.sha256(header)
    for part in parts:
        digest.update(part)
    signed = header.replace(NO_DIGEST.encode(), digest.hexdigest().encode(), 1)
    try:
        write_atomic(file, len(signed).to_bytes(8, "little"), signed, *parts)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise CheckpointError(
            file, f"can't be written ({reason}); make room or choose another folder."
        ) from None


def _header(manifest: Manifest, tree: Any, arrays: Arrays) -> bytes:
    metadata, odd = take_apart(manifest.metadata)
    if odd:
        raise TypeError(f"metadata/{next(iter(odd))}: arrays belong into the state")
    if manifest.metric is not None and not math.isfinite(manifest.metric):
        raise ValueError(f"a metric of {manifest.metric} can't be compared")
    told = {
        "kind": manifest.kind,
        "step": int(manifest.step),
        "metric": None if manifest.metric is None else float(manifest.metric),
        "metadata": metadata,
        "tree": tree,
    }
    header: dict[str, Any] = {
        "__metadata__": {
            "what": WHAT,
            "format": str(FORMAT),
            "sha256": NO_DIGEST,
            "manifest": json.dumps(told),
        }
    }
    start = 0
    for name, array in arrays.items():
        end = start + array.nbytes
        dtype, shape = _NAMES[array.dtype], list(array.shape)
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}
        start = end
    text = json.dumps(header, separators=(",", ":")).encode()
    return text + b" " * (-len(text) % 8)  # readers may map the arrays where they lie
