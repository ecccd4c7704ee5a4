"use strict";

// Several sites may share a host: each owns the caches whose names begin with its scope.
const PREFIX = `${registration.scope} `;

async function forget(keep) {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && !keep.includes(name));
  await Promise.all(names.map((name) => caches.delete(name)));
}

addEventListener("install", () => skipWaiting());

// What is kept from the first visit on, under a name that changes with it; and what was visited, as far as there is room.
const KEPT = `${PREFIX}`;
const VISITED = `${PREFIX}visited`;
const MOST = 300;
const PAGES = ["/", "/offline.html", "/red-flags/", "/relief/rest/", "/red-flags/green-glow/", "/red-flags/slow-blink/", "/red-flags/dull-ache/"];
const ASSETS = ["/assets/css/article.css", "/assets/css/home.css", "/assets/css/index.css", "/assets/css/print.css", "/assets/css/site.css", "/assets/icons/icon.svg", "/assets/icons/touch.png", "/assets/js/site.js", "/assets/js/theme.js"];
const FALLBACK = "/offline.html";
const FINGERPRINTED = "/assets/";

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith(FINGERPRINTED)) event.respondWith(keptFirst(event));
  else if (mode === "navigate") event.respondWith(networkFirst(event));
});

// All or nothing: where a file is missing the worker before this one stays.
async function install() {
  const cache = await caches.open(KEPT);
  await cache.addAll(PAGES.map((page) => new Request(page, { cache: "no-cache" })));
  await cache.addAll(ASSETS);
}

async function activate() {
  await forget([KEPT, VISITED]);
  await clients.claim();
  const pages = await clients.matchAll({ type: "window" });
  await Promise.all(pages.map((page) => keepOpenPage(page.url).catch(() => {})));
}

// The page that brought this worker was loaded before it could see that.
async function keepOpenPage(url) {
  const response = await fetch(url, { cache: "no-cache" });
  if (response.ok) await keepPage(url, response);
}

// A page and all that it shows, also what a browser loads only when its reader comes near it.
async function keepPage(url, response) {
  await keep(url, response.clone());
  for (const [, address] of (await response.text()).matchAll(/="(\/[^"#]+)/g)) {
    if (address.startsWith(FINGERPRINTED)) await fromKept(address);
  }
}

// A page: what the site says now. Only where there is no network, what it said when it was last seen.
async function networkFirst(event) {
  const { request } = event;
  try {
    const response = await fetch(new Request(request, { cache: "no-cache" }));
    if (response.ok) event.waitUntil(keepPage(request.url, response.clone()));
    return response;
  } catch {
    return (await known(plain(request.url))) ?? (await known(FALLBACK)) ?? Response.error();
  }
}

// A file whose name holds a fingerprint never changes.
const keptFirst = (event) => fromKept(event.request.url);

async function fromKept(url) {
  const file = await known(url);
  if (file) return file;
  const response = await fetch(url);
  if (response.ok) await keep(url, response.clone());
  return response;
}

async function known(url) {
  return (await caches.match(url, { cacheName: KEPT })) ?? caches.match(url, { cacheName: VISITED });
}

async function keep(url, response) {
  const address = plain(url);
  const kept = await caches.open(KEPT);
  if (await kept.match(address)) return kept.put(address, response);
  const visited = await caches.open(VISITED);
  await visited.delete(address); // the one that was seen last stands last
  await visited.put(address, response);
  const addresses = await visited.keys();
  await Promise.all(addresses.slice(0, -MOST).map((old) => visited.delete(old)));
}

// Without the question, which no page of this site looks at, and the fragment.
function plain(url) {
  const { origin, pathname } = new URL(url, location);
  return origin + pathname;
}
