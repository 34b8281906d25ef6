"""The plan as a workbook: out to a spreadsheet, and back with an account of every cell."""
