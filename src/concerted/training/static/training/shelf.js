// What this device keeps: one record a copy, with the steps that were not sent yet. Names say nothing of what is inside.
"use strict";
const Shelf = (() => {
  const able = isSecureContext && "serviceWorker" in navigator && "locks" in navigator && "indexedDB" in window
    && "caches" in window;

  const done = (asked) => new Promise((yes, no) => {
    asked.onsuccess = () => yes(asked.result);
    asked.onerror = () => no(asked.error);
  });

  const opened = () => {
    // What is still under way when all is wiped never comes to an end: opening the shelf would bring it back.
    if (Device.wiped) return new Promise(() => {});
    const asked = indexedDB.open("pages", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("copies", { keyPath: "copy" });
    return done(asked);
  };

  // One transaction, and closed after it: an open shelf would hold up the wipe.
  const within = async (mode, act) => {
    const base = await opened();
    base.onversionchange = () => base.close();
    try {
      const turn = base.transaction("copies", mode);
      const over = new Promise((yes, no) => { turn.oncomplete = yes; turn.onabort = turn.onerror = () => no(turn.error); });
      const given = await act(turn.objectStore("copies"));
      await over;
      return given;
    } finally {
      base.close();
    }
  };

  const all = () => within("readonly", (copies) => done(copies.getAll()));
  // A newer copy of the same situation takes the place of the one before.
  const put = (copy) => within("readwrite", async (copies) => {
    for (const one of await done(copies.getAll())) if (one.code === copy.code) await done(copies.delete(one.copy));
    await done(copies.put(copy));
  });
  // `act` is given the record as it is now, and gives the one to be kept, or null for none: two tabs take turns.
  const change = (key, act) => within("readwrite", async (copies) => {
    const now = await done(copies.get(key));
    const then = now ? act(now) : null;
    if (then) await done(copies.put(then));
    return then;
  });

  return { able, all, put, change };
})();
