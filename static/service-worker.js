/** Shows a page of ours where the browser would show its own error, when the server cannot be reached. Nothing else is kept. */

const OFFLINE = '/offline';
const PARTS = ['/static/icons/favicon.svg', '/static/css/tokens.css', '/static/css/base.css', '/static/css/home.css', '/static/css/menu.css'];
const CACHE = `offline ${PARTS[0]}`;

addEventListener('install', (event) => {
  skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([OFFLINE, ...PARTS])));
});

addEventListener('activate', (event) => {
  const others = async () => (await caches.keys()).filter((name) => name !== CACHE);
  event.waitUntil(others().then((names) => Promise.all(names.map((name) => caches.delete(name)))));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  else if (PARTS.includes(new URL(request.url).pathname)) event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});
