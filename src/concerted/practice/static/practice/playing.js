// The step function of scenarios, the twin of concerted/practice/scenario/playing.py: both are held to the same vectors.
// A story is what concerted/practice/scenario/portable.py writes; a place is {at, values, shown, met}. Nothing is kept.
"use strict";
const Playing = (() => {
  const sum = (parts, values) =>
    parts.reduce((all, [sign, part]) => all + sign * (typeof part === "string" ? values[part] : part), 0);
  const compare = {
    ">=": (a, b) => a >= b, "<=": (a, b) => a <= b, "=": (a, b) => a === b,
    "!=": (a, b) => a !== b, ">": (a, b) => a > b, "<": (a, b) => a < b,
  };

  const holds = (when, values) => {
    if (when === null) return true;
    const [how, ...parts] = when;
    if (how === "not") return !holds(parts[0], values);
    if (how === "and") return parts.every((part) => holds(part, values));
    if (how === "or") return parts.some((part) => holds(part, values));
    return compare[how](sum(parts[0], values), sum(parts[1], values));
  };

  const changed = (story, values, effects) => {
    const after = { ...values };
    for (const [name, how, amount] of effects) {
      const [, , low, high] = story.variables.find(([one]) => one === name);
      const now = after[name];
      const value = how === "+" ? now + amount : how === "-" ? now - amount : amount;
      after[name] = Math.min(Math.max(value, low), high);
    }
    return after;
  };

  // What holds is asked of all paragraphs as she arrives, before any of them changes a number.
  const arrive = (story, at, values, met) => {
    const shown = story.passages[at].blocks.filter(([, when]) => holds(when, values));
    const after = changed(story, values, shown.flatMap(([, , effects]) => effects));
    return { at, values: after, shown: shown.map(([key]) => key), met };
  };

  const onward = (story, to, values, met) => {
    const number = story.interrupts.findIndex(([when], one) =>
      !met.includes(one) && !story.passages[to].ending && holds(when, values));
    if (number < 0) return arrive(story, to, values, met);
    return arrive(story, story.interrupts[number][1], values, [...met, number]);
  };

  const begin = (story) =>
    arrive(story, story.start, Object.fromEntries(story.variables.map(([name, start]) => [name, start])), []);

  const open = (story, place) => story.passages[place.at].choices.filter(({ when }) => holds(when, place.values));

  const step = (story, place, key) => {
    const found = open(story, place).find((one) => one.key === key);
    if (!found) throw new Error(`not open: ${key}`);
    const values = changed(story, place.values, found.effects);
    const [to] = found.ways.find(([, when]) => holds(when, values));
    return onward(story, to, values, place.met);
  };

  const skip = (story, place) => {
    const to = story.passages[place.at].skip;
    if (!to) throw new Error("not open: skip");
    return onward(story, to, place.values, place.met);
  };

  // The first ending: where whoever reads how it can end comes to.
  const end = (story, place) => {
    const [at] = Object.entries(story.passages).find(([, { ending }]) => ending);
    return { ...place, at, shown: [] };
  };

  const footprint = (story, { at, values, met }) =>
    `${at}|${story.variables.map(([name]) => values[name]).join()}|${met.join()}`;

  return { begin, open, step, skip, end, footprint };
})();
