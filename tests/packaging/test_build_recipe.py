"""What goes into the executable, and what of it people see."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PIL import Image

from hamlet_game.packaging import icons, licenses, version_info
from hamlet_game.packaging.recipe import Recipe

ROOT = Path(__file__).resolve().parent.parent.parent
FULL, PLAYER = Recipe("full", ROOT), Recipe("player", ROOT)


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        ("torch/lib/libtorch_cpu.so", True),
        ("torch/bin/torch_shm_manager", True),  # without it nothing trains
        ("torch/bin/test_api", False),
        ("torch/test/test_nn.py", False),
        ("torch/lib/libtorchbind_test.so", False),
        ("torch/_dynamo/config.py", True),
        ("torch/nn/modules/rnn.py", True),  # read when torch is imported
        ("torch/onnx/symbolic_helper.py", False),
        ("matplotlib/mpl-data/fonts/ttf/LastResortHE-Regular.ttf", True),
        ("matplotlib/mpl-data/fonts/ttf/STIXGeneral.ttf", False),
        ("matplotlib/mpl-data/matplotlibrc", True),
        ("matplotlib/mpl-data/sample_data/goog.npz", False),
        ("assets/sprites/logo.svg", True),
        ("libpython3.11.so.1.0", True),
    ],
)
def test_what_is_needed_stays(place: str, kept: bool) -> None:
    assert FULL.keeps(place) is kept
    assert FULL.keeps(str(Path(place))) is kept


def test_what_importing_torch_imports_is_never_left_out() -> None:
    needed = {"torch", "torch.testing._internal", "torch._dynamo", "sympy", "unittest", "mpmath"}
    assert not needed & set(FULL.excluded)
    assert {"torch", "matplotlib"} <= set(PLAYER.excluded)


@pytest.mark.parametrize("recipe", [FULL, PLAYER], ids=lambda recipe: recipe.edition)
def test_everything_the_game_reads_goes_along(recipe: Recipe) -> None:
    places = {f"{place}/{Path(file).name}" for file, place in recipe.datas()}
    assert "assets/sprites/logo.svg" in places
    assert "assets/brains/master.safetensors" in places
    assert "assets/progression/mastered.hamlet" in places
    assert "levels/01_first_night.yaml" in places
    assert "hamlet_game/training/presets/quick.yaml" in places
    assert "hamlet_game/spectator/static/index.html" in places
    assert any(place.startswith("licenses/pygame-ce/") for place in places)
    assert not [place for place in places if place.endswith((".py", ".pyc"))]


def test_what_tools_leave_behind_stays_out(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for file in ("assets/a.svg", "assets/.cache/b.json", "assets/sub/.c.swp", "levels/1.yaml"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    named = {Path(file).name for file, _ in Recipe("player", tmp_path).datas()}
    assert {"a.svg", "1.yaml"} <= named
    assert not {"b.json", ".c.swp"} & named


def test_an_edition_that_is_not_is_named() -> None:
    with pytest.raises(ValueError, match="write full or player"):
        Recipe("tiny", ROOT)


def test_the_player_carries_no_licence_of_what_it_lacks() -> None:
    player = {place for _, place in licenses.of_everything("hamlet-game", PLAYER.excluded)}
    assert "licenses/torch" not in player
    assert "licenses/numpy" in player


def test_the_spec_is_python_and_leaves_libraries_alone() -> None:
    tree = ast.parse((ROOT / "build_exe.spec").read_text(encoding="utf-8"))
    given = {
        keyword.arg: keyword.value.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if isinstance(keyword.value, ast.Constant)
    }
    assert given["strip"] is False
    assert given["upx"] is False


@pytest.mark.parametrize(("platform", "kind"), [("win32", "ICO"), ("darwin", "ICNS")])
def test_the_icon_is_our_own_drawing_in_each_systems_format(
    tmp_path: Path, platform: str, kind: str
) -> None:
    drawing = ROOT / "assets" / "sprites" / "icon.svg"
    file = icons.write_for(platform, drawing, tmp_path / "new")
    assert file is not None
    with Image.open(file) as image:
        assert image.format == kind
        assert max(image.size) >= 256
        if kind == "ICO":
            assert {(16, 16), (256, 256)} <= set(image.info["sizes"])
    assert icons.write_for("linux", drawing, tmp_path) is None


def test_windows_is_told_the_version(tmp_path: Path) -> None:
    told = version_info.text("hamlet-game", "1.4.2")
    assert "filevers=(1, 4, 2, 0)" in told
    assert "'hamlet-game.exe'" in told
    assert ast.parse(told)
    assert Path(version_info.write(tmp_path / "new", "Hamlet")).is_file()
