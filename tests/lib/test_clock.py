"""The clock."""

import time
from datetime import UTC, timedelta

from planner.lib.clock import now


def test_now_is_aware_in_utc_and_in_whole_seconds() -> None:
    moment = now()
    assert moment.tzinfo is UTC
    assert moment.microsecond == 0
    assert abs(moment.timestamp() - time.time()) < 2
    assert moment.utcoffset() == timedelta(0)
