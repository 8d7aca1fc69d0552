// "Keep on this device" is offered only where a browser can do it; without script it is not there.
"use strict";
(() => {
  if (!Shelf.able) return;
  document.querySelectorAll("[data-keeping]").forEach((one) => { one.hidden = one.dataset.keeping === "no"; });
  const form = document.getElementById("keep");
  const said = document.getElementById("keep-said");
  if (!form) return;

  const active = (registration) => new Promise((yes) => {
    const worker = registration.active || registration.waiting || registration.installing;
    const look = () => { if (worker.state === "activated") yes(); };
    worker.addEventListener("statechange", look);
    look();
  });

  const keep = async () => {
    const held = (await Shelf.all()).find((one) => one.code === form.dataset.code);
    if (held && held.moves.length) { location.assign(form.dataset.page); return; }
    await caches.open("pages");
    await active(await navigator.serviceWorker.register(form.dataset.worker, { scope: form.dataset.page }));
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "error" });
    const copy = await answer.json();
    if (!answer.ok) throw new Error(copy.say);
    await Shelf.put({ ...copy, tail: copy.head, moves: [] });
    location.assign(form.dataset.page);
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      await keep();
    } catch (fault) {
      said.textContent = fault.constructor === Error && fault.message ? fault.message : form.dataset.failed;
    }
  });
})();
