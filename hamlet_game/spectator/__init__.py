"""The browser page: a town and a training shown to whoever looks on. Never torch, never pygame."""
