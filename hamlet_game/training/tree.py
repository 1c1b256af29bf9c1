"""Nested state taken apart into named arrays and JSON, and put together again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Arrays = dict[str, Array]  # by name, contiguous

_MARK = "$array"  # {"$array": name} stands for an array in the JSON


@runtime_checkable
class _HasArray(Protocol):
    """A NumPy array, or a torch tensor, which need not be imported to be recognised."""

    def __array__(self) -> Array: ...


def take_apart(state: object) -> tuple[Any, Arrays]:
    """Return JSON values and the arrays that they refer to; arrays are not copied.

    Takes dictionaries with text keys, lists, tuples (they come back as lists), arrays,
    CPU tensors, numbers, text and None. Raises TypeError or ValueError for anything else.
    """
    arrays: Arrays = {}
    return _apart(state, "", arrays), arrays


def _apart(value: object, place: str, arrays: Arrays) -> Any:
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool):
        return value
    for plain in (int, float, str):
        if isinstance(value, plain):
            return plain(value)  # a subclass, such as torch's version, becomes plain
    if isinstance(value, Mapping):
        if _MARK in value:
            raise ValueError(f"{place or 'the state'}: the key '{_MARK}' is taken")
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"{place or 'the state'}: the key {key!r} is not text")
        return {key: _apart(part, f"{place}/{key}", arrays) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_apart(part, f"{place}/{i}", arrays) for i, part in enumerate(value)]
    if isinstance(value, _HasArray):
        name = place.strip("/") or "array"
        while name in arrays or name == "__metadata__":
            name += "_"
        arrays[name] = _plain(np.asarray(value), place)
        return {_MARK: name}
    raise TypeError(f"{place or 'the state'}: a {type(value).__name__} can't be saved")


def _plain(array: Array, place: str) -> Array:
    """Return an array as little-endian numbers in one piece."""
    if array.dtype.kind not in "fiub" or array.dtype.itemsize > 8:
        raise TypeError(f"{place}: an array of {array.dtype} can't be saved")
    array = array.astype(array.dtype.newbyteorder("<"), copy=False)
    return array if array.flags.c_contiguous else array.copy()


def put_together(json: Any, arrays: Arrays) -> Any:
    """Return the state that `take_apart` was given. Raises KeyError if an array is missing."""
    if isinstance(json, dict):
        if json.keys() == {_MARK}:
            return arrays[json[_MARK]]
        return {key: put_together(part, arrays) for key, part in json.items()}
    if isinstance(json, list):
        return [put_together(part, arrays) for part in json]
    return json
