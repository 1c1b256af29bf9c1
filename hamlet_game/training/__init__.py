"""Experiments: training runs, their curriculum, agents, checkpoints and measures.

`events`, `config` and `seeds` never import torch, so the window can use them.
"""
