"""Tests of letters to speakers."""
