"""The one place that reads the clock."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant, aware and in UTC, cut to whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)
