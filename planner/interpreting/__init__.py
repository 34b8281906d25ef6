"""Who interprets what: turns of interpreters, and what they need to know."""
