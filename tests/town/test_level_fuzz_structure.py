"""2,500 level files broken at the level of keys and values: a level or a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from level_mutations import broken_structure, fuzz


@pytest.mark.parametrize("start", range(0, 2500, 500))
def test_a_broken_file_is_a_level_or_a_sentence(tmp_path: Path, start: int) -> None:
    counts = fuzz(tmp_path, broken_structure, range(start, start + 500))
    print(counts)
    assert counts["refused"] > 250  # the mutations do break files
    assert counts["usable"] > 5
