// Finds while one types and chooses: fetches the same page and takes its results. The form works
// as it is without this, and whenever the line is too weak for it.
"use strict";

(() => {
  const form = document.querySelector(".finder form");
  const found = document.getElementById("found");
  if (!form || !found) return;
  const PARTS = ["#found", ".count", ".days", ".threads", ".languages ul"];
  const PAUSE = 250; // milliseconds without a key after which it is asked
  let timer;
  let asking;

  const take = (page) => {
    for (const part of PARTS) {
      const fresh = page.querySelector(part);
      if (fresh) document.querySelector(part)?.replaceChildren(...fresh.childNodes);
    }
    for (const option of form.querySelectorAll("option")) {
      const select = page.getElementById(option.parentElement.id);
      const same = [...(select?.options ?? [])].find(({ value }) => value === option.value);
      if (same) option.textContent = same.textContent;
    }
    document.dispatchEvent(new Event("sessions-replaced"));
  };

  const find = async () => {
    asking?.abort();
    const { signal } = asking = new AbortController();
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
    const address = form.action + (asked.size ? `?${asked}` : "");
    found.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal });
      const text = await answer.text();
      if (!answer.ok) return;
      take(new DOMParser().parseFromString(text, "text/html"));
      history.replaceState(null, "", address);
    } catch { /* another was asked for, or there is no line: the button is still there */ } finally {
      if (asking.signal === signal) found.removeAttribute("aria-busy");
    }
  };

  form.addEventListener("input", ({ target }) => {
    clearTimeout(timer);
    timer = setTimeout(find, target.name === "q" ? PAUSE : 0);
  });
})();
