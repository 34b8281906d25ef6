// Stars become toggles: nobody leaves the page to set one. What is pressed without a line stays on
// this device until it can be sent. Without this script each star is sent by the page's form.
"use strict";

(() => {
  const form = document.getElementById("stars");
  if (!form) return;
  const key = `agenda ${form.action.split("/")[4]}`;
  // The sessions in the agenda as far as this device knows, and what is still to be sent.
  let known = null;
  let waiting = {};
  let sending = false;

  const status = document.createElement("p");
  status.className = "star-told";
  status.setAttribute("role", "status");
  document.body.append(status);

  const isOn = (code) => waiting[code] ?? (known || []).includes(code);

  const read = () => {
    try {
      ({ known, waiting } = JSON.parse(localStorage.getItem(key)) || { known: null, waiting: {} });
    } catch { /* a browser that keeps nothing */ }
  };

  const show = () => {
    for (const button of document.querySelectorAll("button.star")) {
      const on = isOn(button.value);
      button.setAttribute("aria-pressed", on);
      button.firstChild.data = (on ? "★" : "☆") + button.firstChild.data.slice(1);
    }
  };

  const keep = () => {
    const is_needed = known?.length || Object.keys(waiting).length;
    try {
      if (is_needed) localStorage.setItem(key, JSON.stringify({ known, waiting }));
      else localStorage.removeItem(key);
    } catch { /* the same */ }
    show();
  };

  const ask = async (address, options) => {
    const answer = await fetch(address, {
      ...options, headers: { Accept: "application/json" }, keepalive: true,
    });
    if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
    return answer.ok ? (await answer.json()).stars : null;
  };

  const send = async (then = () => {}) => {
    const sent = Object.entries(waiting);
    if (sending || !sent.length) return;
    sending = true;
    const body = new URLSearchParams(sent.map(([code, on]) => [on ? "code" : "off", code]));
    try {
      const stars = await ask(form.action, { method: "POST", body });
      for (const [code, on] of sent) if (waiting[code] === on) delete waiting[code];
      if (stars) known = stars;
      status.textContent = stars ? "" : form.dataset.refused;
      sending = false;
      keep();
      then();
      send();
    } catch {
      sending = false;
      status.textContent = form.dataset.offline;
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.star");
    if (!button) return;
    event.preventDefault();
    waiting[button.value] = !isOn(button.value);
    keep();
    send();
  });
  // Pages that search or tell what is on now put new cards in.
  new MutationObserver(show).observe(document.body, { childList: true, subtree: true });
  addEventListener("online", () => send());
  document.addEventListener("sessions-replaced", show); // by scripts that put fresh cards in place
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    read();
    show();
  });

  read();
  const { stars } = form.dataset;
  const before = known || [];
  if (stars !== undefined) known = stars ? stars.split(" ") : null;
  keep();
  // What was sent as the last page was left may not be in this one yet; it is asked for once more.
  const isBehind = stars !== undefined && before.some((code) => !known?.includes(code));
  if (isBehind && !Object.keys(waiting).length) location.reload();
  // The page of the agenda was made without what is sent only now.
  send(stars === undefined ? undefined : () => location.reload());
  if (stars === undefined && known) {
    ask(`${form.action}.json`).then((found) => {
      if (!found) return;
      known = found;
      keep();
    }).catch(() => {});
  }
})();
