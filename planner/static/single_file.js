// Search, filters and stars of the programme as one file. The file is whole without it.
"use strict";

(() => {
  const form = document.getElementById("find");
  const main = document.querySelector("main");
  const none = document.getElementById("none");
  const people = document.getElementById("people");
  const find = (id) => document.getElementById(id);
  const sessions = [...main.querySelectorAll("article")];
  const key = `barnama ${document.body.dataset.event}`;

  // One spelling for letters that are typed in several, as on the server (planner/lib/text.py, spelling.py).
  const LETTERS = new Map();
  for (const [one, others] of Object.entries({
    "ه": "ھہەة", "ک": "ك", "ی": "يىێئ", "و": "ۆؤ", "ر": "ڕ", "ل": "ڵ", "ا": "أإآٱ",
  })) for (const other of others) LETTERS.set(other, one);
  for (let digit = 0; digit < 10; digit += 1) {
    LETTERS.set(String.fromCharCode(0x660 + digit), String(digit));
    LETTERS.set(String.fromCharCode(0x6f0 + digit), String(digit));
  }
  const fold = (text) => text
    .replace(/(^|[^\p{L}\p{N}])ئ(?=[اەهھۆوێیي])/gu, "$1").replace(/ه\u200c/g, "ه").normalize("NFKC")
    .replace(/[\u064b-\u0652\u0670ـ\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[^\x00-\x7f]/g, (letter) => LETTERS.get(letter) || letter)
    .toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, " ").replace(/وو/g, "و").replace(/یی/g, "ی").trim();

  // Stars stay on this device; where a browser keeps nothing of files, they stand in the address.
  const stars = new Set();
  const FRAGMENT = "#stars=";
  const read = () => {
    if (location.hash.startsWith(FRAGMENT)) {
      for (const code of location.hash.slice(FRAGMENT.length).split(",")) stars.add(code);
    }
    try {
      for (const code of JSON.parse(localStorage.getItem(key) || "[]")) stars.add(code);
    } catch { /* they stand in the address alone */ }
  };
  const keep = () => {
    const codes = sessions.map((session) => session.id).filter((code) => stars.has(code));
    try {
      localStorage.setItem(key, JSON.stringify(codes));
    } catch {
      history.replaceState(null, "", codes.length ? FRAGMENT + codes.join(",") : "#");
    }
  };

  const addStar = (session) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "star";
    const title = session.querySelector("h3").textContent;
    button.setAttribute("aria-label", main.dataset.star.replace("%title", () => title));
    const show = () => {
      button.textContent = stars.has(session.id) ? "★" : "☆";
      button.setAttribute("aria-pressed", stars.has(session.id));
    };
    button.addEventListener("click", () => {
      if (!stars.delete(session.id)) stars.add(session.id);
      keep();
      show();
      if (find("starred").checked) narrow();
    });
    show();
    session.append(button);
  };

  const texts = new Map();
  const textOf = (session) => {
    if (!texts.has(session)) texts.set(session, fold(session.textContent));
    return texts.get(session);
  };

  const narrow = () => {
    const words = fold(find("q").value).split(" ").filter(Boolean);
    const asked = (id) => find(id)?.value || "";
    const [day, theme, room] = [asked("day"), asked("theme"), asked("room")];
    let found = 0;
    for (const session of sessions) {
      const fits = (!day || session.parentElement.id === day)
        && (!theme || session.dataset.theme === theme)
        && (!room || session.dataset.room === room || session.dataset.room === "*")
        && (!find("starred").checked || stars.has(session.id))
        && words.every((word) => textOf(session).includes(word));
      session.hidden = !fits;
      found += fits;
    }
    for (const section of main.querySelectorAll("section")) {
      section.hidden = section !== people && !section.querySelector("article:not([hidden])");
    }
    if (people) people.hidden = found < sessions.length;
    none.hidden = found > 0;
    find("count").textContent = find("count").dataset.words.replace("%found", found).replace("%num", sessions.length);
  };

  read();
  sessions.forEach(addStar);
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", narrow);
  narrow();
})();
