"""Imports: schedules that other software wrote become part of a plan, with an account of it."""
