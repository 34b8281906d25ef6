// Marks what is on at the venue now, and leads there. The page is whole without it.
"use strict";

(() => {
  const sessions = document.querySelector("[data-zone]");
  if (!sessions) return;

  // The venue's wall clock as the page writes times: 2017-01-18T09:00.
  const wallClock = () => {
    const parts = new Intl.DateTimeFormat("en-GB", {
      timeZone: sessions.dataset.zone,
      year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    }).formatToParts(new Date());
    const part = (type) => parts.find((found) => found.type === type).value;
    return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
  };

  const cards = () => [...sessions.querySelectorAll(".card")].map((card) => {
    const [from, to] = [...card.querySelectorAll(".when time")].map((time) => time.dateTime);
    return { card, from, to };
  });
  const way = document.createElement("a");
  way.className = "button is-plain way-to-now";
  way.textContent = sessions.dataset.now;

  const sign = () => {
    const word = document.createElement("strong");
    word.className = "sign sign-now";
    word.textContent = sessions.dataset.now;
    return word;
  };

  const mark = () => {
    const now = wallClock();
    let first = null;
    for (const { card, from, to } of cards()) {
      const on = from <= now && now < to && !card.classList.contains("is-cancelled");
      card.classList.toggle("is-now", on);
      card.querySelector(".sign-now")?.remove();
      if (on) card.querySelector(".when").append(" ", sign());
      if (on && !first) first = card;
    }
    if (first) {
      first.id = "now";
      way.href = "#now";
      document.querySelector(".head").append(way);
    } else {
      way.remove();
    }
  };

  mark();
  document.addEventListener("sessions-replaced", mark);
  setInterval(mark, 60000);
})();
