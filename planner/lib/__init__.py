"""Pure helpers. They import nothing else of planner."""
