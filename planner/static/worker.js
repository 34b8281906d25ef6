// Keeps the public pages of one event, in one language, for when there is no line. What is kept
// and for which release stands in HERE, which is put before this (planner/public/offline.py).
"use strict";

const CACHE = `${HERE.caches}${HERE.version}`;
const PATIENCE = 3000; // milliseconds that a page is awaited when it is also kept
// All that is kept: registration, feeds and whatever has a token in its address are not.
const PAGES = /^(?:|programme|changes|call|now|subscribe|agenda|(?:sessions|speakers|themes|rooms)\/[\w-]+)$/;
const AGENDA = "agenda";
const GONE = new Set([404, 410]);
// Queries that show a page of their own; there are few of them.
const KEPT_QUERY = /^(?:\?day=(?:all|\d{4}-\d\d-\d\d))?$/;
let looked = false; // whether this worker has asked since it woke up if it is still wanted
let isWanted = true;

const own = async () => (await caches.keys()).filter((name) => name.startsWith(HERE.caches));

/* Keeping: what a release needs is had whole or not at all; then the release before is dropped. */

async function get(address) {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

async function keepAll() {
  // A release that was rewritten holds what must not be known any more: it goes at once.
  for (const name of await own()) {
    const digest = name.slice(HERE.caches.length).split("-")[0];
    if (!HERE.releases.includes(digest)) await caches.delete(name);
  }
  const agenda = await caches.match(HERE.scope + AGENDA);
  const cache = await caches.open(CACHE);
  const shell = await get(HERE.shell);
  await cache.addAll([...new Set([...HERE.files, ...filesIn(await shell.clone().text())])]);
  await cache.put(HERE.shell, shell);
  if (agenda) await refreshAgenda();
  if (!navigator.connection?.saveData) await keepBundle(cache);
}

async function keepBundle(cache) {
  const bundle = await get(HERE.bundle);
  const { pages } = unpacked(await bundle.clone().json());
  await cache.addAll(filesIn([...pages.values()].flat().join("\n")));
  await cache.put(HERE.bundle, bundle);
}

// The style sheets, scripts and icons that some HTML loads, each once.
function filesIn(html) {
  const found = html.matchAll(/<(?:link|script)\b[^>]*? (?:href|src)="([^"]+)"/g);
  return [...new Set([...found].map(([, address]) => address))].filter((address) => address.startsWith(HERE.static));
}

async function add(address, answer) {
  if (isWanted) await (await caches.open(CACHE)).put(address, answer);
}

async function refreshAgenda() {
  const address = HERE.scope + AGENDA;
  const answer = await fetch(address, { cache: "no-cache" });
  if (!isWorthKeeping(answer)) return;
  const cache = await caches.open(CACHE);
  await cache.addAll(filesIn(await answer.clone().text()));
  await add(address, answer);
}

async function forget() {
  isWanted = false;
  await self.registration.unregister();
  for (const name of await own()) await caches.delete(name);
}

// An event that is gone, and an application that keeps nothing any more, have no worker.
async function askIfWanted() {
  looked = true;
  const answer = await fetch(self.location.href, { cache: "no-cache" });
  if (GONE.has(answer.status)) await forget();
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepAll());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await own()) if (name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  const { digest } = event.data;
  if (digest !== HERE.version.split("-")[0]) {
    event.waitUntil(self.registration.update().catch(() => {}));
  } else if (!navigator.connection?.saveData) {
    event.waitUntil(complete().catch(() => {}));
  }
});

// What was left out to save the reader's data is had once they no longer save it.
async function complete() {
  const cache = await caches.open(CACHE);
  if (!(await cache.match(HERE.bundle))) await keepBundle(cache);
}

/* Answering: the line first, because a session may have moved; what is kept when that is slow. */

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "GET" && url.pathname.startsWith(HERE.static)) {
    event.respondWith(file(event, url));
  } else if (url.pathname.startsWith(HERE.scope)) {
    const path = url.pathname.slice(HERE.scope.length);
    if (request.method !== "GET") {
      if (path.split("/")[0] === AGENDA) event.waitUntil(agendaChanges());
    } else if (request.mode === "navigate" && PAGES.test(path)) {
      event.respondWith(page(event, url, path));
    }
  }
});

// What is kept of an agenda is not right any more, in no language; perhaps it was deleted.
async function agendaChanges() {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const address of HERE.agendas) await cache.delete(address);
  }
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await refreshAgenda().catch(() => {});
}

