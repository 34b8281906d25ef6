"""The desk's pages of speakers: list, form, photo, and what ends one."""
