"""`python -m hamlet_game` is `hamlet-game`."""

import os
import sys


def main() -> None:
    """Run the command line; Ctrl-C ends it quietly, even before it is all there."""
    open_streams()
    if getattr(sys, "frozen", False):  # an executable is its own trainer process: before all else
        import multiprocessing  # noqa: PLC0415 - costs time that a checkout need not spend

        multiprocessing.freeze_support()
    try:
        from hamlet_game import cli  # noqa: PLC0415 - Ctrl-C may come while it loads

        cli.main()
    except KeyboardInterrupt:
        sys.exit(130)  # as shells expect of an interrupted program


def open_streams() -> None:
    """Give a program without a console, on Windows, somewhere to write that nobody reads."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name, None) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123


if __name__ == "__main__":
    main()
