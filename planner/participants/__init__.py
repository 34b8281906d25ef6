"""Participants who registered: their table, and what is counted of them."""
