// Lines from card to card: who holds whom. They show for the card under the pointer or
// with the focus after a moment, or for all of them by a switch; and a line is drawn by
// hand, or by keys, to make one card wait for another. The words on the cards say the
// same: the picture is hidden from who listens.
(() => {
  "use strict";
  const { $ } = window.relevo;
  const board = () => $("#board"), lanes = () => $("#lanes");
  const coarse = matchMedia("(pointer: coarse)");
  const mayEdit = () => board().dataset.edit === "1";
  const taskOf = (card) => card.id.slice(2, 38); // what follows is the swimlane
  const cardOf = (task) => $(`.card[id^="t-${task}"]`, board());
  const titleOf = (card) => $(".card-title", card);
  const keyOf = (task) => graph?.tasks.get(task)?.key || $(".key", cardOf(task))?.textContent || "";
  const svg = (name, attributes = {}) => {
    const el = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [k, v] of Object.entries(attributes)) el.setAttribute(k, v);
    return el;
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const rest = 450;      // ms that the pointer or the focus rests on a card before its lines show
  const mostLines = 400; // drawn at once
  const closeBy = 56;    // px from an edge at which a drag scrolls

  let words = {};
  let graph = null, stale = true, loading = null;
  let on = false;  // by the switch
  let at = "";     // the task whose lines show alone
  let hovered = ""; // the task under the pointer, which has handles
  let drawn = null; // the line under way: { from, after, x, y, target, keys }

  // ---- who holds whom

  function load() {
    loading ||= fetch(`/boards/${board().dataset.board}/dependencies`, { headers: { "HX-Request": "true" } }).then(async (answer) => {
      if (!answer.ok) return;
      stale = false;
      read(await answer.json());
    }).catch(() => {}).finally(() => { loading = null; });
    return loading;
  }
  const fresh = () => stale || !graph ? load() : Promise.resolve();

  function read(told) {
    words = told.words;
    const tasks = told.tasks.map(([id, key, column, elsewhere]) => ({ id, key, column, elsewhere, before: [], after: [] }));
    const edges = told.edges.map(([p, d, open]) => ({ p: tasks[p], d: tasks[d], open: open === 1 }));
    for (const e of edges) { e.p.after.push(e); e.d.before.push(e); }
    graph = { tasks: new Map(tasks.map((t) => [t.id, t])), edges, left: told.left };
  }

  /** way is the keys of the tasks from one to what waits for it in the end, if any does. */
  function way(from, to) {
    const came = new Map([[from, null]]);
    for (const queue = [from]; queue.length;) {
      const task = queue.shift();
      if (task === to) {
        const keys = [];
        for (let t = to; t !== null; t = came.get(t)) keys.unshift(keyOf(t));
        return keys;
      }
      for (const e of graph?.tasks.get(task)?.after || []) if (!came.has(e.d.id)) { came.set(e.d.id, task); queue.push(e.d.id); }
    }
    return null;
  }

  /** objection says why one task cannot wait for another, as far as this page knows. */
  function objection(p, d) {
    if (graph?.tasks.get(p)?.after.some((e) => e.d.id === d)) return fill(words.there, { d: keyOf(d), p: keyOf(p) });
    const round = way(d, p);
    return round ? fill(words.cycle, { path: [...round, round[0]].join(" → ") }) : "";
  }

  // ---- the picture: it lies over the columns and takes no part in the page

  let place = null, picture = null, layer = null, handles = null, legend = null, tip = null, resized = null;

  function furnish() {
    if (place) return;
    place = Object.assign(document.createElement("div"), { id: "lines" });
    picture = svg("svg", { "aria-hidden": "true", focusable: "false" });
    const defs = svg("defs");
    for (const kind of ["open", "done", "new", "no"]) {
      const marker = svg("marker", { id: "lines-" + kind, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse", class: "lines-" + kind });
      marker.append(svg("path", { d: "M0 .5 7.5 4 0 7.5z" }));
      defs.append(marker);
    }
    layer = svg("g");
    picture.append(defs, layer);
    handles = Object.assign(document.createElement("div"), { className: "line-handles" });
    handles.setAttribute("aria-hidden", "true");
    tip = Object.assign(document.createElement("p"), { className: "line-tip", hidden: true });
    place.append(picture, handles, tip);
    $("#main").append(place);
    resized = new ResizeObserver(draw);
    resized.observe(lanes());
  }

  let frame = 0, until = 0;
  function draw() { frame ||= requestAnimationFrame(() => { frame = 0; paint(); if (performance.now() < until) draw(); }); }
  /** keepUp draws until what moves on the page has come to rest. */
  function keepUp(time = 600) { until = Math.max(until, performance.now() + time); draw(); }

  const showing = () => on || at || drawn || hovered;

  function paint() {
    if (!place) return;
    const begun = performance.now();
    const area = lanes().getBoundingClientRect();
    place.style.left = `${area.left}px`;
    place.style.top = `${area.top}px`;
    place.style.width = `${area.width}px`;
    place.style.height = `${area.height}px`;
    const { lines, stubs, left, boxes } = arrange(area);
    ink(lines, stubs);
    grips(boxes, area);
    tellLegend(left);
    mark();
    window.relevo.lines.took = performance.now() - begun;
  }

  /** arrange measures the cards and says which lines there are, before anything is written. */
  function arrange(area) {
    const boxes = new Map(), lists = new Map();
    const lifted = $("body > .card-drag"); // under the pointer, its place in the column is empty
    const box = (task) => {
      if (boxes.has(task)) return boxes.get(task);
      let found = null;
      const card = cardOf(task), list = card?.closest(".cards");
      if (list && board().contains(list)) {
        if (!lists.has(list)) lists.set(list, list.getBoundingClientRect());
        const shown = lists.get(list), held = lifted && lifted.id === card.id;
        const r = (held ? lifted : card).getBoundingClientRect();
        const top = held ? r.top : Math.max(r.top, shown.top), bottom = held ? r.bottom : Math.min(r.bottom, shown.bottom);
        if (r.width > 0) {
          found = { left: r.left - area.left, right: r.right - area.left, top: top - area.top, bottom: bottom - area.top, cut: bottom < r.bottom, away: "" };
          if (bottom - top < 14) found.away = r.top < shown.top ? "↑" : "↓";
          if (found.right < 20) found.away = "←";
          if (found.left > area.width - 20) found.away = "→";
        }
      }
      boxes.set(task, found);
      return found;
    };
    const edges = !graph ? [] : at && !drawn ? [...graph.tasks.get(at)?.before || [], ...graph.tasks.get(at)?.after || []] : on || drawn ? graph.edges : [];
    const lines = [], stubs = new Map();
    let left = on && graph ? graph.left : 0;
    for (const e of edges) {
      const a = box(e.p.id), b = box(e.d.id);
      const seen = [a && !a.away, b && !b.away];
      if (seen[0] && seen[1]) {
        if (lines.length < mostLines) lines.push({ e, a, b, ...sides(a, b, area) }); else left++;
      } else if (seen[0]) stub(stubs, a, "after", e, e.d, b);
      else if (seen[1]) stub(stubs, b, "before", e, e.p, a);
    }
    spread(lines);
    if (hovered) box(hovered);
    if (on && coarse.matches && mayEdit()) for (const card of board().querySelectorAll(".lanes .card")) box(taskOf(card));
    if (drawn) box(drawn.from);
    return { lines, stubs, left, boxes };
  }

  /** sides says from which side of one card to which of the other a line goes. */
  function sides(a, b, area) {
    if (b.left >= a.right - 4) return { from: "right", to: "left" };
    if (b.right <= a.left + 4) return { from: "left", to: "right" };
    const side = Math.max(a.right, b.right) + 26 < area.width ? "right" : "left";
    return { from: side, to: side };
  }

  function stub(stubs, card, end, e, other, box) {
    const name = `${end} ${end === "after" ? e.p.id : e.d.id}`;
    let s = stubs.get(name);
    if (!s) stubs.set(name, s = { card, end, others: [], open: false });
    s.open ||= e.open;
    s.others.push({ key: other.key, where: box?.away || (other.elsewhere ? "↗" : other.column ? "↓" : "") });
  }

  /** spread parts the ends of lines that meet at one side of a card. */
  function spread(lines) {
    const meet = new Map();
    const put = (card, side, end) => {
      if (!meet.has(card)) meet.set(card, { left: [], right: [] });
      meet.get(card)[side].push(end);
    };
    const middle = (box) => (box.top + box.bottom) / 2;
    for (const l of lines) {
      put(l.a, l.from, { to: middle(l.b), set: (y) => { l.y1 = y; } });
      put(l.b, l.to, { to: middle(l.a), set: (y) => { l.y2 = y; } });
    }
    for (const [box, ends] of meet) {
      for (const side of [ends.left, ends.right]) {
        side.sort((x, y) => x.to - y.to);
        const step = Math.min(9, (box.bottom - box.top - 12) / Math.max(1, side.length));
        side.forEach((end, i) => end.set(middle(box) + (i - (side.length - 1) / 2) * step));
      }
    }
  }

  const curve = (x1, y1, dx1, x2, y2, dx2) => `M${x1.toFixed(1)} ${y1.toFixed(1)}C${(x1 + dx1).toFixed(1)} ${y1.toFixed(1)} ${(x2 + dx2).toFixed(1)} ${y2.toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)}`;

  function path(l) {
    const x1 = l.a[l.from], x2 = l.b[l.to] + (l.to === "left" ? -2 : 2);
    const out = l.from === l.to ? 22 + Math.min(24, Math.abs(l.y2 - l.y1) / 14) : Math.max(12, Math.abs(x2 - x1) / 2);
    return curve(x1, l.y1, l.from === "right" ? out : -out, x2, l.y2, l.to === "right" ? out : -out);
  }

  /** ink writes the picture, with the elements of the last one. */
  function ink(lines, stubs) {
    const used = [...layer.children];
    let next = 0;
    const put = (name, attributes, text) => {
      let el = used[next++];
      if (el?.nodeName !== name) {
        const made = svg(name);
        if (el) el.replaceWith(made); else layer.append(made);
        el = made;
      }
      for (const k of [...el.getAttributeNames()]) if (!(k in attributes)) el.removeAttribute(k);
      for (const k in attributes) if (el.getAttribute(k) !== String(attributes[k])) el.setAttribute(k, attributes[k]);
      if (text !== undefined && el.textContent !== text) el.textContent = text;
    };
    const kind = (open) => open ? "open" : "done";
    for (const l of lines) put("path", { class: `line line-${kind(l.e.open)}`, d: path(l), "marker-end": `url(#lines-${kind(l.e.open)})`, "data-line": `${l.e.p.key} ${l.e.d.key}` });
    for (const s of stubs.values()) {
      const before = s.end === "before", label = before ? `${told(s)} ▸` : `▸ ${told(s)}`, wide = 12 + label.length * 6.4;
      const from = before ? s.card.left + 8 : s.card.right - 8 - wide, y = s.card.bottom - (s.card.cut ? 9 : 0); // on the card's lower edge, off its words
      put("rect", { class: `line-stub line-${kind(s.open)}`, x: from.toFixed(1), y: (y - 8).toFixed(1), width: wide.toFixed(1), height: 16, rx: 8, "data-stub": s.end });
      put("text", { class: "line-label", x: (from + wide / 2).toFixed(1), y: (y + 4).toFixed(1), "text-anchor": "middle" }, label);
    }
    if (drawn?.d) put("path", { class: `line line-new${drawn.no ? " line-no" : ""}`, d: drawn.d, [drawn.after ? "marker-end" : "marker-start"]: `url(#lines-${drawn.no ? "no" : "new"})` });
    for (const el of used.slice(next)) el.remove();
  }

  /** told is what stands on a stub: whom it leads to if one looks at one card, else how many. */
  function told(s) {
    const wheres = new Set(s.others.map((o) => o.where));
    const where = wheres.size === 1 ? [...wheres][0] : "";
    const who = at ? s.others[0].key + (s.others.length > 1 ? ` +${s.others.length - 1}` : "") : String(s.others.length);
    return where ? `${who} ${where}` : who;
  }

  function tellLegend(left) {
    if (!on || !words.open) { legend?.remove(); legend = null; return; }
    if (!legend) {
      legend = Object.assign(document.createElement("div"), { className: "line-legend" });
      const sample = (kind) => {
        const box = svg("svg", { viewBox: "0 0 34 10", width: 34, height: 10, "aria-hidden": "true" });
        box.append(svg("path", { class: "line line-" + kind, d: "M1 5h28", "marker-end": `url(#lines-${kind})` }));
        const item = document.createElement("span");
        item.append(box, words[kind]);
        return item;
      };
      legend.append(Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: words.legend }), sample("open"), sample("done"), Object.assign(document.createElement("span"), { className: "line-left" }));
      legend.title = words.legend;
      $("#main").append(legend);
    }
    const note = left ? fill(words.left, { n: left }) : "";
    if (legend.lastChild.textContent !== note) legend.lastChild.textContent = note;
  }

  /** mark dims the cards that have nothing to do with the one that is looked at. */
  function mark() {
    const kin = new Set();
    if (at && !drawn) {
      kin.add(at);
      for (const e of graph?.tasks.get(at)?.before || []) kin.add(e.p.id);
      for (const e of graph?.tasks.get(at)?.after || []) kin.add(e.d.id);
    }
    for (const card of board().querySelectorAll("[data-kin], [data-target]")) {
      if (!kin.has(taskOf(card))) card.removeAttribute("data-kin");
      if (!drawn || drawn.target !== taskOf(card)) card.removeAttribute("data-target");
    }
    for (const task of kin) cardOf(task)?.setAttribute("data-kin", "");
    if (drawn?.target) cardOf(drawn.target)?.setAttribute("data-target", drawn.no ? "no" : "yes");
    board().toggleAttribute("data-apart", kin.size > 1);
    board().toggleAttribute("data-lined", on);
    board().toggleAttribute("data-connecting", !!drawn);
    const button = $("[data-lines]");
    if (button) button.setAttribute("aria-pressed", String(on));
  }

  // ---- when they show

  const kept = `relevo:lines:${document.body.dataset.me}`;

  function toggle() {
    on = !on;
    try { localStorage.setItem(kept, on ? "on" : ""); } catch { /* the browser keeps nothing */ }
    furnish();
    fresh().then(() => { window.relevo.say(on ? words.on : words.off); keepUp(200); });
    keepUp(200);
  }

  let timer = 0;
  /** look shows the lines of a card alone, after a while. */
  function look(task, wait = rest) {
    clearTimeout(timer);
    if (task === at) return;
    timer = setTimeout(async () => {
      if (task) await fresh();
      const has = task && graph?.tasks.has(task);
      if (!has && !at) return;
      at = has ? task : "";
      furnish();
      keepUp(50);
    }, wait);
  }

  let leaving = 0;
  function point(card) {
    clearTimeout(leaving);
    const task = card ? taskOf(card) : "";
    if (task === hovered || drawn) return;
    if (!task) { leaving = setTimeout(() => { hovered = ""; look(focusedTask(), 120); draw(); }, 160); return; }
    hovered = task;
    furnish();
    look(task);
    draw();
  }
  const busy = () => $("body > .card-drag") || $("dialog[open]") || $("#card-edit");
  const focusedTask = () => { const el = document.activeElement; return el?.matches?.("#board .card-title:focus-visible") ? taskOf(el.closest(".card")) : ""; };

  document.addEventListener("pointerover", (e) => {
    if (e.pointerType === "touch" || e.buttons) return;
    if (e.target.closest?.(".line-handle")) { clearTimeout(leaving); return; }
    point(busy() ? null : e.target.closest?.("#board .card"));
  });
  document.addEventListener("focusin", (e) => {
    if (drawn?.keys) { aim(e.target.closest?.("#board .card")); return; }
    look(e.target.matches?.("#board .card-title:focus-visible") ? taskOf(e.target.closest(".card")) : hovered);
  });

  document.addEventListener("scroll", (e) => { if (showing() && e.target.closest?.("#lanes")) draw(); }, { capture: true, passive: true });
  addEventListener("resize", () => { if (showing()) draw(); });
  document.addEventListener("relevo:cards", async () => {
    stale = true;
    if (!showing()) return;
    keepUp();
    await load();
    if (at && !graph?.tasks.has(at)) at = "";
    keepUp();
  });
  for (const type of ["htmx:afterSettle", "click", "keyup", "toggle"]) document.addEventListener(type, () => { if (showing()) keepUp(type === "keyup" ? 200 : 500); }, true);
  // A card under way takes its lines along.
  document.addEventListener("pointerdown", (e) => {
    if (!e.target.closest?.("#board .card")) return;
    hovered = "";
    look("", 0);
    const follow = () => { if (on && $("body > .card-drag")) draw(); };
    const stop = () => {
      for (const type of ["pointermove", "touchmove"]) document.removeEventListener(type, follow, true);
      for (const type of ["pointerup", "pointercancel", "touchend"]) document.removeEventListener(type, stop, true);
      keepUp();
    };
    for (const type of ["pointermove", "touchmove"]) document.addEventListener(type, follow, { capture: true, passive: true });
    for (const type of ["pointerup", "touchend"]) document.addEventListener(type, stop, true);
  }, true);

  // ---- handles, and a line drawn from one by hand

  function grips(boxes, area) {
    const wanted = !mayEdit() || drawn?.keys ? [] : drawn ? [drawn.from] : on && coarse.matches ? [...board().querySelectorAll(".lanes .card")].map(taskOf) : hovered && !busy() ? [hovered] : [];
    const used = [...handles.children];
    for (const task of wanted) {
      const box = boxes.get(task);
      if (!box || box.away || box.bottom - box.top < 24) continue;
      for (const end of ["before", "after"]) {
        const x = end === "before" ? box.left : box.right;
        if (!drawn && (x < 0 || x > area.width)) continue;
        let grip = used.find((g) => g.dataset.task === task && g.dataset.end === end);
        if (grip) {
          used.splice(used.indexOf(grip), 1);
        } else { // a new one, for it comes into sight after a moment
          handles.append(grip = Object.assign(document.createElement("span"), { className: "line-handle" }));
          Object.assign(grip.dataset, { task, end });
        }
        const title = words[end] ? fill(words[end], { a: keyOf(task) }) : "";
        if (grip.title !== title) grip.title = title;
        grip.style.transform = `translate(${x.toFixed(1)}px, ${((box.top + box.bottom) / 2).toFixed(1)}px)`;
      }
    }
    for (const grip of used) if (!grip.hasAttribute("data-held")) grip.remove();
  }

  document.addEventListener("pointerdown", (e) => {
    const grip = e.target.closest?.(".line-handle");
    if (!grip || e.button) return;
    e.preventDefault();
    e.stopPropagation();
    begin(grip, e);
  }, true);

  function begin(grip, e) {
    const from = grip.dataset.task;
    clearTimeout(timer);
    drawn = { from, after: grip.dataset.end === "after", x: e.clientX, y: e.clientY, moved: false };
    grip.setAttribute("data-held", "");
    grip.setPointerCapture(e.pointerId);
    lanes().style.scrollSnapType = "none";
    fresh().then(() => { if (drawn) steer(); });
    const move = (m) => { drawn.moved ||= Math.hypot(m.clientX - drawn.x, m.clientY - drawn.y) > 4; drawn.x = m.clientX; drawn.y = m.clientY; steer(); };
    const end = (m) => {
      grip.removeEventListener("pointermove", move);
      for (const type of ["pointerup", "pointercancel", "lostpointercapture"]) grip.removeEventListener(type, end);
      removeEventListener("keydown", escape, true);
      grip.removeAttribute("data-held");
      lanes().style.removeProperty("scroll-snap-type");
      const { target, after, moved } = drawn;
      drop();
      if (m?.type === "pointerup" && target) connect(after ? from : target, after ? target : from);
      else if (m?.type === "pointerup" && !moved) titleOf(cardOf(from))?.click();
    };
    const escape = (k) => { if (k.key === "Escape") { k.preventDefault(); k.stopImmediatePropagation(); end(); } };
    grip.addEventListener("pointermove", move);
    for (const type of ["pointerup", "pointercancel", "lostpointercapture"]) grip.addEventListener(type, end);
    addEventListener("keydown", escape, true);
    scrollOn();
  }

  /** scrollOn moves what lies under the pointer's way while it is near an edge. */
  function scrollOn() {
    if (!drawn || drawn.keys) return;
    const area = lanes().getBoundingClientRect(), push = (from, to, v) => v < from + closeBy ? v - from - closeBy : v > to - closeBy ? v - to + closeBy : 0;
    const list = document.elementsFromPoint(drawn.x, drawn.y).find((el) => el.matches?.(".lane"))?.querySelector(".cards");
    const dx = push(area.left, area.right, drawn.x), box = list?.getBoundingClientRect();
    const dy = box ? push(box.top, box.bottom, drawn.y) : 0;
    if (drawn.moved && dx) lanes().scrollLeft += dx / 5;
    if (drawn.moved && dy) list.scrollTop += dy / 5;
    if (drawn.moved && (dx || dy)) steer();
    requestAnimationFrame(scrollOn);
  }

  /** steer aims the line at where the pointer is. */
  function steer() {
    if (!drawn) return;
    aimAt(document.elementsFromPoint(drawn.x, drawn.y).find((el) => el.closest?.("#board .card"))?.closest(".card"));
    const area = lanes().getBoundingClientRect(), card = cardOf(drawn.from);
    if (!card) { drop(); return; }
    const r = card.getBoundingClientRect(), out = drawn.after ? 1 : -1;
    const x1 = (drawn.after ? r.right : r.left) - area.left, y1 = (r.top + r.bottom) / 2 - area.top, x2 = drawn.x - area.left, y2 = drawn.y - area.top;
    const bend = Math.max(24, Math.abs(x2 - x1) / 2) * out;
    drawn.d = curve(x1, y1, bend, x2, y2, -bend);
    tip.hidden = !drawn.says;
    if (drawn.says) {
      tip.textContent = drawn.says;
      tip.toggleAttribute("data-no", !!drawn.no);
      tip.style.transform = `translate(${Math.max(4, Math.min(x2 + 14, area.width - tip.offsetWidth - 4)).toFixed(0)}px, ${Math.max(4, Math.min(y2 + 18, area.height - tip.offsetHeight - 4)).toFixed(0)}px)`;
    }
    draw();
  }

  function aimAt(card) {
    const task = card && board().contains(card) && taskOf(card) !== drawn.from ? taskOf(card) : "";
    drawn.target = task;
    drawn.no = drawn.says = "";
    if (!task || !words.would) return;
    const [p, d] = drawn.after ? [drawn.from, task] : [task, drawn.from];
    drawn.no = objection(p, d);
    drawn.says = drawn.no || fill(words.would, { p: keyOf(p), d: keyOf(d) });
  }

  function drop() {
    drawn = null;
    if (tip) tip.hidden = true;
    keepUp(200);
  }

  /** connect makes one task wait for another; the server has the last word. */
  async function connect(p, d) {
    const answer = await fetch(`/tasks/${d}/prerequisites`, { method: "POST", body: new URLSearchParams({ task: p, from: "board" }), headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer) { window.relevo.notify(window.relevo.words.lost, "problem"); return false; }
    if (answer.ok) {
      window.relevo.did?.(answer);
      await window.relevo.catchUp();
      return true;
    }
    const notes = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll(".notice");
    for (const note of notes) $("#notice").append(document.importNode(note, true));
    if (!notes.length) window.relevo.notify(window.relevo.words.oops, "problem");
    window.relevo.catchUp();
    return false;
  }

  // ---- the same by keys

  let bar = null;

  async function start(card) {
    if (!mayEdit() || drawn) return;
    furnish();
    drawn = { from: taskOf(card), after: false, keys: true };
    bar = Object.assign(document.createElement("div"), { className: "line-bar", id: "line-bar" });
    const said = document.createElement("p"), keys = Object.assign(document.createElement("p"), { className: "quiet" });
    said.setAttribute("role", "status");
    bar.append(said, keys);
    $("#main").append(bar);
    await fresh();
    if (!drawn?.keys) return;
    keys.textContent = words.keys;
    aim(document.activeElement.closest?.("#board .card") || card); // the arrows may have been quicker
  }

  /** aim points the line at the card that the focus is on; away from the cards it ends. */
  function aim(card) {
    if (!drawn?.keys) return;
    if (!card) { finish(words.ended); return; }
    aimAt(card);
    if (!drawn.target) {
      drawn.d = "";
      announce(fill(words.choose || "", { a: keyOf(drawn.from) }));
    } else {
      announce(drawn.says);
    }
    join();
    keepUp(300);
  }
  function announce(text) { $("p", bar).textContent = text; bar.toggleAttribute("data-no", !!drawn.no); }

  /** join draws the line from card to card. */
  function join() {
    const area = lanes().getBoundingClientRect(), other = drawn.target && cardOf(drawn.target), own = cardOf(drawn.from);
    if (!other || !own) { drawn.d = ""; return; }
    const box = (card) => { const r = card.getBoundingClientRect(); return { left: r.left - area.left, right: r.right - area.left, top: r.top - area.top, bottom: r.bottom - area.top }; };
    const a = box(own), b = box(other), way = sides(a, b, area);
    drawn.d = path({ a, b, ...way, y1: (a.top + a.bottom) / 2, y2: (b.top + b.bottom) / 2 });
  }

  function finish(text) {
    if (!drawn?.keys) return;
    const from = drawn.from;
    bar.remove();
    bar = null;
    drop();
    if (text) window.relevo.say(text);
    return from;
  }

  document.addEventListener("keydown", async (e) => {
    if (!drawn?.keys || e.isComposing || e.ctrlKey || e.metaKey || e.altKey) return;
    const stop = () => { e.preventDefault(); e.stopImmediatePropagation(); };
    const back = (from) => { const card = cardOf(from); if (card) titleOf(card).focus({ preventScroll: false }); };
    if (e.key === "Escape") { stop(); back(finish(words.ended)); return; }
    if (e.key === "Tab" || e.key.toLowerCase() === "r") {
      stop();
      drawn.after = !drawn.after;
      aim(document.activeElement.closest?.("#board .card"));
      return;
    }
    if (e.key === "Enter") {
      stop();
      if (!drawn.target) return;
      const { from, target, after } = drawn;
      if (await connect(after ? from : target, after ? target : from)) back(finish(""));
      return;
    }
    if (!["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"].includes(e.key) || e.shiftKey) stop();
  }, true);
  document.addEventListener("scroll", () => { if (drawn?.keys) { join(); draw(); } }, { capture: true, passive: true });
  document.addEventListener("pointerdown", (e) => { if (drawn?.keys && !e.target.closest?.("#line-bar")) finish(words.ended); });

  window.relevo.lines = { toggle, start, point, look, took: 0, get graph() { return graph; } };
  try { on = localStorage.getItem(kept) === "on"; } catch { /* the browser keeps nothing */ }
  if (on) { furnish(); fresh().then(() => keepUp(200)); }
})();
