"""Participants' own agendas: a random token and a set of codes, over the released programme."""
