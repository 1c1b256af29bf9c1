"""The algorithms: deep Q-learning and its peers. Knows nothing of towns or windows."""
