"""The sample event: an invented programme for a real call, in three languages."""
