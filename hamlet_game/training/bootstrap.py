"""How sure a number is: percentile bootstrap intervals (Efron and Tibshirani 1993, chapter 13)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

RESAMPLES = 10_000
CONFIDENCE = 0.95
_AT_ONCE = 500  # resamples, so that thousands of values fit into memory
_SEED = 1  # the same values give the same interval


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate, and where it would lie in 95 of 100 repetitions."""

    value: float
    low: float
    high: float

    @property
    def is_apart_from_zero(self) -> bool:
        """Return whether chance alone hardly explains a difference of this sign."""
        return self.low > 0 or self.high < 0


def of_median(values: ArrayLike) -> Interval:
    """Return the median of independent values, (N,) with N ≥ 1, such as of seeds."""
    array = np.asarray(values, dtype=np.float64)
    drawn = np.concatenate([np.median(part, axis=1) for part in _resampled(array)])
    return _interval(float(np.median(array)), drawn)


def of_mean(values: ArrayLike) -> Interval:
    """Return the mean of independent values, (N,) with N ≥ 1, such as of paired differences."""
    array = np.asarray(values, dtype=np.float64)
    drawn = np.concatenate([part.mean(axis=1) for part in _resampled(array)])
    return _interval(float(array.mean()), drawn)


def _resampled(values: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    """Yield values drawn again with replacement, (at once, N) a part."""
    rng = np.random.default_rng(_SEED)
    count = len(values)
    for _ in range(RESAMPLES // _AT_ONCE):
        yield values[rng.integers(0, count, (_AT_ONCE, count))]


def _interval(value: float, drawn: NDArray[np.float64]) -> Interval:
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(drawn, (tail, 1 - tail))
    return Interval(value, float(low), float(high))
