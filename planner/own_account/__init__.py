"""What organizers see and change of their own account."""
