import os
import threading
import time
from pathlib import Path

import pytest

from hamlet_game import files
from hamlet_game.game import storage


def test_a_write_makes_its_folder_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.txt"
    files.write_atomic(path, b"one")
    files.write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        files.write_atomic(path, b"new")
    assert storage.reason(caught.value) == "no space left on device"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_linked_file_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"old")
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("this system has no links")
    files.write_atomic(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.txt"
    assert storage.read_text(path) is None
    path.write_text("später", encoding="utf-8")
    assert storage.read_text(path) == "später"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="decode"):
        storage.read_text(path)
    monkeypatch.setattr(storage, "READ_LIMIT", 2)
    with pytest.raises(ValueError, match="larger than 2 bytes"):
        storage.read_text(path)


def test_broken_files_are_set_aside_without_overwriting_each_other(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    places = set()
    for _ in range(3):
        path.write_text("broken")
        place = storage.set_aside(path)
        assert place is not None
        assert place.name.startswith("settings.broken-")
        assert place.suffix == ".yaml"
        places.add(place)
    assert len(places) == 3
    assert storage.set_aside(path) is None  # nothing there any more


def test_a_lock_keeps_others_waiting(tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    order = []

    def other() -> None:
        with storage.locked(path):
            order.append("other")

    with storage.locked(path):
        thread = threading.Thread(target=other)
        thread.start()
        time.sleep(0.05)
        order.append("first")
    thread.join()
    assert order == ["first", "other"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a file"):
        storage.read_text(tmp_path / "pipe")
