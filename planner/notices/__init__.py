"""Outgoing mail: what is to be said to whom, and sending it."""
