// Answers for the page of what is kept while there is no line. It sees no other page of the site: its scope ends here.
// What it stores is the bare page with its script and style, the same for everybody; never an answer about a person.
"use strict";
const STORE = "pages", PATIENCE = 4000;
const SHOWN = ["style", "script", "image", "audio", "font"];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// Only while the store is there: after a wipe, nothing that is still under way brings it back.
const stored = async (request, answer) => {
  if (answer.ok && answer.type === "basic" && await caches.has(STORE)) {
    await (await caches.open(STORE)).put(request, answer.clone());
  }
  return answer;
};
const found = (request) => caches.match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true });
const soon = () => new Promise((_there, late) => { setTimeout(() => late(new Error("late")), PATIENCE); });

const page = async (request) => {
  const asked = fetch(request).then((answer) => stored(request, answer));
  asked.catch(() => { /* told below, or no longer waited for */ });
  try {
    return await Promise.race([asked, soon()]);
  } catch {
    return await found(request) || asked;
  }
};
// Names of files change with what is in them, so what is stored is never out of date.
const file = async (request) => await found(request) || stored(request, await fetch(request));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (SHOWN.includes(request.destination)) event.respondWith(file(request));
});
