"""The timetable: placing sessions, what it costs, and the rules that a plan may break."""
