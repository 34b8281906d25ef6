// The board stays as it is in the database: what others do appears, with their names, and what
// is done here comes back as the parts of the page that changed. Moving is in board_lift.js.
// Without either script every page and form does the same.
"use strict";

(() => {
  const root = document.getElementById("board");
  if (!root) return;
  const data = root.dataset;
  const words = JSON.parse(data.words);
  const said = document.getElementById("board-said");
  const news = document.getElementById("board-news");
  const scroller = root.querySelector(".board-scroll");
  let newest = Number(data.newest);
  if (data.plan) root.classList.add("has-script");

  const board = {
    root,
    words,
    scroller,
    // Who is in the middle of a move sets this, and is told of news without being disturbed.
    onNews: null,
    onReplaced: [],
  };
  window.barnamaBoard = board;

  // Text from elsewhere keeps its own direction within a sentence.
  const isolated = (text) => `\u2068${text}\u2069`;
  board.fill = (sentence, values) =>
    sentence.replace(/\{(\w+)\}/g, (_, name) => isolated(values[name] ?? "…"));

  // The sentences come from our own pages, where everything in them was escaped.
  board.say = (html) => { said.innerHTML = html; };
  board.tell = (html, kind = "done") => {
    news.className = `message board-news is-${kind}`;
    news.innerHTML = html;
  };
  board.escape = (text) => {
    const span = document.createElement("span");
    span.textContent = text;
    return span.innerHTML;
  };

  // An answer of the server as {status, answer}; no answer at all is status 0.
  board.request = async (address, body) => {
    const headers = { Accept: "application/json" };
    if (body) headers["X-CSRFToken"] = data.csrf;
    try {
      const response = await fetch(address, { method: body ? "POST" : "GET", headers, body });
      const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
      return { status: response.status, answer: isJson ? await response.json() : null };
    } catch {
      return { status: 0, answer: null };
    }
  };
  board.withFilters = (address) => {
    const filters = new URLSearchParams(location.search);
    const asked = filters.toString();
    return asked ? `${address}${address.includes("?") ? "&" : "?"}${asked}` : address;
  };

  // Where the focus is, so that it can be found again when the parts are new.
  const placeOf = (element) => {
    const card = element.closest?.("[data-code]");
    if (card) return `[data-code="${card.dataset.code}"] .${element.classList[0]}`;
    return element.id ? `#${CSS.escape(element.id)}` : null;
  };

  board.focusOn = (code) => {
    const card = root.querySelector(`[data-code="${code}"]`);
    // What left for another day is not here any more: stay on the board.
    const target = card?.querySelector(".lift") || card?.querySelector(".title") || scroller;
    target?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  board.replace = (answer) => {
    const fresh = new DOMParser().parseFromString(answer.html, "text/html");
    const active = document.activeElement;
    const place = active && active !== document.body ? placeOf(active) : null;
    const { scrollTop, scrollLeft } = scroller;
    for (const part of fresh.querySelectorAll("[data-part]")) {
      document.querySelector(`[data-part="${part.dataset.part}"]`)?.replaceWith(part);
    }
    const steps = fresh.querySelector(".steps");
    const present = document.querySelector(".masthead .steps");
    // What is undone from here leads back here, whatever the answer came to.
    for (const next of steps?.querySelectorAll("[name=next]") || []) {
      next.value = location.pathname + location.search;
    }
    if (present && steps) present.replaceWith(steps);
    else if (steps) document.querySelector(".masthead .home")?.after(steps);
    else present?.remove();
    scroller.scrollTop = scrollTop;
    scroller.scrollLeft = scrollLeft;
    if (answer.newest) newest = answer.newest;
    for (const told of board.onReplaced) told();
    if (place && !document.contains(active)) {
      document.querySelector(place)?.focus({ preventScroll: true });
    }
  };

  board.flash = (codes) => {
    for (const code of codes) {
      const card = root.querySelector(`[data-code="${code}"]`);
      card?.classList.add("is-fresh");
      setTimeout(() => card?.classList.remove("is-fresh"), 4000);
    }
  };

  board.refresh = async () => {
    const { status, answer } = await board.request(location.href);
    if (status === 200 && answer) board.replace(answer);
    return status;
  };

  // What others did, asked for every two seconds while somebody looks; the longer the line is
  // down, the more seldom.
  let pause = 2000;
  let timer = 0;
  const ask = async () => {
    clearTimeout(timer);
    if (document.hidden) return;
    const { status, answer } = await board.request(board.withFilters(`${data.news}?since=${newest}`));
    if (status === 401 || status === 403 || status === 404) {
      board.tell(board.escape(words.signedOut), "error");
      return;
    }
    if (status === 200 && answer && answer.newest > newest) {
      newest = answer.newest;
      if (answer.told) board.tell(answer.told, "news");
      if (board.onNews) {
        board.onNews(answer);
      } else {
        board.replace(answer);
        board.flash(answer.codes);
      }
    }
    pause = status === 200 || status === 204 ? 2000 : Math.min(pause * 2, 30000);
    timer = setTimeout(ask, pause);
  };

  const show = async () => {
    if (document.hidden) return;
    const { status, answer } = await board.request(data.present, new URLSearchParams());
    if (status === 200 && answer) {
      const part = document.querySelector("[data-part=present]");
      if (part && part.innerHTML !== answer.html) part.innerHTML = answer.html;
    }
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    pause = 2000;
    ask();
    show();
  });
  timer = setTimeout(ask, pause);
  show();
  setInterval(show, 15000);

  // The tray is searched while one types; the address keeps what was searched for.
  const finder = root.querySelector(".tray form");
  let typing = 0;
  finder?.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => {
      const kept = [...new FormData(finder)].filter(([, value]) => value);
      const asked = new URLSearchParams(kept).toString();
      history.replaceState(null, "", asked ? `?${asked}` : location.pathname);
      if (!board.onNews) board.refresh();
    }, 250);
  });

  // On a phone one room is shown at a time.
  board.choose = (room) => {
    board.chosen = room;
    for (const part of root.querySelectorAll(".column")) {
      part.classList.toggle("is-shown", part.dataset.room === room);
    }
    for (const link of root.querySelectorAll(".room-links a")) {
      if (link.dataset.room === room) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  board.onReplaced.push(() => {
    if (board.chosen !== undefined && !root.classList.contains("is-single")) board.choose(board.chosen);
  });
  root.addEventListener("click", (event) => {
    const link = event.target.closest(".room-links a[data-room]");
    if (!link || root.classList.contains("is-single")) return;
    event.preventDefault();
    board.choose(link.dataset.room);
  });
})();
