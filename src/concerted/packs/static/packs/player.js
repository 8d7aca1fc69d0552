// Plays the scenario that this page holds. Nothing is asked of any address and nothing is kept: closed, it is gone.
(() => {
  const { story, bands, parts } = JSON.parse(document.getElementById("story").textContent);
  const words = document.getElementById("words").content;
  const say = document.getElementById("say").content;
  const stage = document.getElementById("stage");
  let path = [];

  const make = (tag, ...inside) => {
    const made = document.createElement(tag);
    made.append(...inside.filter(Boolean));
    return made;
  };
  // Words stand ready in the page, safe and marked with their language; here they are only shown.
  const said = (key, from = words) => {
    const found = [...from.children].find((one) => one.dataset.key === key);
    return found ? found.cloneNode(true) : null;
  };
  const ours = (key) => said(key, say);
  const heading = (tag, inside) => {
    const made = make(tag, inside);
    made.tabIndex = -1;
    return made;
  };
  const button = (inside, press) => {
    const made = make("button", inside);
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  };
  const box = (...inside) => {
    const made = make("div", ...inside);
    made.className = "box";
    return made;
  };

  const numbers = (place, ended) => {
    const list = document.createElement("dl");
    for (const { name, shown, ends } of bands) {
      const band = ends.find(([, low, high]) => low <= place.values[name] && place.values[name] <= high);
      if (band && (shown === "always" || (shown === "debrief" && ended))) {
        list.append(make("dt", said(`variable.${name}`)), make("dd", said(`variable.${name}.${band[0]}`)));
      }
    }
    return list.children.length ? list : null;
  };

  const way = () => {
    const list = document.createElement("ol");
    for (const { at, key } of path) {
      const basis = said(`${at}.${key}.basis`);
      list.append(make("li", make("p", make("strong", said(`title:${at}`))), make("p", said(`${at}.${key}`)),
        said(`${at}.${key}.why`), basis && make("p", ours("basis"), " ", basis)));
    }
    return list.children.length ? [make("h2", ours("way")), list] : [];
  };

  const lookBack = (place) => {
    const told = parts.flatMap((part) => {
      const found = said(`${place.at}.${part}`) || said(`debrief.${part}`);
      return found ? [make("h3", ours(part)), found] : [];
    });
    return [make("h2", ours("back")), ...told, numbers(place, true), ...way()];
  };

  const show = (place, followed) => {
    const passage = story.passages[place.at];
    const feedback = followed && said(`${followed.at}.${followed.key}.why`);
    const first = heading("h2", feedback ? ours("followed") : said(`title:${place.at}`));
    const choices = make("ul", ...Playing.open(story, place).map(({ key }) =>
      make("li", button(said(`${place.at}.${key}`), () => go(place, key)))));
    choices.className = "choices";
    stage.replaceChildren(...[
      first,
      feedback && box(feedback),
      feedback && make("h2", said(`title:${place.at}`)),
      said(place.at),
      ...place.shown.map((key) => said(`${place.at}.${key}`)),
      ...(passage.ending ? lookBack(place) : [numbers(place, false), make("h3", ours("choices")), choices]),
      passage.skip && !passage.ending && button(ours("skip"), () => show(Playing.skip(story, place))),
      passage.ending && button(ours("again"), begin),
    ].filter(Boolean));
    // Whoever listens, or steers by the keyboard, goes on at the top of what is new.
    first.focus();
    first.scrollIntoView();
  };

  const go = (place, key) => {
    path = [...path, { at: place.at, key }];
    show(Playing.step(story, place, key), { at: place.at, key });
  };

  const begin = () => {
    path = [];
    show(Playing.begin(story));
  };

  // The page is emptied before it is left, so that nothing of it is seen while the next one is on its way.
  const leave = () => {
    document.body.replaceChildren();
    document.title = "\u2026";
    location.replace("about:blank");
  };

  let presses = [];
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    if (event.key !== "Shift") { presses = []; return; }
    presses = presses.filter((at) => event.timeStamp - at < 1500).concat(event.timeStamp);
    if (presses.length >= 3) leave();
  }, true);
  // Back from elsewhere, a browser may show what it kept: begin anew.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  const exit = document.getElementById("leave");
  exit.addEventListener("click", leave);
  exit.hidden = false;
  stage.append(button(ours("begin"), begin));
})();
