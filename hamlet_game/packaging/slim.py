"""Making a built folder smaller: symbols that only debuggers read."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

# All others are small, or break: NumPy's OpenBLAS no longer loads once it is stripped.
STRIPPED: Final = ("libtorch_cpu.so*", "libtorch_python.so*", "libpython3*.so*")


def strip(folder: Path) -> int:
    """Strip what can be stripped and return the bytes saved; 0 where there is no `strip`.

    On Linux only: elsewhere libraries come without symbols, and macOS wants them as signed.
    """
    tool = shutil.which("strip")
    if tool is None or sys.platform != "linux":
        return 0
    before = size(folder)
    for pattern in STRIPPED:
        for library in folder.rglob(pattern):
            if not library.is_symlink():
                subprocess.run(  # noqa: S603 - our own arguments, no shell
                    [tool, "--strip-unneeded", str(library)], check=True
                )
    return before - size(folder)


def size(folder: Path) -> int:
    """Return the bytes of all files below a folder; links count nothing."""
    files = (file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return sum(file.stat().st_size for file in files)
