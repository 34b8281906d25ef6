"""Tests of turns of interpreters."""
