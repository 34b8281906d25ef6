// Leads on to the first of the reader's languages that there is. Without it one chooses by hand.
"use strict";

for (const asked of navigator.languages) {
  const code = asked.split("-")[0].toLowerCase();
  const link = document.querySelector(`a[hreflang="${code === "ku" ? "ckb" : code}"]`);
  if (link) {
    location.replace(link.href);
    break;
  }
}
