"""A plain window for pictures, for those who render to a person."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class Screen:
    """Opened with the first picture. Closing it by hand is no matter: the next one opens it."""

    def __init__(self) -> None:
        self._open = False

    def show(self, picture: NDArray[np.uint8], title: str) -> None:
        """Show a picture, (H, W, 3). Raises RuntimeError where no window can be opened."""
        import pygame  # noqa: PLC0415 -- only those who watch need it

        height, width = picture.shape[:2]
        try:
            surface = pygame.display.get_surface() if self._open else None
            if surface is None:
                pygame.display.init()
                surface = pygame.display.set_mode((width, height))
                pygame.display.set_caption(title)
                self._open = True
            pygame.surfarray.blit_array(surface, picture.swapaxes(0, 1))
            pygame.display.flip()
            pygame.event.pump()
        except pygame.error as error:
            raise RuntimeError(
                f"no window can be opened ({error}); use render_mode='rgb_array'."
            ) from None

    def close(self) -> None:
        """Close the window, if it is open."""
        if self._open:
            import pygame  # noqa: PLC0415

            pygame.display.quit()
            self._open = False
