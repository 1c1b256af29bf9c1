"""One checkpoint, one file: safetensors whose header holds a manifest and a SHA-256.

The digest covers every byte of header and data. It proves a file whole, not its
author honest: reading therefore trusts nothing, runs nothing and bounds everything.
Any safetensors reader can list and load the arrays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FORMAT = 1
WHAT = "hamlet checkpoint"
MAX_BYTES = 8 * 2**30  # ten million transitions are 3 GiB
MAX_HEADER = 4 * 2**20  # a hundred agents need a tenth of it
NO_DIGEST = "0" * 64
START = re.compile(
    rb'\{"__metadata__":\{"what":"' + WHAT.encode() + rb'","format":"(\w{1,9})","sha256":"(\w{64})"'
)
DTYPES = {
    "F64": "<f8", "F32": "<f4", "F16": "<f2",
    "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "|i1",
    "U64": "<u8", "U32": "<u4", "U16": "<u2", "U8": "|u1", "BOOL": "|b1",
}  # fmt: skip


class CheckpointError(Exception):
    """A checkpoint that can't be written or used; the message names the file and the remedy."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"{file}: {reason}")
        self.file, self.reason = file, reason


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a checkpoint says about itself."""

    kind: str  # 'latest', which training can go on from, or 'best', which holds brains
    step: int
    metric: float | None  # higher is better
    metadata: dict[str, Any]  # JSON values


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint that was read and found whole."""

    file: Path
    manifest: Manifest
    state: Any  # as it was saved, tuples as lists
