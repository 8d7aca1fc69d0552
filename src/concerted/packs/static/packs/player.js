// Plays the scenario that this page holds. Nothing is asked of any address and nothing is kept: closed, it is gone.
(() => {
  const packed = JSON.parse(document.getElementById("story").textContent);
  const { story } = packed;
  const stage = document.getElementById("stage");
  const content = (id) => document.getElementById(id).content;
  const scene = Scene(packed, content("words"), content("say"), stage);
  let path = [];

  const show = (place, followed) => scene.show({ place, path, followed }, {
    choose: (key) => {
      path = [...path, { at: place.at, key }];
      show(Playing.step(story, place, key), { at: place.at, key });
    },
    skip: () => show(Playing.skip(story, place)),
    again: begin,
  });

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
  stage.append(scene.button(scene.ours("begin"), begin));
})();
