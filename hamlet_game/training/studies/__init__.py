"""Studies: several configurations, each with several seeds, side by side, and what came of it."""
