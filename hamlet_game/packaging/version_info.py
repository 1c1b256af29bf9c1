"""What Windows shows of a program under Properties, Details."""

from __future__ import annotations

from pathlib import Path

from hamlet_game import __version__

_TEXT = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, OS=0x40004, fileType=0x1),
  kids=[
    StringFileInfo([StringTable('040904B0', [
      StringStruct('FileDescription', 'Hamlet'),
      StringStruct('FileVersion', '{version}'),
      StringStruct('InternalName', '{name}'),
      StringStruct('LegalCopyright', 'MIT licence'),
      StringStruct('OriginalFilename', '{name}.exe'),
      StringStruct('ProductName', 'Hamlet'),
      StringStruct('ProductVersion', '{version}'),
    ])]),
    VarFileInfo([VarStruct('Translation', [0x409, 0x4B0])]),
  ],
)
"""


def text(name: str, version: str = __version__) -> str:
    """Return the version information of `name`.exe as PyInstaller reads it."""
    parts = [int(part) for part in version.split(".")[:4] if part.isdecimal()]
    numbers = tuple((*parts, 0, 0, 0, 0)[:4])
    return _TEXT.format(name=name, version=version, numbers=numbers)


def write(folder: Path, name: str) -> str:
    """Write it into a folder and return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"version_{name}.txt"
    file.write_text(text(name), encoding="utf-8")
    return str(file)
