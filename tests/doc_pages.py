"""The guides, taken apart: code blocks, commands, links, anchors, keys."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NOT_RUN = "<!-- not run: "  # above a block, with the reason

_BLOCK = re.compile(
    r"(?P<note><!--[^\n]*-->\n)?^(?P<indent> *)```(?P<language>[^\n]*)\n(?P<text>.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)
_INLINE = re.compile(r"`((?:[A-Z_]+=\S+ )*(?:hamlet-game|python)(?: [^`]+)?)`")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced code block."""

    page: Path
    line: int
    language: str
    text: str
    reason: str  # why it is not run, where the page says so

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks(page: Path) -> list[Block]:
    """Return a page's code blocks."""
    whole = page.read_text(encoding="utf-8")
    found = []
    for match in _BLOCK.finditer(whole):
        note, indent = match["note"] or "", len(match["indent"])
        lines = [line[indent:] for line in match["text"].splitlines()]
        reason = note.removeprefix(NOT_RUN).removesuffix("-->\n").strip()
        line = whole[: match.start("language")].count("\n") + 1
        found.append(
            Block(
                page, line, match["language"].strip(), "\n".join(lines) + "\n",
                reason if note.startswith(NOT_RUN) else "",
            )
        )  # fmt: skip
    return found


def prose(page: Path) -> str:
    """Return a page without its code blocks."""
    return _BLOCK.sub("", page.read_text(encoding="utf-8"))


def commands(page: Path, *, inline: bool = True) -> list[list[str]]:
    """Return every command of a page as words: of shell blocks, and those named in the text."""
    lines = [
        line
        for block in blocks(page)
        if block.language in {"sh", "bat"}
        for line in block.text.replace("\\\n", " ").splitlines()
    ]
    if inline:
        lines += [found[1].replace("\\|", "|") for found in _INLINE.finditer(prose(page))]
    windows = [line.replace("\\", "/") for line in lines]
    parts = [part for line in windows for part in re.split(r"&&|;", line)]
    return [words for part in parts if (words := _words(part))]


def _words(line: str) -> list[str]:
    """Split a command; leave out assignments before it and the folder of its program."""
    words = shlex.split(line, comments=True)
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        words = words[1:]
    return [words[0].rpartition("/")[2], *words[1:]] if words else []


def links(page: Path) -> list[str]:
    """Return where a page's links and pictures lead, those into the web left out."""
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)) if "://" not in link]


def anchors(page: Path) -> set[str]:
    """Return the places of a page that a link may name, as GitHub makes them of headings."""
    text = prose(page)
    names = {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }
    return names | set(re.findall(r'<a id="([^"]+)">', text))


def keys(page: Path) -> set[str]:
    """Return the keys that a page names."""
    return set(re.findall(r"<kbd>(.+?)</kbd>", prose(page)))
