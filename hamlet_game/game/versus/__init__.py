"""Races and comparisons: several lives in the same town, on one clock."""
