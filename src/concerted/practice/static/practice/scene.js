// Draws where somebody stands in a scenario: the passage, what followed, what can be done, and at the end the look back.
// `packed` is what concerted/practice/scenario/portable.py packs; `words` and `say` hold the words of the scenario and of
// the page, ready, safe and marked with their language: here they are only shown. Nothing is asked for and nothing kept.
"use strict";
const Scene = ({ story, bands, parts }, words, say, stage) => {
  const make = (tag, ...inside) => {
    const made = document.createElement(tag);
    made.append(...inside.filter(Boolean));
    return made;
  };
  const classed = (name, made) => {
    made.className = name;
    return made;
  };
  const found = (from, key) => {
    const one = [...from.children].find((held) => held.dataset.key === key);
    return one ? one.cloneNode(true) : null;
  };
  const said = (key) => found(words, key);
  const ours = (key) => found(say, key);
  const heading = (tag, inside) => {
    const made = make(tag, inside);
    made.tabIndex = -1;
    return made;
  };
  const button = (inside, press, look = "btn second") => {
    const made = classed(look, make("button", inside));
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  };

  const numbers = (place, ended) => {
    const list = classed("facts", document.createElement("dl"));
    for (const { name, shown, ends } of bands) {
      const band = ends.find(([, low, high]) => low <= place.values[name] && place.values[name] <= high);
      if (band && (shown === "always" || (shown === "debrief" && ended))) {
        list.append(make("dt", said(`variable.${name}`)), make("dd", said(`variable.${name}.${band[0]}`)));
      }
    }
    return list.children.length ? list : null;
  };

  const way = (path) => {
    const list = classed("plain", document.createElement("ol"));
    for (const { at, key } of path) {
      const basis = said(`${at}.${key}.basis`);
      list.append(make("li", make("p", make("strong", said(`title:${at}`))), make("p", said(`${at}.${key}`)),
        said(`${at}.${key}.why`), basis && make("p", ours("basis"), " ", basis)));
    }
    return list.children.length ? [make("h2", ours("way")), list] : [];
  };

  const lookBack = (place, path) => {
    const told = parts.flatMap((part) => {
      const words_of_it = said(`${place.at}.${part}`) || said(`debrief.${part}`);
      return words_of_it ? [make("h3", ours(part)), words_of_it] : [];
    });
    return [make("h2", ours("back")), ...told, numbers(place, true), ...way(path)];
  };

  // `followed` is the choice that led here; `acts` what can be pressed: choose(key), skip(), again() where there is one.
  const show = ({ place, path, followed }, acts, ...more) => {
    const passage = story.passages[place.at];
    const feedback = followed && said(`${followed.at}.${followed.key}.why`);
    const first = heading("h2", feedback ? ours("followed") : said(`title:${place.at}`));
    const choices = classed("choices opts", make("ul", ...Playing.open(story, place).map(({ key }) =>
      make("li", button(said(`${place.at}.${key}`), () => acts.choose(key))))));
    stage.replaceChildren(...[
      first,
      feedback && classed("box note fill", make("div", feedback)),
      feedback && make("h2", said(`title:${place.at}`)),
      said(place.at),
      ...place.shown.map((key) => said(`${place.at}.${key}`)),
      ...(passage.ending ? lookBack(place, path) : [numbers(place, false), make("h3", ours("choices")), choices]),
      passage.skip && !passage.ending && button(ours("skip"), acts.skip, "linklike"),
      passage.ending && acts.again && button(ours("again"), acts.again),
      ...more,
    ].filter(Boolean));
    // Whoever listens, or steers by the keyboard, goes on at the top of what is new.
    first.focus();
    first.scrollIntoView();
  };

  return { show, said, ours, button };
};
