// Keeps the app's own files on the phone, so that it opens without a network. VERSION and FILES are filled in by the office
// from the files themselves: a changed file makes another version, and the old one goes when the new one is whole.

const VERSION = "{{ version }}";
const FILES = JSON.parse("{{ files }}");
const SHELL = "/lapangan/";

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(VERSION);
      for (const file of FILES) {
        const answer = await fetch(file, { cache: "reload", redirect: "error" });
        // A portal's page in place of a module would break the app for good.
        if (!answer.ok || (file !== SHELL && answer.headers.get("Content-Type")?.startsWith("text/html"))) throw new Error(file);
        if (file === SHELL && answer.headers.get("X-Telusur") !== "1") throw new Error(file);
        await cache.put(file, answer);
      }
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== VERSION) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin || address.pathname.startsWith("/lapangan/api/")) return;
  const path = event.request.mode === "navigate" && address.pathname === SHELL ? SHELL : address.pathname;
  if (!FILES.includes(path)) return;
  event.respondWith(
    (async () => (await (await caches.open(VERSION)).match(path)) ?? fetch(event.request))(),
  );
});
