"""Recording: the last seconds as a clip, highlights by themselves, replays as films."""
