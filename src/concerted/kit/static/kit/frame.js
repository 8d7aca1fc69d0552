// What every page can do with script. Without it every page still works; only the speed of leaving differs.
"use strict";
const Device = {
  // From the first wipe on, nothing on this page may store anything again.
  wiped: false,
  // Everything this site keeps in the browser goes, and what would bring it back. Settles whatever fails.
  wipe() {
    this.wiped = true;
    const all = (list, act) => Promise.resolve().then(list).then((found) => Promise.allSettled(found.map(act)));
    document.cookie = "kept=; path=/; max-age=0; samesite=strict" + (location.protocol === "https:" ? "; secure" : "");
    return Promise.allSettled([
      all(() => indexedDB.databases(), (one) => new Promise((gone) => {
        const asked = indexedDB.deleteDatabase(one.name);
        asked.onsuccess = asked.onerror = asked.onblocked = gone;
      })),
      all(() => caches.keys(), (key) => caches.delete(key)),
      all(() => navigator.serviceWorker.getRegistrations(), (one) => one.unregister()),
    ]);
  },
};
(() => {
  const root = document.documentElement;
  const exit = document.querySelector(".leave");
  const quietly = (act) => { try { act(); } catch { /* leaving never waits for a thing that fails */ } };
  let gone = false;

  const leave = () => {
    if (!exit || gone) return;
    gone = true;
    root.classList.add("left");
    quietly(() => { document.title = "\u2026"; });
    // The cookie holds when the server cannot be reached now: the first request that carries it ends the session.
    quietly(() => { document.cookie = "left=1; path=/; samesite=strict" + (location.protocol === "https:" ? "; secure" : ""); });
    quietly(() => document.querySelectorAll("audio,video").forEach((one) => one.pause()));
    quietly(() => navigator.sendBeacon(exit.href));
    quietly(() => sessionStorage.clear());
    quietly(() => localStorage.clear());
    // The page is covered by now. Where something is kept, its wipe is waited for, but never long.
    const keeps = /(^|; )kept=/.test(document.cookie);
    const wiped = Device.wipe();
    const go = () => location.replace(exit.dataset.to || exit.href);
    if (keeps) Promise.race([wiped, new Promise((late) => { setTimeout(late, 300); })]).then(go, go); else go();
  };

  // Capture: no other script on the page can keep her from leaving.
  addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest(".leave")) { event.preventDefault(); leave(); }
  }, true);

  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key !== "Shift") { presses = []; return; }
    presses = presses.filter((at) => event.timeStamp - at < 1500).concat(event.timeStamp);
    if (presses.length >= 3) leave();
  }, true);

  // Back from elsewhere: what the browser kept is covered, then asked for again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) { root.classList.add("left"); location.reload(); }
  });

  // The second press of a button sends nothing. Nothing is greyed out; after ten seconds it may be tried again.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent && event.timeStamp - form.dataset.sent < 10000) { event.preventDefault(); return; }
    form.dataset.sent = event.timeStamp;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("form");
    if (form) delete form.dataset.sent;
  });

  const local = (within) => within.querySelectorAll("time[data-local-time]").forEach((one) => quietly(() => {
    const at = new Date(one.dateTime);
    const shift = one.dateTime.match(/([+-])(\d\d):(\d\d)$|Z$/);
    if (!shift || !shift[1]) return;
    const theirs = (shift[1] === "-" ? 1 : -1) * (60 * +shift[2] + +shift[3]);
    // Only where this device's clock stands elsewhere than the site's: one time is clearer than two.
    if (at.getTimezoneOffset() === theirs || one.dataset.shown) return;
    one.dataset.shown = "1";
    const words = new Intl.DateTimeFormat(root.lang, { hour: "2-digit", minute: "2-digit", timeZoneName: "short" }).format(at);
    one.append(` (${words})`);
  }));

  const start = () => {
    local(document);
    const wrong = document.querySelector(".summary");
    const tell = () => { if (wrong && document.activeElement === document.body) wrong.focus(); };
    tell();
    // Once more: a #fragment in the address takes the focus away when the page is loaded.
    addEventListener("load", tell);
    // A link to something inside a closed <details> opens it.
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let around = target && target.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    if (target) target.scrollIntoView();
  };
  document.addEventListener("htmx:load", (event) => local(event.target));
  // A link inside the open menu that stays on this page closes the menu behind it.
  addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest(".sheet a[href^='#']");
    const sheet = link && link.closest(".sheet");
    if (sheet && sheet.matches(":popover-open")) sheet.hidePopover();
  });
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
