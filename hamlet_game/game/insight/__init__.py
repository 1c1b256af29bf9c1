"""Honest overlays: what an agent thinks and wants, and how it learns."""
