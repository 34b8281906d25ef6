"""Programme to bytes: pure functions, one format a module. Nothing here knows a database."""
