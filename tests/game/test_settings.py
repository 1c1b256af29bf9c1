from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from hamlet_game import paths
from hamlet_game.game.settings import SPEEDS, Settings, load_settings, save_settings


def load(text: str | bytes) -> tuple[Settings, list[str]]:
    path = paths.settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    notices: list[str] = []
    return load_settings(path, notices.append), notices


def test_without_a_file_everything_is_normal() -> None:
    notices: list[str] = []
    assert load_settings(paths.settings_file(), notices.append) == Settings()
    assert notices == []
    assert not paths.settings_file().exists()


def test_what_is_saved_is_loaded() -> None:
    chosen = Settings(
        fullscreen=True, text_scale=2.0, speed=8.0, keys={"STEP": ["x"]}, last_level="01"
    )
    save_settings(chosen, paths.settings_file())
    notices: list[str] = []
    assert load_settings(paths.settings_file(), notices.append) == chosen
    assert notices == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("speed", 3.0), ("text_scale", 2.5), ("window_scale", 0.1), ("effects_volume", 1.1),
        ("palette", "grey"), ("tempo", "fast"), ("keys", {"JUMP": ["space"]}),
        ("keys", {"STEP": ["a"] * 7}), ("pad", {"STEP": [""]}),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused(field: str, value: object) -> None:
    chosen = Settings()
    with pytest.raises(ValidationError):
        setattr(chosen, field, value)
    assert chosen == Settings()


def test_every_speed_is_allowed() -> None:
    assert [Settings(speed=speed).speed for speed in SPEEDS] == [0.25, 0.5, 1, 2, 4, 8]


def test_valid_parts_of_a_broken_file_are_kept() -> None:
    loaded, notices = load("text_scale: 1.5\nspeed: 3\nmuted: true\nsparkle: 9\n")
    assert loaded == Settings(text_scale=1.5, muted=True)
    assert len(notices) == 1
    assert "speed: must be one of 0.25, 0.5" in notices[0]
    assert "(and 1 more)" in notices[0]
    backups = list(paths.data().glob("settings.broken-*.yaml"))
    assert len(backups) == 1
    assert backups[0].name in notices[0]
    assert not paths.settings_file().exists()


@pytest.mark.parametrize(
    "text",
    [
        "]", "just words", "- a\n- list", "a: b: c", b"\xff\xfe\xfd", b"\x00" * 50, "&a [*a]",
        "2024-99-99", "[" * 3000, "? [1, 2]\n: 3", "!!python/object/apply:os.abort []", "5",
    ],
)  # fmt: skip
def test_rubbish_is_set_aside_with_one_sentence(text: str | bytes) -> None:
    loaded, notices = load(text)
    assert loaded == Settings()
    assert len(notices) == 1
    assert "\n" not in notices[0]
    assert len(list(paths.data().glob("settings.broken-*.yaml"))) == 1


def test_an_empty_file_is_no_fault() -> None:
    assert load("# nothing chosen yet\n") == (Settings(), [])


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.sampled_from([*Settings.model_fields, "other", 3]),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner),
            max_leaves=5,
        ),
        max_size=6,
    )
)
def test_no_content_stops_the_game(tmp_path: Path, content: dict[object, object]) -> None:
    path = tmp_path / "fuzz.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    notices: list[str] = []
    loaded = load_settings(path, notices.append)
    assert Settings.model_validate(loaded.model_dump()) == loaded
    assert len(notices) <= 1


def test_an_unreadable_place_is_told(home: Path) -> None:
    paths.settings_file().mkdir(parents=True)  # a folder where the file should be
    notices: list[str] = []
    assert load_settings(paths.settings_file(), notices.append) == Settings()
    assert len(notices) == 1
    assert notices[0].startswith("Settings can't be read: ")
    assert home.is_dir()
