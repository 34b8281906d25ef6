"""Entering: the desk's pages of sessions and speakers, which need the timetable as well."""
