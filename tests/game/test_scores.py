import json
import threading
from pathlib import Path

import pytest

from hamlet_game.game import score_models
from hamlet_game.game import scores as scores_module
from hamlet_game.game.score_models import Improvement, LevelScore, Result, pack, unpack
from hamlet_game.game.scores import Scores


def result(score: float = 10.0, **changed: object) -> Result:
    facts = {"level_id": "one", "town_seed": 7, "stars": 1, "survival": 40, "actions": b"\0\1\4"}
    return Result(score=score, **(facts | changed))  # type: ignore[arg-type]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "scores.json"


@pytest.fixture
def scores(path: Path, notices: list[str]) -> Scores:
    return Scores(path, notices.append)


def test_nothing_played_is_nothing_scored(scores: Scores, notices: list[str]) -> None:
    assert scores.best("one") == LevelScore()
    assert scores.best("one").best is None
    assert scores.best_town("one", 7) is None
    assert notices == []


def test_a_first_result_betters_everything(scores: Scores) -> None:
    first = scores.record(result(10, stars=2))
    assert (first.level_best, first.town_best, first.survival_best) == (True, True, True)
    assert first.new_stars == 2
    town = scores.best_town("one", 7)
    assert town is not None
    assert (town.score, town.steps, town.actions) == (10, 40, b"\0\1\4")


def test_improvements_are_told_apart(scores: Scores) -> None:
    scores.record(result(10, stars=1))
    worse = scores.record(result(9, survival=30))
    assert worse == Improvement(level_best=False, town_best=False, survival_best=False, new_stars=0)
    elsewhere = scores.record(result(9, town_seed=8, survival=41))
    assert (elsewhere.level_best, elsewhere.town_best) == (False, True)
    assert elsewhere.survival_best
    better = scores.record(result(11, stars=3))
    assert (better.level_best, better.new_stars) == (True, 2)
    level = scores.best("one")
    assert (level.plays, level.best, level.stars, level.survival) == (4, 11, 3, 41)


def test_an_equal_score_is_no_improvement(scores: Scores) -> None:
    scores.record(result(10))
    assert not scores.record(result(10, actions=b"\2")).town_best
    town = scores.best_town("one", 7)
    assert town is not None
    assert town.actions == b"\0\1\4"


def test_scores_are_there_next_time(scores: Scores, path: Path, notices: list[str]) -> None:
    scores.record(result(10))
    again = Scores(path, notices.append)
    assert again.best("one") == scores.best("one")
    assert notices == []


def test_two_windows_lose_nothing(path: Path, notices: list[str]) -> None:
    windows = [Scores(path, notices.append), Scores(path, notices.append)]

    def play(window: Scores, first_seed: int) -> None:
        for seed in range(first_seed, first_seed + 10):
            window.record(result(seed, town_seed=seed))

    threads = [
        threading.Thread(target=play, args=(window, 100 * i)) for i, window in enumerate(windows)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    level = Scores(path, notices.append).best("one")
    assert sorted(level.towns) == [*range(10), *range(100, 110)]
    assert (level.plays, level.best) == (20, 109)
    assert notices == []


def test_the_best_towns_and_the_latest_are_kept(
    scores: Scores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(score_models, "TOWNS_KEPT", 3)
    for seed, score in enumerate((50, 40, 30, 20)):
        scores.record(result(score, town_seed=seed))
    assert sorted(scores.best("one").towns) == [0, 1, 3]
    scores.record(result(45, town_seed=9))
    assert sorted(scores.best("one").towns) == [0, 1, 9]


def test_levels_open_one_after_the_other(scores: Scores) -> None:
    order = ["one", "two", "three"]
    assert scores.unlocked(order) == {"one"}
    scores.record(result(stars=0))
    assert scores.unlocked(order) == {"one"}
    scores.record(result(stars=1))
    assert scores.unlocked(order) == {"one", "two"}
    scores.record(result(level_id="two", stars=2))
    assert scores.unlocked(order) == {"one", "two", "three"}
    assert scores.unlocked([]) == set()


@pytest.mark.parametrize("text", ["{", "[]", "7", '{"levels": 3}', "\x00", "[" * 3000])
def test_a_broken_file_is_set_aside(path: Path, notices: list[str], text: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(text)
    assert Scores(path, notices.append).best("one") == LevelScore()
    assert len(notices) == 1
    backups = list(path.parent.glob("scores.broken-*.json"))
    assert len(backups) == 1
    assert backups[0].name in notices[0]


def test_what_can_be_read_of_a_broken_file_is_kept(path: Path, notices: list[str]) -> None:
    good = Scores(path, notices.append)
    good.record(result(10, town_seed=1))
    good.record(result(20, town_seed=2))
    good.record(result(5, level_id="two"))
    content = json.loads(path.read_text())
    content["levels"]["one"]["towns"]["1"]["packed"] = "not a run"
    content["levels"]["two"]["stars"] = 9
    content["levels"]["three"] = "lost"
    path.write_text(json.dumps(content))
    salvaged = Scores(path, notices.append)
    assert sorted(salvaged.best("one").towns) == [2]
    assert salvaged.best("one").stars == 1
    assert salvaged.best("two").stars == 0
    assert salvaged.best("two").best == 5
    assert len(notices) == 1


def test_an_unwritable_place_is_told_once_and_scores_count_on(
    tmp_path: Path, notices: list[str]
) -> None:
    (tmp_path / "file").write_text("")
    scores = Scores(tmp_path / "file" / "scores.json", notices.append)
    notices.clear()  # that reading failed as well is another matter
    assert scores.record(result(10)).level_best
    assert not scores.record(result(9)).level_best
    assert scores.best("one").plays == 2
    assert len(notices) == 1
    assert notices[0].startswith("Scores can't be saved: ")


def test_a_full_disk_counts_a_result_once(
    scores: Scores, notices: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scores_module.files, "write_atomic", full)
    scores.record(result(10))
    assert scores.best("one").plays == 1
    assert "no space left on device" in notices[0]


def test_runs_pack_small_and_exactly() -> None:
    run = bytes(i * 7 % 5 for i in range(500))
    assert unpack(pack(run)) == run
    assert len(pack(run)) < 300
    assert unpack("") == b""
    with pytest.raises(ValueError, match="packed run"):
        unpack("!!")
    with pytest.raises(ValueError, match="whole packed run"):
        unpack(pack(bytes(score_models.ACTIONS_LIMIT + 1)))


def test_all_can_be_forgotten(scores: Scores, path: Path, notices: list[str]) -> None:
    scores.record(result(10))
    scores.clear()
    assert scores.best("one").plays == 0
    assert Scores(path, notices.append).best("one").plays == 0
    scores.record(result(3))
    assert (scores.best("one").best, notices) == (3, [])


def test_what_cannot_be_forgotten_is_kept(
    scores: Scores, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores.record(result(10))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "unlink", refuse)
    with pytest.raises(PermissionError):
        scores.clear()
    assert scores.best("one").plays == 1
