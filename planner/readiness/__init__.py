"""What stands between the plan of an event and a good programme."""
