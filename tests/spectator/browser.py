"""A real browser, told what to do over its debugging port: just what these tests need."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from websockets.sync.client import connect

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
START_S = 60.0


def find() -> str | None:
    """Return a browser that is installed."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Browser:
    """One page of a headless Chromium. Keeps what the page said in its console."""

    def __init__(self, folder: Path, size: tuple[int, int] = (1280, 720)) -> None:
        program = find()
        assert program is not None
        self.errors: list[str] = []
        self._count = 0
        self._port_file = folder / "profile" / "DevToolsActivePort"
        self._process = subprocess.Popen(
            [
                program,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--mute-audio",
                "--remote-debugging-port=0",
                f"--user-data-dir={folder / 'profile'}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(folder)},
        )
        self._line = ExitStack()
        try:
            line = connect(self._page(), max_size=None, compression=None)
            self._socket = self._line.enter_context(line)
            for part in ("Page", "Runtime", "Log", "Network"):
                self.call(f"{part}.enable")
            self.resize(*size)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._line.close()
        self._process.kill()
        self._process.wait()

    def _page(self) -> str:
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            if self._port_file.exists() and (text := self._port_file.read_text()).strip():
                port = text.split()[0]
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
                    pages = [one for one in json.load(answer) if one["type"] == "page"]
                if pages:
                    return str(pages[0]["webSocketDebuggerUrl"])
            time.sleep(0.1)
        raise TimeoutError("the browser did not start")

    def call(self, method: str, **params: object) -> dict[str, Any]:
        """Order something and wait for the answer."""
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=START_S))
            if message.get("id") == self._count:
                assert "error" not in message, message
                answer: dict[str, Any] = message["result"]
                return answer
            self._hear(message)

    def _hear(self, message: dict[str, Any]) -> None:
        params = message.get("params", {})
        match message["method"]:
            case "Runtime.exceptionThrown":
                self.errors.append(json.dumps(params["exceptionDetails"])[:500])
            case "Log.entryAdded" if params["entry"]["level"] in {"error", "warning"}:
                self.errors.append(f"{params['entry']['text']} {params['entry'].get('url', '')}")
            case "Runtime.consoleAPICalled" if params["type"] in {"error", "warning", "assert"}:
                self.errors.append(json.dumps(params["args"])[:500])

    def resize(self, width: int, height: int, *, phone: bool = False) -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2 if phone else 1,
            mobile=phone,
        )

    def open(self, url: str) -> None:
        self.call("Page.navigate", url=url)

    def ask(self, script: str) -> Any:
        """Return what a script comes to."""
        answer = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def wait(self, script: str, seconds: float = 30.0, right: Callable[[Any], bool] = bool) -> Any:
        """Return what a script comes to as soon as that is right."""
        end = time.monotonic() + seconds
        value = None
        while time.monotonic() < end:
            try:
                value = self.ask(script)
            except AssertionError:
                value = None  # the page is not there yet
            if right(value):
                return value
            time.sleep(0.1)
        raise TimeoutError(f"{script}: {value!r} after {seconds} s; {self.errors}")

    def back(self, red: int, green: int, blue: int) -> None:
        """Put a colour behind the page, to be seen where it is clear."""
        color = {"r": red, "g": green, "b": blue, "a": 255}
        self.call("Emulation.setDefaultBackgroundColorOverride", color=color)

    def screenshot(self, file: Path, *, whole: bool = False) -> bytes:
        """Save what is seen, or the whole page."""
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        data = base64.b64decode(shot["data"])
        file.write_bytes(data)
        return data
