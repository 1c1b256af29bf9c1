"""Every code block of the guides: commands and options exist, files load, Python runs."""

from __future__ import annotations

import ast
import importlib
import re
import sqlite3
import tomllib
from contextlib import suppress
from pathlib import Path

import doc_pages
import pytest
import typer
import yaml
from doc_pages import PAGES, ROOT, Block

from hamlet_game.cli import app
from hamlet_game.training.config import load_config
from hamlet_game.training.sinks.tables import SCHEMA
from hamlet_game.training.studies.plan import load_plan

BLOCKS = [block for page in PAGES for block in doc_pages.blocks(page)]
WHOLE = {tuple(words[1:]) for page in PAGES for words in doc_pages.commands(page, inline=False)}
COMMANDS = sorted({tuple(words) for page in PAGES for words in doc_pages.commands(page)})
OPENED = ("play", "watch", "versus", "demo", "city", "replay")  # are tried, in the window
PLAIN = {"text", "bat"}  # languages of blocks that nothing here can run


def of(language: str) -> list[Block]:
    return [block for block in BLOCKS if block.language == language]


def those_of(program: str) -> list[tuple[str, ...]]:
    return [words[1:] for words in COMMANDS if words[0] == program]


def sentence(words: tuple[str, ...]) -> str:
    return " ".join(words)


def parse(words: tuple[str, ...]) -> None:
    """Let the real command line read the words, without doing anything."""
    command, name = typer.main.get_command(app), "hamlet-game"
    context, rest = None, list(words)
    while True:
        context = command.make_context(name, rest, parent=context)
        left = [*getattr(context, "_protected_args", ()), *context.args]
        if not left or not hasattr(command, "resolve_command"):
            return
        name, command, rest = command.resolve_command(context, left)


def test_every_block_says_its_language() -> None:
    known = {"sh", "python", "yaml", "sql", *PLAIN}
    assert [str(block) for block in BLOCKS if block.language not in known] == []


@pytest.mark.parametrize("words", those_of("hamlet-game"), ids=sentence)
def test_commands_and_their_options_exist(words: tuple[str, ...]) -> None:
    try:
        with suppress(typer.Exit):  # of --help
            parse(words)
    except Exception as trouble:
        # In running text a command may be named without what it asks for.
        if type(trouble).__name__ != "MissingParameter" or words in WHOLE:
            raise


@pytest.mark.parametrize(
    "words",
    [("fly",), ("train", "--fast"), ("play", "--town-seed", "x"), ("levels", "burn", "x")],
    ids=sentence,
)
def test_a_wrong_command_would_be_noticed(words: tuple[str, ...]) -> None:
    with pytest.raises(Exception, match=r"^(No such|Input should be)"):
        parse(words)


@pytest.mark.parametrize(
    "words",
    [
        words
        for words in those_of("hamlet-game")
        if words and words[0] in OPENED and "--terminal" not in words
    ],
    ids=sentence,
)
def test_windows_open_as_written(words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    missing = [word for word in words if word.endswith(".hamlet") and not Path(word).is_file()]
    if missing or "RUN" in words or "FILE" in words:
        pytest.skip("stands for a file of one's own")
    kept = [word for k, word in enumerate(words) if not _of(words, k, {"--frames", "--screenshot"})]
    with pytest.raises(SystemExit) as left:
        app([*kept, "--frames", "3"])
    assert left.value.code == 0


def _of(words: tuple[str, ...], place: int, options: set[str]) -> bool:
    return words[place] in options or (place > 0 and words[place - 1] in options)


@pytest.mark.parametrize("words", those_of("python") + those_of("python3"), ids=sentence)
def test_scripts_and_their_options_exist(words: tuple[str, ...]) -> None:
    if words[0] == "-m":
        importlib.import_module(words[1])
        return
    script = ROOT / words[0]
    text = script.read_text(encoding="utf-8")
    for option in words[1:]:
        if option.startswith("--"):
            assert option in text, f"{script.name} knows no {option}"


def test_extras_exist() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    named = [
        names for text in texts for names in re.findall(r"(?:hamlet-game|\.)\[([a-z,]+)\]", text)
    ]
    wanted = {extra for names in named for extra in names.split(",")}
    assert wanted
    assert wanted <= set(project["optional-dependencies"])


@pytest.mark.parametrize("block", of("yaml"), ids=str)
def test_configurations_load(block: Block, tmp_path: Path) -> None:
    values = yaml.safe_load(block.text)
    if "base" in values:
        file = tmp_path / "study.yaml"
        file.write_text(block.text, encoding="utf-8")
        assert load_plan(file).arms
    else:
        load_config(values)


@pytest.mark.parametrize("block", of("sql"), ids=str)
def test_queries_fit_the_tables(block: Block) -> None:
    database = sqlite3.connect(":memory:")
    database.executescript(SCHEMA)
    database.execute(block.text)
    database.close()


@pytest.mark.parametrize("page", [p for p in PAGES if doc_pages.blocks(p)], ids=lambda p: p.name)
def test_python_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Run a page's blocks one after the other: what one defines, the next may use."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "guide"}
    for block in doc_pages.blocks(page):
        if block.language == "python":
            code = compile(block.text, str(block), "exec")
            check_imports(block)
            if not block.reason:
                exec(code, names)  # noqa: S102 - it is our own page
    assert "Traceback" not in capsys.readouterr().err


def check_imports(block: Block) -> None:
    """Import what a block imports; skip where an extra is not installed."""
    for node in ast.walk(ast.parse(block.text)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                needed(alias.name, block)
        elif isinstance(node, ast.ImportFrom) and node.module:
            module = needed(node.module, block)
            for alias in node.names:
                if not hasattr(module, alias.name):
                    needed(f"{node.module}.{alias.name}", block)


def needed(name: str, block: Block) -> object:
    ours = name.partition(".")[0] == "hamlet_game"
    if block.reason and not ours:
        return None
    try:
        return importlib.import_module(name)
    except ImportError as error:
        if ours and "install it with" not in str(error):
            raise
        return pytest.skip(f"needs {name}")
