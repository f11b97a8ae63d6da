"""A site's settings, but its channel layer loses messages; its clock may be wrong; it counts."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from tests.scale.counted_settings import *  # noqa: F403

CHANNEL_LAYERS["default"]["BACKEND"] = "tests.scale.faulty_layer.FaultyLayer"  # noqa: F405

_true_now = timezone.now
_wrong_by = os.environ.get("WRONG_BY")  # a file with the seconds by which this machine's clock is


def _now() -> datetime:
    seconds = float(Path(_wrong_by).read_text()) if _wrong_by else 0.0
    return _true_now() + timedelta(seconds=seconds)


timezone.now = _now
