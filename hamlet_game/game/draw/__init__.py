"""Drawing: the painter, sprites, the town, its people and effects."""
