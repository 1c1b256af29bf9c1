"""What townspeople are called: a name for every life, always the same for the same life."""

from __future__ import annotations

from hamlet_game.game.draw.noise import chance

_FIRSTS = (
    "Ada Alma Anton Arlo Bea Bela Bo Britt Cleo Cora Dana Dario Edda Eli Elsa Emil Enzo Esme "
    "Fay Felix Finn Flora Frida Gus Hana Hedy Hugo Ida Ilya Ines Iris Ivo Jana Jonas Juna Kai "
    "Kira Lena Leo Lilo Linus Lotte Luca Mara Mila Milo Nell Nico Nora Odin Olga Oskar Otto "
    "Paul Pia Quinn Rafa Remy Rosa Ruth Sami Selma Sven Tara Theo Tilda Toni Uma Vera Viggo "
    "Wanda Willa Yara Yuri Zoe"
)
_LASTS = (
    "Alder Ash Barley Birch Bloom Bramble Brook Clover Crane Dale Dove Elm Fennel Fern Finch "
    "Flint Frost Gale Hazel Heath Heron Hill Holly Juniper Lark Laurel Lind Marsh Meadow Mill "
    "Moss Nettle Oak Otter Pebble Pike Pine Plum Poppy Quill Reed Robin Rook Rowan Rush Sage "
    "Snow Sorrel Sparrow Stone Swan Thorn Vale Wells Wick Willow Winter Wren Yarrow"
)
_FIRST, _LAST = _FIRSTS.split(), _LASTS.split()


def name_of(town_seed: int, citizen: int, episode: int) -> str:
    """Return the name of one life: of a citizen's place in town, and how often it was filled."""
    first = _FIRST[int(chance(town_seed, 101, citizen, episode) * len(_FIRST))]
    last = _LAST[int(chance(town_seed, 102, citizen, episode) * len(_LAST))]
    return f"{first} {last}"
