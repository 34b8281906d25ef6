// Goes on by itself: what is on is found from the sessions at hand and the server's time, so that
// the screen stays right when the line is gone. It takes a new release as soon as it can ask.
"use strict";

(() => {
  const MINUTE = 60000;
  const TILES = 4;
  const AT_ONCE = 2; // sessions of one place
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const find = (selector) => document.querySelector(selector);
  const address = document.body.dataset.address;
  const first = document.documentElement.lang;
  const button = find("footer button");
  let told; // what the server told last
  let ahead = 0; // milliseconds by which this device is behind the server
  let heard; // when the server was heard last, by its own clock
  let silent = false;
  let turn = 0;
  let paused = false;

  const present = () => Date.now() + ahead;
  const wall = (moment) => {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone: told.zone, year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    }).formatToParts(moment);
    const part = (type) => parts.find((found) => found.type === type).value;
    return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
  };
  const hour = (there) => there.slice(11);
  const with_ = (words, there) => words.replace("{time}", hour(there));
  const isOn = (session, now) => session.from <= now && now < session.to;

  // The day that has begun and is not over, if any.
  const today = (now) => {
    const live = told.sessions.filter((session) => !session.cancelled);
    const days = [...new Set(live.map((session) => session.day))].reverse();
    const begun = (day) => {
      const own = live.filter((session) => session.day === day);
      return own.some((session) => session.from <= now) && own.some((session) => session.to > now);
    };
    return days.find(begun);
  };

  const placesAt = (now) => {
    const day = today(now);
    if (!day) return [];
    const found = told.places.map(([place, names]) => {
      const own = told.sessions.filter((session) => session.place === place);
      return {
        place, names,
        on: own.filter((session) => isOn(session, now)).sort((one, other) => one.cancelled - other.cancelled).slice(0, AT_ONCE),
        next: own.filter((session) => session.from > now && session.day === day && !session.cancelled).slice(0, 1),
      };
    }).filter(({ on, next }) => on.length || next.length);
    // What is held in all rooms at once stands first only while it is on.
    const isLast = ({ place, on }) => place === "*" && !on.length;
    return [...found.filter((each) => !isLast(each)), ...found.filter(isLast)];
  };

  const nothing = (now, words) => {
    const next = told.sessions.find((session) => session.from > now && !session.cancelled);
    if (!next) return told.more ? words.nothing : words.over;
    const days = (Date.parse(next.from.slice(0, 10)) - Date.parse(now.slice(0, 10))) / (24 * 60 * MINUTE);
    return with_([words.today, words.tomorrow][days] ?? words.days[next.day], next.from);
  };

  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    if (Array.isArray(text)) [made.textContent, made.lang, made.dir] = text;
    else if (text) made.textContent = text;
    return made;
  };

  const slotOf = (session, kind, lang, words) => {
    const slot = element("div", `slot is-${kind}${session.cancelled ? " is-cancelled" : ""}`);
    const line = element("p", "hours-line");
    const hours = element("bdi", "hours", `${hour(session.from)}–${hour(session.to)}`);
    hours.dir = "ltr";
    line.append(`${words[kind]} `, hours);
    if (session.cancelled) line.append(" ", element("strong", "sign", words.cancelled));
    const title = element("p", "title", session.title[lang] ?? Object.values(session.title)[0]);
    slot.append(line, title);
    return slot;
  };

  const tileOf = ({ place, names, on, next }, lang, words) => {
    const tile = element("section", "tile");
    tile.append(
      element("h2", "", names[lang] ?? words[place] ?? place),
      ...on.map((session) => slotOf(session, "on", lang, words)),
      ...next.map((session) => slotOf(session, "next", lang, words)),
    );
    return tile;
  };

  const show = (fades) => {
    if (!told) return;
    const now = wall(present());
    const places = placesAt(now);
    const pages = Math.max(1, Math.ceil(places.length / TILES));
    const page = turn % pages;
    const start = Math.max(0, told.languages.findIndex(([code]) => code === first));
    const [lang, dir] = told.languages[(start + Math.floor(turn / pages)) % told.languages.length];
    const words = told.words[lang];
    Object.assign(document.documentElement, { lang, dir });
    const tiles = find(".tiles");
    const shown = places.slice(page * TILES, (page + 1) * TILES);
    tiles.dataset.count = shown.length;
    tiles.replaceChildren(
      ...(shown.length
        ? shown.map((place) => tileOf(place, lang, words))
        : [element("p", "phase", nothing(now, words))]),
    );
    find("h1").replaceChildren(element("span", "", told.event[lang]));
    find(".clock time").textContent = hour(now);
    find(".release").textContent = words.release;
    find(".no-line").textContent = silent ? with_(words.noLine, wall(heard)) : "";
    find(".turn").textContent = pages > 1 ? `${page + 1}/${pages}` : "";
    button.textContent = paused ? words.resume : words.pause;
    button.hidden = pages * told.languages.length === 1;
    if (fades && !calm) tiles.animate([{ opacity: 0 }, { opacity: 1 }], 400);
  };

  const ask = async () => {
    try {
      const answer = await fetch(address, { cache: "no-cache", signal: AbortSignal.timeout(20000) });
      if (!answer.ok) throw answer;
      const fresh = await answer.json();
      if (told && fresh.build !== told.build && (await fetch(location.href)).ok) location.reload();
      const date = Date.parse(answer.headers.get("Date"));
      if (date && Math.abs(date - Date.now()) > 2000) ahead = date + 500 - Date.now();
      told = fresh;
      heard = present();
      silent = false;
    } catch {
      silent = Boolean(told);
    }
    show();
  };

  // A screen that is looked at does not go dark, where the browser can be asked for that.
  const stayAwake = () => document.hidden || navigator.wakeLock?.request("screen").catch(() => {});

  button.addEventListener("click", () => {
    paused = !paused;
    show();
  });
  document.addEventListener("visibilitychange", stayAwake);
  addEventListener("online", ask);
  stayAwake();
  ask();
  setInterval(ask, MINUTE);
  setInterval(() => show(), 5000);
  setInterval(() => {
    if (paused) return;
    turn += 1;
    show(true);
  }, calm ? 24000 : 12000);
})();
