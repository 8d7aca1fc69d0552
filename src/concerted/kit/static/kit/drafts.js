// For a form that is kept while she types (data-keeps): says when it could not be sent, and tries again.
"use strict";
(() => {
  const form = document.querySelector("form[data-keeps]");
  const said = form && document.getElementById(form.dataset.keeps);
  const first = 3000, longest = 60000;
  let wait = first, timer = 0;
  if (!said) return;

  const lost = () => {
    if (said.textContent !== form.dataset.unsaved) said.textContent = form.dataset.unsaved;
    clearTimeout(timer);
    timer = setTimeout(() => htmx.trigger(form, "again"), wait);
    wait = Math.min(wait * 2, longest);
  };
  const about = (act) => (event) => { if (event.detail.elt === form) act(event); };
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(name, about(lost));
  // Whoever was signed out meanwhile is answered with another page: nothing was kept, and nothing of it belongs here.
  document.addEventListener("htmx:beforeSwap", about((event) => {
    const { xhr } = event.detail;
    if (xhr.status !== 200) return;
    if (!xhr.responseText.includes(`id="${form.dataset.keeps}"`)) { event.detail.shouldSwap = false; lost(); return; }
    clearTimeout(timer);
    wait = first;
  }));
  // Whoever writes part after part keeps her hands on the keys.
  form.querySelectorAll("[data-keys]").forEach((hint) => { hint.hidden = !matchMedia("(any-pointer: fine)").matches; });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("button"));
  });
  // The line is back.
  addEventListener("online", () => { if (said.textContent === form.dataset.unsaved) htmx.trigger(form, "again"); });
})();
