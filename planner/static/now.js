// Keeps what is on now true: asks again when something begins or ends, and at least each minute.
// Without it the page says until when it is right, and leads to itself.
"use strict";

(() => {
  const clock = document.querySelector(".venue-clock");
  const status = document.querySelector("[role=status]");
  const MINUTE = 60000;
  let ahead = 0; // milliseconds by which this device is behind the server
  let timer;

  const told = () => document.getElementById("now");
  const present = () => Date.now() + ahead;

  const hour = new Intl.DateTimeFormat("en-GB", {
    timeZone: clock.dataset.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  const tick = () => {
    clock.querySelector("time").textContent = hour.format(present());
    clock.hidden = false;
  };

  // Puts the new part in place of the old one; who was on a link finds the same one, or the heading.
  const replace = (fresh) => {
    const old = told();
    const held = old.contains(document.activeElement) && document.activeElement;
    const address = held && held.getAttribute("href");
    old.replaceWith(fresh);
    if (held) {
      const same = [...fresh.querySelectorAll("a")].find((link) => link.getAttribute("href") === address);
      const heading = document.querySelector("h1");
      heading.tabIndex = -1;
      (same || heading).focus({ preventScroll: true });
    }
    status.textContent = fresh.dataset.told;
    document.dispatchEvent(new Event("sessions-replaced"));
  };

  const noLine = () => {
    if (document.querySelector(".no-line")) return;
    const note = document.createElement("p");
    note.className = "no-line";
    note.textContent = told().dataset.noLine;
    told().before(note);
  };

  const ask = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-cache", signal: AbortSignal.timeout(20000) });
      if (!answer.ok) throw answer;
      const date = Date.parse(answer.headers.get("Date"));
      if (date && Math.abs(date - Date.now()) > 2000) ahead = date + 500 - Date.now();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("now");
      document.querySelector(".no-line")?.remove();
      if (fresh && fresh.dataset.state !== told().dataset.state) replace(document.adoptNode(fresh));
    } catch {
      noLine();
    }
    wait();
  };

  // A page in the background asks when it is looked at again.
  const wait = () => {
    clearTimeout(timer);
    tick();
    const left = Date.parse(told().dataset.until) - present() + 1000;
    const pause = left > 0 && left < MINUTE ? left : MINUTE;
    timer = setTimeout(() => (document.hidden ? wait() : ask()), pause);
  };

  document.addEventListener("visibilitychange", () => document.hidden || ask());
  setInterval(tick, 5000);
  tick();
  ask();
})();
