"""Settings of the town's property tests."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "town",
    deadline=None,  # a busy machine is not a failure
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("town")
