// Answers for the court desk while there is no connection, or none that answers: with the desk's frame, in which is nobody.
// What is known of people is never here: the desk's own script opens it from the store of this tab's account.
const CACHE = "throughcare-desk", FRAME = "/court-desk/frame/", PATIENCE = 6000;

/** Fetches the frame and all that it and its scripts name, whole or not at all. */
async function fill() {
  const answer = await fetch(FRAME, { redirect: "error", credentials: "same-origin" });
  if (!answer.ok) throw new Error(`the frame: ${answer.status}`);
  const found = [[FRAME, answer]], waiting = named(await answer.clone().text()), seen = new Set();
  while (waiting.length) {
    const at = waiting.pop();
    if (seen.has(at)) continue;
    seen.add(at);
    const asset = await fetch(at);
    if (!asset.ok) throw new Error(`${at}: ${asset.status}`);
    found.push([at, asset]);
    if (/javascript/.test(asset.headers.get("content-type") ?? "")) waiting.push(...named(await asset.clone().text()));
  }
  const cache = await caches.open(CACHE);
  const before = (await cache.keys()).filter((request) => { const { pathname, search } = new URL(request.url); return pathname !== FRAME && !seen.has(pathname + search); });
  await Promise.all(found.map(([at, asset]) => cache.put(at, asset)));
  await Promise.all(before.map((request) => cache.delete(request)));
}

const named = (text) => [...text.matchAll(/(?:href="|src="|from ")(\/static\/[^"]+)"/g)].map((match) => match[1]);

async function page(event) {
  const late = new Promise((_, refuse) => { setTimeout(refuse, PATIENCE, new Error("no answer")); });
  try {
    const answer = await Promise.race([fetch(event.request), late]);
    if (answer.ok) event.waitUntil(fill().catch(() => {}));
    return answer;
  } catch {
    return (await caches.match(FRAME)) ?? Response.error();
  }
}

self.addEventListener("install", (event) => { self.skipWaiting(); event.waitUntil(fill()); });
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (origin !== self.location.origin || event.request.method !== "GET") return;
  if (event.request.mode === "navigate" && pathname === "/court-desk/") event.respondWith(page(event));
  else if (pathname.startsWith("/static/")) event.respondWith(fetch(event.request).catch(async () => (await caches.match(event.request)) ?? Response.error()));
});
