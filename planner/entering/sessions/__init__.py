"""The desk's pages of sessions: list, form, what organizers ask of two, and what ends one."""
