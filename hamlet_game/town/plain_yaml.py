"""Plain YAML from people's files: text, numbers, lists and keys, never more than that.

A `SafeLoader` that also turns down what safe YAML still allows and a level
never needs: anchors and aliases (a few lines of them unfold into gigabytes),
deep nesting, and a key written twice, of which YAML would drop one silently.
"""

from __future__ import annotations

import reprlib
from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 32 * 1024
MAX_DEPTH = 12  # levels need 5


class PlainYamlError(Exception):
    """A file that can't be read as plain YAML; the message says where and what to do."""


def read_yaml(file: Path) -> object:
    """Return what a YAML file holds. Raises PlainYamlError, whose message lacks the file's name."""
    try:
        if file.exists() and not file.is_file():
            raise PlainYamlError("not a file; check the path.")
        with file.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise PlainYamlError(f"can't be read ({reason}); check the path.") from None
    if len(raw) > MAX_BYTES:
        raise PlainYamlError(
            f"larger than {MAX_BYTES // 1024} KB; remove what does not belong there."
        )
    try:
        return parse_yaml(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise PlainYamlError(f"line {line}: not UTF-8 text; save the file as UTF-8.") from None


def parse_yaml(text: str) -> object:
    """Return what YAML text holds. Raises PlainYamlError."""
    try:
        return _Loader(text).get_single_data()
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise PlainYamlError(
            f"line {line}: character U+{error.character:04X} is not allowed; delete it."
        ) from None
    except yaml.YAMLError as error:
        raise PlainYamlError(_trouble(error)) from None


class _Loader(yaml.SafeLoader):
    """Composes nodes under the limits above."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refusal(
                "names such as &this and *this are not allowed; "
                "write the value out, or put the text in quotes",
                event,
            )
        if self.depth >= MAX_DEPTH:
            raise _refusal("nested too deeply; close a bracket or simplify it", event)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            value = super().construct_object(node, deep)
            if isinstance(value, str):
                value.encode()  # half a surrogate pair can't be shown or saved
        except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
            # PyYAML lets these through for values such as `2020-13-45` and `!!int ''`.
            word = reprlib.repr(node.value)
            raise _refusal(f"the value {word} can't be understood; correct it", node) from None
        return value

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
        node: yaml.MappingNode = super().compose_mapping_node(anchor)
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue  # turned down later: keys must be words
            if key.value in seen:
                word = reprlib.repr(key.value)
                raise _refusal(f"the key {word} is written twice; remove one", key)
            seen.add(key.value)
        return node


def _refusal(problem: str, at: Any) -> yaml.MarkedYAMLError:
    return _OwnRefusal(problem=problem, problem_mark=at.start_mark)


class _OwnRefusal(yaml.MarkedYAMLError):
    """Carries a problem that already names its remedy."""


_REMEDIES = {  # what PyYAML says: what a person needs to hear
    "found character '\\t'": "a tab; indent with spaces instead",
    "cannot start any token": "a character that can't start a value; put the text in quotes",
    "mapping values are not allowed": "a second ':'; put text that holds a colon in quotes",
    "could not find expected ':'": "a key without its ':'; write 'key: value'",
    "found unexpected end of stream": "a quote that is never closed; add the missing quote",
    "expected ',' or ']'": "a list that is never closed; add the missing ',' or ']'",
    "expected ',' or '}'": "braces that are never closed; add the missing ',' or '}'",
    "expected <block end>": "it fits neither the line nor the indentation above; "
    "check quotes, brackets and indentation",
    "could not determine a constructor": "a tag starting with '!' is not allowed; remove it",
    "but found another document": "a second document; remove the line '---' and what follows",
    "found unhashable key": "a list or braces as a key; keys must be words",
}


def _trouble(error: yaml.YAMLError) -> str:
    problem, mark = getattr(error, "problem", None) or "", getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    if isinstance(error, _OwnRefusal):
        return f"{where}{problem}."
    for symptom, remedy in _REMEDIES.items():
        if symptom in problem:
            return f"{where}{remedy}."
    return f"{where}not valid YAML ({problem[:80]}); check quotes and indentation there."
