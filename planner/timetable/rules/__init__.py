"""The rules that a plan may break, in the order in which they are listed."""

from planner.timetable.rules import choices, gaps, interpreting, people, rooms, wishes

__all__ = ["choices", "gaps", "interpreting", "people", "rooms", "wishes"]
