"""Events: editions of a conference, their days, rooms and themes."""
