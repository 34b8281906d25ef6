"""Languages: the table of them, choosing one, formats of dates and times, fallback of content."""
