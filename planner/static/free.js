// Marks hours by dragging over them, and whole days at once. Without this script each hour is a
// box to check.
"use strict";

const grid = document.querySelector(".free-grid");
const cells = [...grid.querySelectorAll("tbody td")];
let brush = null; // where a drag began, what cells become, and what they were before

const boxOf = (cell) => cell.querySelector("input");
const cellAt = (element) => element?.closest?.("tbody td");
const isBetween = (value, one, other) => value >= Math.min(one, other) && value <= Math.max(one, other);

function paint(last) {
  for (const cell of cells) {
    const box = boxOf(cell);
    if (!box) continue;
    const isMarked =
      isBetween(cell.parentElement.rowIndex, brush.cell.parentElement.rowIndex, last.parentElement.rowIndex) &&
      isBetween(cell.cellIndex, brush.cell.cellIndex, last.cellIndex);
    box.checked = isMarked ? brush.value : brush.before.get(box);
  }
}

grid.addEventListener("pointerdown", (event) => {
  const cell = cellAt(event.target);
  // A finger that moves scrolls the page; it marks by tapping.
  if (!cell || !boxOf(cell) || event.pointerType === "touch" || event.button !== 0) return;
  const boxes = cells.map(boxOf).filter(Boolean);
  brush = { cell, value: !boxOf(cell).checked, before: new Map(boxes.map((box) => [box, box.checked])) };
});

grid.addEventListener("pointerover", (event) => {
  const cell = cellAt(event.target);
  if (!brush || !cell || (cell === brush.cell && !brush.moved)) return;
  brush.moved = true;
  paint(cell);
});

document.addEventListener("pointerup", () => {
  // The click that may follow a drag at once must not turn the last cell around again.
  if (brush?.moved) {
    const keep = (event) => event.preventDefault();
    grid.addEventListener("click", keep, true);
    setTimeout(() => grid.removeEventListener("click", keep, true));
  }
  brush = null;
});

for (const button of grid.querySelectorAll(".whole-day")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const boxes = [...button.closest("tr").querySelectorAll("input")];
    const value = !boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = value;
  });
}
