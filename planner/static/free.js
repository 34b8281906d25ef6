// Marks hours by dragging over them, and whole days at once. Without this script each hour is a
// box to check.
"use strict";

const grid = document.querySelector(".free-grid");
let brush = null; // what the cells become that the pointer comes over

const boxAt = (element) => element?.closest?.("td")?.querySelector("input");

grid.addEventListener("pointerdown", (event) => {
  const box = boxAt(event.target);
  // A finger that moves scrolls the page; it marks by tapping.
  if (box && event.pointerType !== "touch" && event.button === 0) brush = { box, value: !box.checked };
});

grid.addEventListener("pointerover", (event) => {
  const box = boxAt(event.target);
  if (!brush || !box || (box === brush.box && !brush.moved)) return;
  brush.moved = true;
  brush.box.checked = box.checked = brush.value;
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
