// Has the programme kept on this device, and says when a page comes from there. On a page that is
// not reached securely, and in browsers that keep nothing, it does nothing.
"use strict";

(() => {
  const { worker, digest } = document.currentScript.dataset;
  const bar = document.getElementById("offline");
  const workers = navigator.serviceWorker;
  if (!workers || !bar) return;

  const isKept = !bar.hidden; // the worker has unveiled it
  const show = (line) => {
    bar.dataset.line = line;
    bar.hidden = false;
  };

  addEventListener("offline", () => show("none"));
  addEventListener("online", () => {
    if (isKept) location.reload();
    else bar.hidden = true;
  });
  if (!navigator.onLine) show("none");

  workers.addEventListener("message", ({ data }) => {
    if (data === "newer") show("newer");
  });
  // The worker looks for a newer one when this page is of another release than what it keeps.
  if (workers.controller && !isKept) workers.controller.postMessage({ digest });
  workers.register(worker).catch(() => {});
})();
