"""The journal: who changed what in a plan, and taking it back."""
