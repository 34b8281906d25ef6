"""Speakers: people, their texts, and whether they may be named."""
