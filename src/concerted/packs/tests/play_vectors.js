// Plays the walks of a file of vectors with the step function of the page: node play_vectors.js playing.js vectors.json
"use strict";
const fs = require("fs");
const [script, vectors] = process.argv.slice(2).map((path) => fs.readFileSync(path, "utf8"));
const Playing = new Function(`${script}; return Playing;`)();
// Keys in one order, so that equal places are equal words.
const plain = ({ at, values, shown, met }) => JSON.stringify([at, Object.entries(values).sort(), shown, met]);
let steps = 0;
for (const { name, portable, walks } of JSON.parse(vectors)) {
  for (const walk of walks) {
    let place = null;
    for (const [act, after, footprint] of walk) {
      place = place === null ? Playing.begin(portable)
        : act === "/skip" ? Playing.skip(portable, place) : Playing.step(portable, place, act);
      steps += 1;
      if (footprint !== undefined && Playing.footprint(portable, place) !== footprint) {
        console.error(`${name}, step ${steps}: ${Playing.footprint(portable, place)} instead of ${footprint}`);
        process.exit(1);
      }
      if (plain(place) !== plain(after)) {
        console.error(`${name}, step ${steps}, ${act}: ${plain(place)} instead of ${plain(after)}`);
        process.exit(1);
      }
    }
    const open = portable.passages[place.at].choices.map(({ key }) => key)
      .filter((key) => !Playing.open(portable, place).some((one) => one.key === key));
    for (const key of open) {
      try { Playing.step(portable, place, key); } catch { continue; }
      console.error(`${name}: ${key} is open at ${place.at}`);
      process.exit(1);
    }
  }
}
console.log(steps);
