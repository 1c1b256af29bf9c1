"""The rules of the town: levels, simulation, rewards, scores, planner and replays.

NumPy, pydantic and yaml only; imports nothing else of ours but `paths`.
"""
