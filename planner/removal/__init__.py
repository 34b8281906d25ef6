"""Taking a name, or a session, out of everything that was published, and of what speaks of it."""
