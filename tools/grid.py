"""Write the style sheet that draws the programme's grid: planner/static/grid.css."""

from pathlib import Path

from planner.public.grid import style_sheet

TARGET = Path(__file__).resolve().parent.parent / "planner/static/grid.css"

if __name__ == "__main__":
    TARGET.write_text(style_sheet(), encoding="utf-8")