async function file(event, url) {
  const kept = await caches.match(event.request);
  const isNamed = url.searchParams.has("v") || url.pathname.includes("/vendor/");
  if (kept && isNamed) return kept;
  try {
    const answer = await fetch(event.request);
    if (answer.ok && isNamed) event.waitUntil(add(event.request, answer.clone()));
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

function isWorthKeeping(answer) {
  const isHtml = (answer.headers.get("Content-Type") || "").startsWith("text/html");
  return answer.status === 200 && !answer.redirected && answer.type === "basic" && isHtml;
}

async function page(event, url, path) {
  let isLate = false;
  const fresh = fetch(event.request).then((answer) => {
    event.waitUntil(learn(event, url, answer.clone(), isLate));
    if (answer.status >= 500) throw answer; // what stands before a server that is down says so
    return answer;
  });
  event.waitUntil(fresh.catch(() => {}));
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  try {
    const answer = await Promise.race([fresh, patience]);
    if (answer) return answer;
    isLate = true;
    const kept = await keptPage(url, path, "slow");
    return kept || (await fresh);
  } catch (failure) {
    const kept = (await keptPage(url, path, "none")) || (await notKept(url, path));
    if (kept) return kept;
    if (failure instanceof Response) return failure;
    throw failure;
  }
}

async function learn(event, url, answer, isLate) {
  const isGone = GONE.has(answer.status);
  const address = url.pathname + url.search;
  if (KEPT_QUERY.test(url.search)) {
    if (isWorthKeeping(answer)) await add(address, answer);
    else if (isGone) await (await caches.open(CACHE)).delete(address);
  }
  if (isLate) (await self.clients.get(event.resultingClientId))?.postMessage("newer");
  if (isGone || !looked) await askIfWanted();
}

/* What is kept: pages that were visited, as they were; all others put together from the bundle. */

async function keptPage(url, path, line) {
  const cache = await caches.open(CACHE);
  const visited = await cache.match(url.pathname + url.search);
  if (visited) return told(visited, await visited.text(), line);
  const [bundle, shell] = await Promise.all([cache.match(HERE.bundle), cache.match(HERE.shell)]);
  if (!bundle || !shell) return null;
  const { cards, pages } = unpacked(await bundle.json());
  const found = [path + url.search, instead(url, path)].find((key) => pages.has(key));
  if (found === undefined) return null;
  const isWhole = found === "programme" && [...url.searchParams].some(([name, value]) => name !== "day" && value);
  const [title, head, main] = pages.get(found);
  const whole = main.replace(/\u0001(\d+);/g, (_, number) => cards.get(Number(number)));
  return told(shell, put(await shell.text(), url, path, title, head, whole), line, isWhole);
}

// Cards, by number, and pages, by path, stand in one list (planner/public/offline_bundle.py).
function unpacked(items) {
  const cards = new Map();
  const pages = new Map();
  for (const [key, ...rest] of items) {
    if (typeof key === "number") cards.set(key, rest[0]);
    else pages.set(key, rest);
  }
  return { cards, pages };
}

// A programme narrowed in a way that is not kept is shown whole, but for a theme or room alone.
function instead(url, path) {
  if (path === "programme") {
    const asked = [...url.searchParams].filter(([, value]) => value);
    if (asked.length === 1 && /^(theme|room)$/.test(asked[0][0])) return `${asked[0][0]}s/${asked[0][1]}`;
  }
  return path;
}

async function notKept(url, path) {
  const shell = await (await caches.open(CACHE)).match(HERE.shell);
  return shell ? told(shell, put(await shell.text(), url, path), "none") : null;
}

// The shell is a page as well: where it leads to itself, other pages lead to themselves.
function put(shell, url, path, title, head, main) {
  const address = path + url.search.replaceAll('"', "%22");
  let html = shell.replace(/(\/\w+\/[\w-]+\/)offline"/g, (_, scope) => `${scope}${address}"`);
  if (main === undefined) return html;
  html = html.replace(/<title>[^]*?<\/title>/, () => `<title>${title}</title>`);
  html = html.replace(/<main[^]*<\/main>/, () => main).replace("</head>", () => `${head}</head>`);
  const here = `<a href="${HERE.scope}${path}"`;
  return html.replace(`<li>${here}>`, () => `<li>${here} aria-current="page">`);
}

// Unveils the line of the page that says since when it is so, and why it is not newer.
function told(from, html, line, isWhole = false) {
  const headers = new Headers(from.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  const why = `id="offline" data-line="${line}"${isWhole ? " data-whole" : ""}`;
  return new Response(html.replace('id="offline" hidden', why), { headers });
}
