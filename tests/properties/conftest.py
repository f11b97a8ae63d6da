"""Properties of whatever reads bytes of strangers, tried with many inputs that hypothesis makes up.

The inputs are the same in every run, so that a failure is one of the change that is tested. An
input that once failed stays, as an `@example`. `make test-faults` tries more of them.
"""

import os
from datetime import timedelta

from hypothesis import HealthCheck, settings

settings.register_profile(
    "bounded",
    derandomize=True,
    max_examples=int(os.environ.get("PROPERTY_EXAMPLES", "40")),
    deadline=timedelta(seconds=2),  # of one input, on a busy machine
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("bounded")
