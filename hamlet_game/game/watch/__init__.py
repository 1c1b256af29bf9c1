"""Watching an agent live and learn: the parts of the watch scene."""
