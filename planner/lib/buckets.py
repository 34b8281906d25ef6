"""Holding back what comes too often, in the memory of this process: nothing is written down."""

import math
import threading
import time
from collections import OrderedDict

_SECONDS = 60
#: So many keys are remembered; the longest unused are forgotten first.
_KEYS = 10_000


class Buckets:
    """Lets so many through a minute for each key, and as many at once (a token bucket)."""

    def __init__(self, a_minute: int) -> None:
        self._most = float(a_minute)
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str) -> int:
        """Let one through and return 0, or return after how many seconds another one is."""
        moment = time.monotonic()
        with self._lock:
            left, since = self._left.pop(key, (self._most, moment))
            left = min(self._most, left + (moment - since) * self._most / _SECONDS)
            is_let_through = left >= 1
            self._left[key] = (left - 1 if is_let_through else left, moment)
            if len(self._left) > _KEYS:
                self._left.popitem(last=False)
        return 0 if is_let_through else math.ceil((1 - left) * _SECONDS / self._most)
