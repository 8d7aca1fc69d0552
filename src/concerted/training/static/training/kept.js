// The page of what this device keeps: plays it without a line, and sends the steps when there is one.
// Steps go only under the sign-in they were taken under; this side looks, and so does the server.
"use strict";
(() => {
  const body = document.body;
  const stage = document.getElementById("stage");
  const say = document.getElementById("say").content;
  const tools = document.getElementById("tools");
  const status = document.getElementById("status");
  const out = new URLSearchParams(location.search).has("out");
  let shown = null;
  let scene = null;

  const words = (key) => [...say.children].find((one) => one.dataset.key === key).cloneNode(true);
  // Said aloud only when it says something new.
  const tell = (...parts) => {
    const line = document.createElement("span");
    line.append(...parts.flatMap((part) => [part, " "]));
    if (line.textContent !== status.textContent) status.replaceChildren(line);
  };
  const number = (count) => new Intl.NumberFormat(document.documentElement.lang).format(count);
  const press = (key, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn second";
    made.append(words(key));
    made.addEventListener("click", act);
    return made;
  };
  const only = (...parts) => stage.replaceChildren(...parts.map((part) => {
    const line = document.createElement("p");
    line.append(part);
    return line;
  }));

  // Who is signed in now; null without a line, {} when nobody is.
  const signedIn = async () => {
    try {
      const answer = await fetch(body.dataset.state, { redirect: "manual", cache: "no-store" });
      return answer.ok ? await answer.json() : {};
    } catch {
      return null;
    }
  };

  const settled = (answer) => (copy) => {
    const arrived = copy.moves.findIndex(({ key }) => key === answer.head);
    const moves = copy.moves.slice(arrived + 1);
    if (moves.length) return { ...copy, moves };
    const { head, place, path, followed } = answer;
    return { ...copy, moves, tail: head, place, path, followed };
  };

  const post = async (copy, token) => {
    const { copy: key, device, person, moves } = copy;
    const answer = await fetch(body.dataset.send, {
      method: "POST",
      redirect: "error",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ copy: key, device, person, moves }),
    });
    const told = await answer.json();
    if (told.place) await Shelf.change(key, settled(told));
    return told.say;
  };

  // What is kept goes up copy by copy. Gives what the server refused, in its words.
  const sendInTurn = async () => {
    const who = await signedIn();
    const copies = await Shelf.all();
    if (who === null) return { who, copies, refused: [] };
    const refused = [];
    for (const copy of copies.filter(({ person }) => person === who.person)) {
      try {
        const why = await post(copy, who.token);
        if (why) refused.push(why);
      } catch { /* the line is gone again: it stays here, and is counted below */ }
    }
    return { who, copies: await Shelf.all(), refused };
  };

  // Two tabs take turns: the line is thin, and the second finds nothing left to send.
  const sendAll = () => navigator.locks.request("send", sendInTurn);

  const report = ({ who, copies, refused }) => {
    const waiting = copies.reduce((all, { moves }) => all + moves.length, 0);
    const parts = waiting ? [words("waiting"), number(waiting)] : [words("sent")];
    if (who === null) parts.push(words("no-line"));
    if (who && !who.person) parts.push(words("sign-in"));
    if (who && who.person && copies.some(({ person }) => person !== who.person)) parts.push(words("other"));
    tell(...parts, ...refused);
    tryLater(waiting && who === null);
    return waiting;
  };

  const send = async () => report(await sendAll());

  // Browsers do not always say that the line is back, and a line that is back does not always reach us: while steps
  // wait for one, it is tried again, less and less often.
  const FIRST = 4000;
  const LONGEST = 120000;
  let pause = FIRST;
  let later = 0;
  const tryLater = (waits) => {
    clearTimeout(later);
    later = waits ? setTimeout(send, pause) : 0;
    pause = waits ? Math.min(2 * pause, LONGEST) : FIRST;
  };

  const draw = (copy) => {
    shown = copy;
    const parsed = new DOMParser().parseFromString(`<template>${copy.words}</template>`, "text/html");
    scene = Scene(copy.packed, parsed.querySelector("template").content, say, stage);
    const { story } = copy.packed;
    const stop = words("stop");
    stop.querySelector("button").addEventListener("click", () => act("end", "", Playing.end(story, copy.place)));
    const ended = story.passages[copy.place.at].ending;
    scene.show(copy, {
      choose: (key) => act("choose", key, Playing.step(story, copy.place, key)),
      skip: () => act("round", "", Playing.skip(story, copy.place)),
    }, !ended && stop);
    // At the beginning, as on every page of a situation: what it is about, and who she is in it.
    if (copy.place.at !== story.start || copy.followed) return;
    for (const key of ["you", "note"]) {
      const line = document.createElement("p");
      if (key === "note") line.className = "note";
      line.append(scene.said(key));
      stage.firstElementChild.after(line);
    }
  };

  // The step is on the device before the next scene is seen; another tab that went on first is followed.
  const act = async (how, choice, place) => {
    const { copy: key, tail, packed, place: here } = shown;
    const move = { key: crypto.randomUUID(), after: tail, stood: Playing.footprint(packed.story, here), do: how, choice };
    const chosen = how === "choose" ? { at: here.at, key: choice } : null;
    const then = await Shelf.change(key, (now) => now.tail !== tail ? now : {
      ...now, place, tail: move.key, followed: chosen,
      path: chosen ? [...now.path, chosen] : now.path, moves: [...now.moves, move],
    });
    if (!then) { only(words("nothing")); return; }
    draw(then);
    // On a good line it is sent before anybody could read this; on a slow one she is not told what is not so.
    const slow = setTimeout(() => tell(words("waiting"), number(then.moves.length)), 700);
    const found = await sendAll();
    clearTimeout(slow);
    report(found);
  };

  const title = (copy) => {
    const parsed = new DOMParser().parseFromString(`<template>${copy.words}</template>`, "text/html");
    const found = [...parsed.querySelector("template").content.children].find((one) => one.dataset.key === "title");
    const made = press("sent", () => draw(copy));
    made.replaceChildren(found);
    return made;
  };

  const signOut = (token, how) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = body.dataset.signOut;
    for (const [name, value] of [["csrfmiddlewaretoken", token], ["kept", how]]) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
    body.append(form);
    form.submit();
  };

  const wipe = async () => {
    tryLater(false);
    await Device.wipe();
    shown = null;
    tools.hidden = true;
    tell(words("wiped"));
    stage.replaceChildren();
    history.replaceState(null, "", location.pathname);
  };

  const list = (copies) => {
    if (!copies.length) only(words("nothing"));
    else if (copies.length === 1) draw(copies[0]);
    else only(words("which"), ...copies.map(title));
  };

  const start = async () => {
    // She left with no line: what the browser could not forget then goes before anything is shown.
    if (/(^|; )left=/.test(document.cookie)) { await wipe(); return; }
    const found = await sendAll();
    const waiting = report(found);
    const { who, copies } = found;
    tools.hidden = !copies.length;
    const foreign = who && who.person ? copies.filter(({ person }) => person !== who.person) : [];
    if (who && who.shared) {
      if (!waiting) await wipe();
      only(words("shared"));
    } else if (out && who && who.person) {
      if (!waiting) signOut(who.token, "sent");
      else if (foreign.length) only(words("other"), press("leave-here", () => signOut(who.token, "stay")));
      else only(words("not-sent"));
    } else {
      list(copies.filter((one) => !foreign.includes(one)));
    }
  };

  document.getElementById("send-now").addEventListener("click", async () => {
    await send();
    if (out) start();
  });
  document.getElementById("wipe").addEventListener("click", wipe);
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (later && !document.hidden) send(); });
  if (Shelf.able) start(); else only(words("cannot"));
})();
