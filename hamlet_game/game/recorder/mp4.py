"""MP4 files, written by the ffmpeg that comes with the `video` extra."""

from __future__ import annotations

import importlib
import importlib.util
import subprocess
import tempfile
from pathlib import Path
from typing import BinaryIO, Final, cast

from hamlet_game.game.recorder.film import Picture

_EXTRA: Final = "imageio_ffmpeg"
MISSING: Final = "MP4 needs the video extra: pip install 'hamlet-game[video]'"


class VideoError(Exception):
    """A video that can't be written; the message is the end of a sentence."""


def available() -> bool:
    """Return whether the video extra is installed."""
    return importlib.util.find_spec(_EXTRA) is not None


class Mp4Writer:
    """Writes a video at an even rate; a picture that stays longer is repeated.

    Raises VideoError when ffmpeg is missing, can't be started, or fails.
    """

    def __init__(self, path: Path, size: tuple[int, int], fps: int) -> None:
        self._fps = fps
        self._seconds = 0.0  # of all pictures
        self._frames = 0  # of them that were sent
        self._errors: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `close`
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
                [_ffmpeg(), *_arguments(size, fps), str(path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
            )
            self._pipe = cast("BinaryIO", self._process.stdin)
        except BaseException as error:
            self._errors.close()
            if isinstance(error, OSError):
                raise VideoError(f"ffmpeg can't be started ({error.strerror})") from None
            raise

    def add(self, picture: Picture, seconds: float) -> None:
        """Show a picture for so long."""
        self._seconds += seconds
        wanted = round(self._seconds * self._fps)
        try:
            for _ in range(wanted - self._frames):
                self._pipe.write(picture.tobytes())
        except OSError:  # it has ended early, and has said why
            self._wait()
            raise VideoError("ffmpeg stopped early") from None
        self._frames = wanted

    def close(self) -> None:
        """Let ffmpeg finish the file."""
        try:
            self._wait()
        finally:
            self._errors.close()

    def abandon(self) -> None:
        """End ffmpeg; the file is worth nothing."""
        self._process.kill()
        self._process.wait()
        self._errors.close()

    def _wait(self) -> None:
        self._process.communicate()
        if self._process.returncode:
            raise VideoError(self._complaint())

    def _complaint(self) -> str:
        """Return ffmpeg's own last line."""
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        return f"ffmpeg failed ({lines[-1]:.120})" if lines else "ffmpeg failed"


def _ffmpeg() -> str:
    try:
        extra = importlib.import_module(_EXTRA)
    except ImportError:
        raise VideoError(MISSING) from None
    try:
        return str(extra.get_ffmpeg_exe())
    except RuntimeError:
        raise VideoError("the video extra has no ffmpeg for this system") from None


def _arguments(size: tuple[int, int], fps: int) -> list[str]:
    """Return ffmpeg's options: raw pictures in, H.264 that every player shows out."""
    wide, high = size
    read = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{wide}x{high}", "-r", str(fps)]
    code = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p"]
    even = ["-vf", "scale=trunc(iw/2)*2:trunc(ih/2)*2"]  # 4:2:0 needs even sides
    play = ["-movflags", "+faststart", "-threads", "1", "-f", "mp4"]
    return ["-v", "error", "-nostdin", "-y", *read, "-i", "-", "-an", *code, *even, *play]
