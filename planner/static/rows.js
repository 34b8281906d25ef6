// Moves, adds and takes out rows of a form at once; without this script its buttons send the form,
// which comes back so. Where there are too many people to list, suggests those that match.
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name='do']");
  const list = button?.closest("fieldset")?.querySelector(".rows");
  if (!list) return;
  const what = button.value.split("-")[0];
  const row = button.closest("li");
  if (what === "add") add(list);
  else if (what === "up") row.previousElementSibling?.before(row);
  else if (what === "down") row.nextElementSibling?.after(row);
  else if (what === "remove") remove(list, row);
  else return;
  event.preventDefault();
  renumber(list);
  if (what === "up" || what === "down") (button.disabled ? row.querySelector("input") : button).focus();
});

function add(list) {
  const row = list.lastElementChild.cloneNode(true);
  const next = Math.max(...[...list.querySelectorAll("[name]")].map((field) => Number(/-(\d+)-/.exec(field.name)?.[1] ?? 0))) + 1;
  row.querySelectorAll(".below").forEach((part) => part.remove());
  row.querySelectorAll(".has-errors").forEach((part) => part.classList.remove("has-errors"));
  for (const part of row.querySelectorAll("[id], [name], [for]")) {
    for (const name of ["id", "name", "for"]) {
      const told = part.getAttribute(name);
      if (told && part.value !== "add") part.setAttribute(name, told.replace(/-\d+/, `-${next}`));
    }
  }
  for (const field of row.querySelectorAll("input")) {
    field.value = "";
    field.removeAttribute("aria-invalid");
  }
  for (const field of row.querySelectorAll("select")) field.selectedIndex = 0;
  list.append(row);
  row.querySelector("input, select").focus();
}

function remove(list, row) {
  const near = row.nextElementSibling ?? row.previousElementSibling;
  if (!near) {
    add(list);
    row.remove();
    return;
  }
  row.remove();
  near.querySelector("input, select").focus();
}

function renumber(list) {
  const rows = [...list.children];
  rows.forEach((row, place) => {
    const told = row.querySelector(".place");
    if (told) told.textContent = place + 1;
    for (const button of row.querySelectorAll("button[name='do']")) {
      const what = button.value.split("-")[0];
      button.value = `${what}-${place}`;
      if (what === "up") button.disabled = place === 0;
      if (what === "down") button.disabled = place === rows.length - 1;
    }
  });
}

let waiting;
document.addEventListener("input", (event) => {
  const address = event.target.closest(".rows[data-names]")?.dataset.names;
  if (!address || !event.target.list) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => suggest(address, event.target), 250);
});

async function suggest(address, field) {
  if (field.value.trim().length < 2) return;
  try {
    const answer = await fetch(`${address}?q=${encodeURIComponent(field.value)}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { names } = await answer.json();
    field.list.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
  } catch {
    // Without an answer one writes the name or the number in full.
  }
}
