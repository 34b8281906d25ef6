// Moving sessions on the board with the keyboard and the bar beneath; board_drag.js does it with
// mouse and touch. While a session is lifted, the server says what every place would cost.
"use strict";

(() => {
  const board = window.barnamaBoard;
  if (!board || !board.root.dataset.plan) return;
  const { root, words, scroller } = board;
  const data = root.dataset;
  const bar = document.getElementById("board-bar");
  const steering = document.getElementById("board-steering");
  const STEP = 5;
  const MOST = 3;
  const isRtl = document.documentElement.dir === "rtl";

  // What is lifted: {code, version, title, minutes, room, start, from, mode}; start counts minutes
  // from the midnight of the day, and is null in the tray. Room "" is across all rooms.
  let lift = null;
  let costs = null;

  const sheet = () => root.querySelector(".board");
  const columns = () => [...root.querySelectorAll(".column")];
  const columnOf = (room) => columns().find((column) => column.dataset.room === room);
  // What is held across all rooms is drawn over all of them.
  const bodyOf = (room) => (room ? columnOf(room)?.querySelector(".column-body") : root.querySelector(".spanning"));
  const isVisible = (column) => column.querySelector(".column-body").offsetParent !== null;
  const origin = () => Number(sheet().dataset.origin);
  const rows = () => Number(sheet().dataset.rows);
  const clock = (minute) =>
    `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  const cardOf = (code) => root.querySelector(`[data-code="${code}"]`);

  // What board_drag.js moves.
  board.hand = {
    STEP,
    justDragged: false,
    get lift() { return lift; },
    begin: (...told) => begin(...told),
    giveUp: () => giveUp(),
    send: () => send(),
    show: (...told) => show(...told),
    learnSoon: () => learnSoon(),
    clampStart: (start) => clampStart(start),
    columns,
    origin,
    rows,
  };

  // ---- what a place would cost

  const level = () => {
    if (!costs || lift.start === null) return null;
    const runs = costs.runs[lift.room] || [];
    return runs.find(([from, to]) => from <= lift.start && lift.start < to) || null;
  };

  const place = () => {
    if (lift.start === null) return board.escape(words.inTray);
    return board.escape(board.fill(words.slot, {
      room: columnOf(lift.room)?.dataset.label,
      start: clock(lift.start),
      end: clock(lift.start + lift.minutes),
    }));
  };

  const describe = () => {
    const found = level();
    if (!found) return `<p>${place()}</p>`;
    // The worst come first; the others are told once it lies there.
    const told = found[3].slice(0, MOST).map((number) => `<li>${costs.reasons[number]}</li>`);
    if (found[3].length > MOST) told.push(`<li><bdi dir="ltr">+${found[3].length - MOST}</bdi></li>`);
    const reasons = told.join("");
    const sign = `<span class="mark is-${found[2]}">${board.escape(words[found[2]])}</span>`;
    return `<p>${place()}: ${sign}</p>${reasons ? `<ul>${reasons}</ul>` : ""}`;
  };

  const unpaint = () => {
    for (const layer of root.querySelectorAll(".cost")) layer.remove();
    root.classList.remove("has-costs");
  };

  // Runs that cost the same for other reasons look the same.
  const joined = (runs) => runs.reduce((found, [from, to, kind]) => {
    const last = found.at(-1);
    if (last && last[1] === from && last[2] === kind) last[1] = to;
    else found.push([from, to, kind]);
    return found;
  }, []);

  const paint = () => {
    unpaint();
    if (!costs || lift.mode === "stretch") return;
    root.classList.add("has-costs");
    for (const column of columns()) {
      const body = column.querySelector(".column-body");
      for (const [from, to, kind] of joined(costs.runs[column.dataset.room] || [])) {
        const first = Math.max(0, Math.floor((from - origin()) / STEP));
        const last = Math.min(rows(), Math.ceil((to - origin()) / STEP));
        if (last <= first) continue;
        const layer = document.createElement("li");
        layer.className = `cost is-${kind}`;
        layer.setAttribute("aria-hidden", "true");
        layer.style.gridRow = `${first + 2} / ${last + 2}`;
        body.append(layer);
      }
    }
  };

  let asked = 0;
  let asking = 0;
  const learn = async () => {
    const number = ++asked;
    const { code, minutes } = lift;
    const { status, answer } = await board.request(
      `${data.costs.replace("CODE", code)}?minutes=${minutes}`,
    );
    if (!lift || number !== asked) return;
    if (status !== 200 || !answer) return;
    costs = answer;
    paint();
    show();
    listBest();
  };
  const learnSoon = () => {
    clearTimeout(asking);
    asking = setTimeout(learn, 150);
  };

  // ---- the ghost, the bar and what is said

  const ghost = document.createElement("li");
  ghost.className = "ghost";
  ghost.setAttribute("aria-hidden", "true");

  const show = ({ speak = lift?.mode === "keys" } = {}) => {
    if (!lift) return;
    const body = lift.start === null ? null : bodyOf(lift.room);
    root.querySelector(".tray")?.classList.toggle("is-target", lift.start === null);
    if (body) {
      const row = Math.floor((lift.start - origin()) / STEP);
      const length = Math.max(1, Math.ceil(lift.minutes / STEP));
      ghost.style.gridRow = `${row + 2} / span ${length}`;
      ghost.className = `ghost is-${level()?.[2] || "unknown"}`;
      ghost.textContent = `\u2066${clock(lift.start)}–${clock(lift.start + lift.minutes)}\u2069 ${lift.title}`;
      body.hidden = false;
      if (ghost.parentNode !== body) body.append(ghost);
    } else {
      ghost.remove();
    }
    bar.querySelector(".bar-where").innerHTML = describe();
    if (speak) board.say(describe());
  };

  const listBest = () => {
    const list = bar.querySelector(".bar-best");
    list.replaceChildren();
    for (const slot of costs.best) {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = `best is-${slot.level}`;
      button.innerHTML = slot.label;
      button.addEventListener("click", () => send(slot));
      item.append(button);
      list.append(item);
    }
    bar.querySelector(".bar-best-of").hidden = !costs.best.length;
  };

  const openBar = () => {
    bar.hidden = false;
    bar.classList.remove("is-above");
    bar.classList.toggle("is-dragging", lift.mode !== "keys");
    document.body.classList.add("is-lifting");
    bar.querySelector(".bar-what").textContent = lift.title;
    bar.querySelector(".bar-ask").hidden = true;
    bar.querySelector(".bar-steer").hidden = false;
    bar.querySelector(".bar-best").replaceChildren();
    bar.querySelector(".bar-best-of").hidden = true;
  };

  // ---- lifting and putting down

  const begin = (card, mode) => {
    if (lift) stop();
    const { code, version, minutes, title, room, home, start } = card.dataset;
    lift = {
      code,
      version: Number(version),
      title,
      minutes: Number(minutes),
      room: start === undefined ? firstRoom() : room,
      home,
      start: start === undefined ? null : Number(start),
      mode,
    };
    lift.from = { ...lift };
    costs = null;
    board.onNews = (answer) => {
      lift.pending = answer;
      if (answer.codes.includes(lift.code)) lift.theirs = true;
      learn();
    };
    card.classList.add("is-lifted");
    openBar();
    show({ speak: false });
    learn();
  };

  const firstRoom = () => {
    const found = columns().filter((column) => column.dataset.room && isVisible(column));
    return (found[0] || columns()[0])?.dataset.room ?? "";
  };

  const stop = () => {
    const pending = lift?.pending;
    const code = lift?.code;
    asked += 1;
    clearTimeout(asking);
    for (const card of root.querySelectorAll(".is-lifted")) card.classList.remove("is-lifted");
    lift = null;
    costs = null;
    ghost.remove();
    unpaint();
    bar.hidden = true;
    root.querySelector(".tray")?.classList.remove("is-target");
    document.body.classList.remove("is-lifting");
    board.onNews = null;
    if (pending) {
      board.replace(pending);
      board.flash(pending.codes);
    }
    return code;
  };

  const giveUp = () => {
    const code = stop();
    board.say(board.escape(words.givenUp));
    if (code) board.focusOn(code);
  };

  const isWhereItWas = () =>
    lift.room === lift.from.room && lift.start === lift.from.start && lift.minutes === lift.from.minutes;

  // Sends a move; a slot of the best ones names its own day.
  const send = async (slot = null, { anyway = false } = {}) => {
    if (!lift || lift.sending) return;
    const wanted = slot || { day: data.day, room: lift.room, start: lift.start };
    if (!slot && isWhereItWas() && !anyway) {
      giveUp();
      return;
    }
    const body = new URLSearchParams({
      version: lift.version,
      day: wanted.day,
      board: data.day,
      minutes: lift.minutes,
    });
    let address = data.move.replace("CODE", lift.code);
    if (wanted.start === null) {
      address = data.unplace.replace("CODE", lift.code);
    } else {
      body.set("start", typeof wanted.start === "number"
        ? `${Math.floor(wanted.start / 60)}:${String(wanted.start % 60).padStart(2, "0")}`
        : wanted.start);
      // What is across all rooms keeps the room that it is held in.
      body.set("room", wanted.room || lift.home);
      if (!wanted.room || wanted.across) body.set("across", "y");
    }
    if (anyway) body.set("anyway", "y");
    await post(address, body, slot);
  };

  const post = async (address, body, slot) => {
    lift.sending = true;
    root.setAttribute("aria-busy", "true");
    const { status, answer } = await board.request(board.withFilters(address), body);
    root.removeAttribute("aria-busy");
    if (!lift) return;
    lift.sending = false;
    if (status === 200 && answer?.ok) {
      const { code } = lift;
      lift.pending = null;
      stop();
      board.replace(answer);
      board.flash([code]);
      board.tell(answer.message);
      board.say(answer.message);
      board.focusOn(code);
    } else if (answer && (status === 409 || status === 422)) {
      ask(answer, slot);
    } else {
      stop();
      const text = status === 401 || status === 403 ? words.signedOut : words.failed;
      board.tell(board.escape(text), "error");
      board.say(board.escape(text));
    }
  };

  // The server refused: say why, and let the organizer decide.
  const ask = (answer, slot) => {
    const part = bar.querySelector(".bar-ask");
    const reasons = (answer.reasons || []).map((reason) => `<li>${reason}</li>`).join("");
    const html = `<p>${answer.message}</p>${reasons ? `<ul>${reasons}</ul>` : ""}`;
    part.querySelector(".bar-reasons").innerHTML = html;
    const sure = part.querySelector(".bar-sure");
    sure.hidden = answer.status === "gone" || answer.status === "invalid";
    sure.textContent = answer.status === "stale" ? words.moveAllTheSame : words.anyway;
    sure.onclick = () => {
      if (answer.version) lift.version = answer.version;
      send(slot, { anyway: answer.status === "impossible" });
    };
    const swap = part.querySelector(".bar-swap");
    swap.hidden = !answer.swap;
    if (answer.swap) {
      const [other, title] = answer.swap;
      swap.textContent = board.fill(words.swap, { session: title });
      swap.onclick = () => post(data.swap.replace("CODE", lift.code), new URLSearchParams({
        version: lift.version, other, board: data.day,
      }), slot);
    }
    lift.mode = "asked";
    bar.classList.remove("is-above", "is-dragging");
    part.hidden = false;
    bar.querySelector(".bar-steer").hidden = true;
    board.say(html);
    (sure.hidden ? part.querySelector(".bar-give-up") : sure).focus();
  };

  // ---- steps of the keyboard, also for buttons of the bar

  const clampStart = (start) =>
    Math.min(Math.max(start, origin()), origin() + rows() * STEP - STEP);

  const reveal = () => {
    const column = columnOf(lift.room);
    if (column && !isVisible(column)) board.choose(lift.room);
    ghost.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const enterBoard = () => {
    lift.start = Number(sheet().dataset.begin);
  };

  const steer = (change) => {
    if (lift.start === null) {
      enterBoard();
    } else if (change.by) {
      lift.start = clampStart(lift.start + change.by);
    }
    if (change.columns) {
      const all = columns();
      const at = all.findIndex((column) => column.dataset.room === lift.room);
      const next = all[at + change.columns];
      if (next) lift.room = next.dataset.room;
    }
    if (change.longer) {
      lift.minutes = Math.max(STEP, Math.min(lift.minutes + change.longer, 720));
      learnSoon();
    }
    show();
    reveal();
  };

  const toTray = () => {
    lift.start = null;
    if (lift.from.start === null) giveUp();
    else send();
  };

  const SIDE = isRtl ? -1 : 1;
  const KEYS = {
    ArrowUp: (event) => steer({ by: event.shiftKey ? -60 : -STEP }),
    ArrowDown: (event) => steer({ by: event.shiftKey ? 60 : STEP }),
    PageUp: () => steer({ by: -60 }),
    PageDown: () => steer({ by: 60 }),
    ArrowRight: () => steer({ columns: SIDE }),
    ArrowLeft: () => steer({ columns: -SIDE }),
    "+": () => steer({ longer: STEP }),
    "=": () => steer({ longer: STEP }),
    "-": () => steer({ longer: -STEP }),
    Enter: () => send(),
    " ": () => send(),
    Delete: toTray,
    Backspace: toTray,
  };

  steering.addEventListener("keydown", (event) => {
    if (!lift || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act(event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !lift) return;
    event.preventDefault();
    giveUp();
  });

  // The handle of a card: pressed by key, finger or mouse it lifts the card.
  root.addEventListener("click", (event) => {
    const handle = event.target.closest(".lift");
    if (!handle || board.hand.justDragged) return;
    begin(handle.closest("[data-code]"), "keys");
    if (lift.start === null) enterBoard();
    board.say(`<p>${board.escape(board.fill(words.lifted, { session: lift.title }))}</p>${describe()}`);
    show({ speak: false });
    steering.setAttribute("aria-label", board.fill(words.steering, { session: lift.title }));
    steering.focus({ preventScroll: true });
    reveal();
  });

  bar.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (!act || !lift) return;
    ({
      drop: () => send(),
      tray: toTray,
      earlier: () => steer({ by: -STEP }),
      later: () => steer({ by: STEP }),
      longer: () => steer({ longer: STEP }),
      shorter: () => steer({ longer: -STEP }),
      giveUp,
    })[act]();
  });

  board.onReplaced.push(() => {
    if (!lift) return;
    cardOf(lift.code)?.classList.add("is-lifted");
    paint();
    show({ speak: false });
  });
})();
