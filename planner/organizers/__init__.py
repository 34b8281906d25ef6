"""The people of an event: who is invited, what each may do, and who leaves."""
