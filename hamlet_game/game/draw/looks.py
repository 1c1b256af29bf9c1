"""Looks: the colours of a townsperson, put into the templates that sprites of people are."""

from __future__ import annotations

PLACEHOLDERS = {  # what a look colours: the placeholder in the SVG source
    "shirt": "#ff00a0",
    "shirt_shade": "#ff00a1",
    "hair": "#ff00b0",
    "hair_shade": "#ff00b1",
    "skin": "#ff00c0",
    "skin_shade": "#ff00c1",
    "trousers": "#ff00d0",
    "shoes": "#ff00d1",
    "accent": "#ff00e0",
}
_PARTS = tuple(PLACEHOLDERS)
LOOKS: dict[str, dict[str, str]] = {
    name: dict(zip(_PARTS, colors.split(), strict=True))
    for name, colors in {
        # shirt, its shade, hair, its shade, skin, its shade, trousers, shoes, accent
        "0": "#e8593c #c9432b #5b3a29 #442a1d #f7cfa6 #e8b287 #3f5175 #4a3328 #ffd166",
        "1": "#3f8fd9 #2f74b8 #e3b04b #c79334 #fbdcb8 #edc094 #6b4f3f #3b2f2a #fff1c9",
        "2": "#48a868 #378a53 #2b2a33 #1d1c24 #b97d52 #9f673f #4d4b6e #2c2b35 #ffe08a",
        "3": "#9a63c9 #7e4cab #c4562f #a24321 #f9d3b3 #e6b38d #37506b #5a3b2e #ffc7dd",
        "4": "#f2a93b #d68c22 #3a2a22 #281c16 #8d5a3b #754829 #3d6673 #2e2522 #fff4d6",
        "5": "#2fb3a8 #22918a #d9d4cf #b8b1aa #f5cdb0 #e0ae8c #705a7c #40333f #ffb26b",
        "ghost": "#dfe9ff #c4d3f5 #cfdcf9 #b6c6ee #f3f7ff #d9e4fb #bccbef #a9bbe6 #ffffff",
        "ghost-gold": "#ffe39a #efc76a #f7d582 #e2b958 #fff3d2 #f5deaa #e4c06b #d0aa55 #fffbe8",
        "ghost-mint": "#b5f0cb #90d9ac #a2e4ba #80ca9d #e4faec #c0ebd0 #8fd0a8 #79bd93 #ffffff",
        "ghost-rose": "#ffc2d6 #ec9cb6 #f4adc4 #df8dab #ffe9f0 #f6c8d8 #e39bb5 #cf85a0 #ffffff",
    }.items()
}


def dress(source: bytes, look: str) -> bytes:
    """Return the SVG source with its placeholder colours replaced by the look's."""
    colors = LOOKS.get(look)
    if colors is None:
        raise ValueError(f"'{look}' is no look of a townsperson. Known: {', '.join(LOOKS)}.")
    if b"#ff00" not in source:
        return source
    for part, placeholder in PLACEHOLDERS.items():
        source = source.replace(placeholder.encode(), colors[part].encode())
    return source
