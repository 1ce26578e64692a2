// The timeline: a bar goes to other days, or its end does, by mouse, finger and keys.
// What that pushes is shown first; only then it is done.
(() => {
  "use strict";
  const { $, face } = relevo;
  if (!face || !$(".timeline")) return;
  const NS = "http://www.w3.org/2000/svg";
  const root = face.root;
  const words = JSON.parse(root().dataset.say);
  const hands = () => [...root().querySelectorAll(".tl-hand[role=button]")];
  const rowOf = (task) => document.getElementById(`t-${task}`);
  const barOf = (task) => document.getElementById(`b-${task}`);
  const handOf = (task) => document.getElementById(`h-${task}`);
  const taskOf = (hand) => hand.id.slice(2);
  const wide = () => Number(root().dataset.day); // pixels of a day
  const first = () => Number(root().dataset.first);
  const iso = (day) => new Date(day * 86400000).toISOString().slice(0, 10);

  // ---- days of work

  function works(day) { return !root().dataset.off.split(" ").includes(String(day - first())); }
  /** onWork is the nearest day of work that way. */
  function onWork(day, way) { for (let n = 0; n < 60 && !works(day); n++) day += way; return day; }
  const step = (day, way) => onWork(day + way, way);

  // ---- a trial: where a bar would be, and what that pushes

  let trial = null;

  function begin(hand, kind, keys) {
    const task = taskOf(hand);
    if (trial?.task === task && trial.kind === kind) return trial;
    cancel();
    face.hold("trial");
    const last = Number(hand.dataset.last);
    return (trial = { task, kind, keys, last, day: last, seen: new Map(), version: rowOf(task).dataset.version });
  }
  const address = (t) => `/tasks/${t.task}/dates?due=${iso(t.day)}${t.kind === "end" ? "&stretch=1" : ""}`;

  /** effect asks what a trial brings about; nothing if that is refused. */
  function effect(t) {
    const url = address(t);
    if (!t.seen.has(url)) t.seen.set(url, (async () => {
      try {
        const answer = await fetch(url, { headers: { "HX-Request": "true" } });
        const html = await answer.text();
        if (answer.ok) return new DOMParser().parseFromString(html, "text/html").querySelector("#dates-effect");
        face.refuse(html, words.stays);
      } catch { relevo.notify(`${relevo.words.lost} ${words.stays}`, "problem"); }
      return null;
    })());
    return t.seen.get(url);
  }

  let rest = 0;
  function tryDay(t, day) {
    if (t.day === day && t.shown) return;
    t.day = t.shown = day;
    place(t);
    clearTimeout(rest);
    rest = setTimeout(async () => {
      const found = await effect(t);
      if (trial !== t || t.day !== day) return;
      if (found) show(t, found); else cancel();
    }, t.keys ? 0 : 90);
  }

  /** place draws the bar where it is held. */
  function place(t) {
    const hand = handOf(t.task), box = $(".tl-box", hand);
    const by = (t.day - t.last) * wide();
    if (t.kind === "move") { hand.setAttribute("transform", `translate(${by} 0)`); return; }
    t.width ??= Number(box.getAttribute("width"));
    box.setAttribute("width", Math.max(4, t.width + by));
  }

  /** show draws what a trial pushes, and says it. */
  function show(t, found) {
    layer()?.remove();
    const g = document.createElementNS(NS, "g");
    g.id = "tl-trial";
    g.setAttribute("aria-hidden", "true");
    const ghost = (task, el) => {
      const box = $(".tl-box", barOf(task) || document.createElement("i"));
      if (!box) return;
      const r = document.createElementNS(NS, "rect");
      const x = (Number(el.dataset.start) - first()) * wide();
      for (const [name, value] of [["x", x], ["y", box.getAttribute("y")], ["width", Math.max(4, (Number(el.dataset.end) - first()) * wide() - x)], ["height", box.getAttribute("height")], ["rx", 5], ["class", "tl-ghost"]]) r.setAttribute(name, value);
      g.append(r);
    };
    ghost(t.task, found);
    for (const el of found.querySelectorAll("[data-task]")) ghost(el.dataset.task, el);
    $("#tl-chart").append(g);
    const shown = document.importNode(found, true);
    shown.removeAttribute("id");
    shown.removeAttribute("role");
    if (t.keys) shown.append(Object.assign(document.createElement("p"), { className: "hint", textContent: words.hint }));
    tip.replaceChildren(shown);
    tip.hidden = false;
    const at = $(".tl-box", handOf(t.task)).getBoundingClientRect();
    const below = at.bottom + 12 + tip.offsetHeight < innerHeight;
    tip.style.left = `${Math.max(8, Math.min(at.left, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${below ? at.bottom + 12 : Math.max(8, at.top - tip.offsetHeight - 12)}px`;
  }
  const layer = () => document.getElementById("tl-trial");
  const tip = Object.assign(document.createElement("div"), { id: "tl-tip", className: "tl-tip", hidden: true });
  tip.setAttribute("role", "status");
  $("main").append(tip);

  /** cancel puts the bar back where it is. */
  function cancel() {
    const t = trial;
    if (!t) return;
    trial = null;
    clearTimeout(rest);
    tip.hidden = true;
    layer()?.remove();
    const hand = handOf(t.task);
    hand?.removeAttribute("transform");
    if (t.width) $(".tl-box", hand)?.setAttribute("width", t.width);
    face.release("trial");
  }

  /** take does it; where others are pushed, they are told of once more before. */
  async function take() {
    const t = trial;
    if (t.day === t.last && t.kind === "move") { cancel(); return; }
    t.taking = true;
    const found = await effect(t);
    if (trial !== t) return;
    if (!found) { cancel(); return; }
    if (Number(found.dataset.pushes) > 0) {
      tip.hidden = true;
      t.asked = true;
      await relevo.dialog(address(t));
      return;
    }
    await send(t.task, t.version, { due: found.dataset.due, ...(t.kind === "end" && { minutes: found.dataset.minutes }) });
  }
  async function send(task, version, wanted) {
    const ok = await face.dates(task, version, wanted, words.stays);
    cancel();
    await relevo.catchUp();
    if (ok) relevo.say(words.moved);
    go(handOf(task));
  }
  document.addEventListener("submit", (e) => {
    const form = e.target.closest?.("#dialog #dates-take");
    if (!form) return;
    e.preventDefault();
    const { due, minutes, along, version } = Object.fromEntries(new FormData(form));
    const task = form.dataset.task;
    if (trial) trial.asked = false;
    $("#dialog").close();
    send(task, version, { due, ...(minutes && { minutes }), ...(along && { along }) });
  });
  $("#dialog")?.addEventListener("close", () => {
    const t = trial;
    if (!t?.asked) return;
    cancel();
    go(handOf(t.task));
  });

  // ---- by mouse and by finger

  let pull = null, dropped = false;
  document.addEventListener("pointerdown", (e) => {
    dropped = false;
    const hand = e.target.closest?.(".tl-hand[role=button]");
    if (!hand || e.button !== 0 || pull || trial?.taking) return;
    const end = e.target.closest(".tl-end") || hand.dataset.begun === "1";
    const p = (pull = { hand, kind: end ? "end" : "move", id: e.pointerId, x: e.clientX, y: e.clientY, scroll: $("#tl").scrollLeft, finger: e.pointerType !== "mouse" });
    if (p.finger) p.timer = setTimeout(() => { if (pull === p) lift(p); }, 240);
  });
  function lift(p) {
    p.trial = begin(p.hand, p.kind, false);
    root().classList.add("dragging");
    getSelection()?.removeAllRanges();
  }
  document.addEventListener("pointermove", (e) => {
    const p = pull;
    if (!p || e.pointerId !== p.id) return;
    if (!p.trial) {
      if (Math.hypot(e.clientX - p.x, e.clientY - p.y) < 5) return;
      if (p.finger) { letGo(); return; } // it scrolls
      lift(p);
    }
    if (trial !== p.trial) { letGo(); return; }
    const view = $("#tl"), edge = view.getBoundingClientRect();
    if (e.clientX > edge.right - 32) view.scrollLeft += 12;
    if (e.clientX < edge.left + $(".tl-rows").offsetWidth + 16) view.scrollLeft -= 12;
    const by = Math.round((e.clientX - p.x + view.scrollLeft - p.scroll) / wide());
    tryDay(p.trial, by ? onWork(p.trial.last + by, Math.sign(by)) : p.trial.last);
  });
  function letGo() {
    clearTimeout(pull?.timer);
    pull = null;
    root().classList.remove("dragging");
  }
  document.addEventListener("pointerup", (e) => {
    const p = pull;
    if (!p || e.pointerId !== p.id) return;
    letGo();
    if (!p.trial) return;
    dropped = true;
    if (trial === p.trial) take();
  });
  document.addEventListener("pointercancel", (e) => { if (pull?.id === e.pointerId) { letGo(); cancel(); } });
  document.addEventListener("touchmove", (e) => { if (pull?.trial && e.cancelable) e.preventDefault(); }, { passive: false });
  document.addEventListener("contextmenu", (e) => { if (pull?.finger) e.preventDefault(); });
  document.addEventListener("click", (e) => {
    const bar = e.target.closest?.(".tl-hand") && e.target.closest(".tl-task");
    if (!bar) return;
    e.preventDefault();
    if (!dropped && !trial) $(".tl-link", rowOf(bar.dataset.task))?.click();
    dropped = false;
  });

  // ---- by keyboard: one bar is in the order of Tab, up and down go to the others

  let at = "";
  function rove(hand) {
    at = hand ? taskOf(hand) : "";
    for (const h of hands()) h.setAttribute("tabindex", h === hand ? "0" : "-1");
  }
  function go(hand) {
    if (!hand) return;
    hand.focus({ preventScroll: true });
    hand.scrollIntoView({ block: "nearest", inline: "center" });
  }
  document.addEventListener("focusin", (e) => { const hand = e.target.closest?.(".tl-hand[role=button]"); if (hand) rove(hand); });
  document.addEventListener("focusout", (e) => {
    if (!trial?.keys || trial.taking || !e.target.closest?.(".tl-hand")) return;
    cancel();
    relevo.say(words.back);
  });
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && trial && !trial.asked) { e.preventDefault(); e.stopImmediatePropagation(); letGo(); cancel(); relevo.say(words.back); return; }
    const key = face.key(e);
    if (!key) return;
    const link = !e.shiftKey && { j: "#tl-next", k: "#tl-previous", t: "#tl-today" }[key];
    if (link && $(link)) { e.preventDefault(); face.go($(link).href, at && `h-${at}`); return; }
    const hand = e.target.closest?.(".tl-hand[role=button]");
    if (!hand || trial?.taking) return;
    const way = { ArrowLeft: -1, ArrowRight: 1 }[key], other = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (way) {
      e.preventDefault();
      const t = begin(hand, e.shiftKey || hand.dataset.begun === "1" ? "end" : "move", true);
      tryDay(t, step(t.day, way));
      hand.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else if (other) {
      e.preventDefault();
      const all = hands();
      go(all[all.indexOf(hand) + other]);
    } else if (key === "Enter" || key === " ") {
      e.preventDefault();
      if (trial) take(); else $(".tl-link", rowOf(taskOf(hand))).click();
    } else if (key === "m") {
      e.preventDefault();
      $(".tl-change", rowOf(taskOf(hand))).click();
    }
  }, true);

  // ---- beginnings

  face.settle = () => rove(handOf(at) || hands()[0]);
  face.settle();
  /** What is now is in sight from the start. */
  const now = $(".tl-now", $("#tl-chart") || root());
  if (now && $("#tl")) $("#tl").scrollLeft = Math.max(0, now.getBBox().x - 120);
})();
