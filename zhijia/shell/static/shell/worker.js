/* Keeps the files of the frame and one page for times without a connection. Pages themselves are never kept:
   they hold people's data, and a telephone may be lent. STORE, OFFLINE, FILES and STATIC are put above by the server. */
"use strict";

const asNobody = (url) => new Request(url, { credentials: "omit", cache: "reload" });

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(FILES.map(asNobody))).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

/* A file of the frame comes from the server, so that a new version is seen at once; from the store where that fails. */
const file = async (request) => {
  const store = await caches.open(STORE);
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.type === "basic") await store.put(request.url, answer.clone());
    return answer;
  } catch (error) {
    return (await store.match(request.url)) || Promise.reject(error);
  }
};

const page = async (request) => {
  try {
    return await fetch(request);
  } catch {
    const kept = await (await caches.open(STORE)).match(OFFLINE);
    return kept || Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.method === "GET" && url.pathname.startsWith(STATIC)) event.respondWith(file(request));
});
