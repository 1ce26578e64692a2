// The diagram: it is zoomed and moved, shows what leads to a task and what follows
// it, and is edited by drawing a line from one task to another.
(() => {
  "use strict";
  const { $, face } = relevo;
  if (!face || !$(".diagram")) return;
  const NS = "http://www.w3.org/2000/svg";
  const root = face.root;
  const all = (selector) => [...root().querySelectorAll(selector)];
  const svg = () => $("#dg");
  const view = () => $("#dg-view");
  const words = () => JSON.parse(root().dataset.say);
  const node = (id) => document.getElementById(`n-${id}`);
  const idOf = (el) => el.id.slice(2);
  const put = (text, from, to) => text.replace("{from}", from?.dataset.key).replace("{to}", to?.dataset.key).replace("{task}", from?.dataset.key);

  // ---- the graph, as it is drawn

  const links = () => all(".dg-link").map((el) => ({ el, from: el.dataset.from, to: el.dataset.to }));
  /** reach is all that lies that way from a task, without it. */
  function reach(id, back) {
    const next = new Map();
    for (const l of links()) { const [a, b] = back ? [l.to, l.from] : [l.from, l.to]; next.set(a, [...(next.get(a) || []), b]); }
    const found = new Set(), todo = [id];
    while (todo.length) for (const n of next.get(todo.pop()) || []) if (!found.has(n)) { found.add(n); todo.push(n); }
    return found;
  }
  const place = (el) => { const m = el.transform.baseVal.getItem(0).matrix, b = $(".dg-box", el); return { x: m.e, y: m.f, w: b.width.baseVal.value, h: b.height.baseVal.value }; };

  // ---- zoom, move, overview

  const size = () => svg().viewBox.baseVal;
  let zoom = 1;
  function zoomTo(to, at) {
    const v = view(), s = svg();
    const from = zoom;
    zoom = Math.min(2, Math.max(.15, to));
    at ||= { x: v.clientWidth / 2, y: v.clientHeight / 2 };
    const x = (v.scrollLeft + at.x) / from, y = (v.scrollTop + at.y) / from;
    s.setAttribute("width", Math.round(size().width * zoom));
    s.setAttribute("height", Math.round(size().height * zoom));
    v.scrollLeft = x * zoom - at.x;
    v.scrollTop = y * zoom - at.y;
    map();
  }
  const fit = () => Math.min(1, (view().clientWidth - 2) / size().width, Math.max(view().clientHeight, 320) / size().height);
  /** begin shows all of it, unless that would be too small to read. */
  function begin() { if (svg()) zoomTo(Math.max(fit(), .6)); }
  root().addEventListener("click", (e) => {
    const button = e.target.closest("[data-zoom]");
    if (!button) return;
    const how = button.dataset.zoom;
    zoomTo(how === "in" ? zoom * 1.25 : how === "out" ? zoom / 1.25 : how === "fit" ? fit() : 1);
  });
  root().addEventListener("wheel", (e) => {
    if (!(e.ctrlKey || e.metaKey) || !e.target.closest("#dg-view")) return;
    e.preventDefault();
    const box = view().getBoundingClientRect();
    zoomTo(zoom * Math.exp(-e.deltaY / 300), { x: e.clientX - box.x, y: e.clientY - box.y });
  }, { passive: false });

  // ---- taken along as pixels, and on paper

  const mostPixels = 32e6, longest = 8192; // what every browser draws
  root().addEventListener("click", (e) => {
    const link = e.target.closest("[data-png]");
    if (e.target.closest("[data-print]")) print();
    if (!link) return;
    e.preventDefault();
    toPNG(link.href).catch(() => relevo.notify(relevo.words.lost, "problem"));
  });
  /** toPNG saves the picture at an address in pixels, two for each of the screen's. */
  async function toPNG(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(answer.status);
    const said = answer.headers.get("Content-Disposition") || "";
    const name = decodeURIComponent((said.match(/filename\*=utf-8''([^;]+)/i) || said.match(/filename="?([^";]+)/) || ["", "diagram.svg"])[1]);
    const picture = new Image();
    picture.src = `data:image/svg+xml,${encodeURIComponent(await answer.text())}`;
    await picture.decode();
    const { width: w, height: h } = picture;
    const scale = Math.min(2, longest / w, longest / h, Math.sqrt(mostPixels / w / h));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(w * scale), height: Math.round(h * scale) });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const pixels = await new Promise((done, not) => { canvas.toBlob((b) => b ? done(b) : not(new Error("no pixels")), "image/png"); });
    const at = URL.createObjectURL(pixels);
    Object.assign(document.createElement("a"), { href: at, download: name.replace(/svg$/, "png") }).click();
    setTimeout(() => URL.revokeObjectURL(at), 60_000);
  }

  function map() {
    const m = $("#dg-map"), v = view();
    if (!m || !svg()) return;
    const { width, height } = size();
    const small = width * zoom <= v.clientWidth + 2 && height * zoom <= v.clientHeight + 2;
    m.toggleAttribute("hidden", small || all(".dg-node").length < 8);
    if (m.hasAttribute("hidden")) return;
    const scale = Math.min(180 / width, 110 / height);
    m.setAttribute("viewBox", `0 0 ${width} ${height}`);
    m.setAttribute("width", width * scale);
    m.setAttribute("height", height * scale);
    const boxes = all(".dg-node").map((n) => rect(place(n)));
    const here = rect({ x: v.scrollLeft / zoom, y: v.scrollTop / zoom, w: v.clientWidth / zoom, h: v.clientHeight / zoom });
    here.setAttribute("class", "dg-here");
    m.replaceChildren(...boxes, here);
  }
  function rect(b) {
    const r = document.createElementNS(NS, "rect");
    for (const [name, value] of [["x", b.x], ["y", b.y], ["width", b.w], ["height", b.h]]) r.setAttribute(name, value);
    return r;
  }
  root().addEventListener("scroll", (e) => { if (e.target.id === "dg-view") map(); }, true);
  addEventListener("resize", map);
  root().addEventListener("pointerdown", (e) => {
    const m = e.target.closest("#dg-map");
    if (m) {
      const go = (e) => {
        const b = m.getBoundingClientRect(), v = view();
        v.scrollTo((e.clientX - b.x) / b.width * size().width * zoom - v.clientWidth / 2, (e.clientY - b.y) / b.height * size().height * zoom - v.clientHeight / 2);
      };
      go(e);
      follow(e, go);
      return;
    }
    if (e.button === 0 && e.pointerType === "mouse" && e.target.closest("#dg-view") && !e.target.closest(".dg-node, .dg-link")) {
      const v = view(), from = { x: e.clientX + v.scrollLeft, y: e.clientY + v.scrollTop };
      v.dataset.pan = "1";
      follow(e, (e) => v.scrollTo(from.x - e.clientX, from.y - e.clientY), () => { delete v.dataset.pan; });
    }
  });
  /** follow hears of a pointer until it is let go. */
  function follow(e, move, end) {
    const mine = (f) => (later) => { if (later.pointerId === e.pointerId) f?.(later); };
    const moved = mine(move);
    const done = mine((later) => {
      document.removeEventListener("pointermove", moved);
      document.removeEventListener("pointerup", done);
      document.removeEventListener("pointercancel", done);
      end?.(later);
    });
    document.addEventListener("pointermove", moved);
    document.addEventListener("pointerup", done);
    document.addEventListener("pointercancel", done);
  }

  // ---- what leads to a task and what follows it stands out

  let lit = "";
  function light(id) {
    if (drawing) return;
    lit = id;
    const s = svg();
    if (!s) return;
    s.toggleAttribute("data-lit", false);
    for (const el of all(".dg [data-lit]")) el.removeAttribute("data-lit");
    if (!id) return;
    const whole = new Set([id, ...reach(id, true), ...reach(id, false)]);
    const before = new Set([id, ...reach(id, true)]), after = new Set([id, ...reach(id, false)]);
    if (whole.size < 2) return;
    s.setAttribute("data-lit", "1");
    for (const n of whole) node(n)?.setAttribute("data-lit", "1");
    for (const l of links()) if ((before.has(l.from) && before.has(l.to)) || (after.has(l.from) && after.has(l.to))) l.el.setAttribute("data-lit", "1");
  }
  let rest = 0;
  root().addEventListener("pointerover", (e) => {
    const n = e.pointerType === "mouse" && e.target.closest(".dg-node");
    clearTimeout(rest);
    rest = setTimeout(() => light(n ? idOf(n) : focused()), 120);
  });
  const focused = () => { const n = document.activeElement?.closest?.(".dg-node:focus-visible"); return n ? idOf(n) : ""; };
  root().addEventListener("focusin", () => light(focused()));
  root().addEventListener("focusout", () => light(""));

  // ---- drawing a line

  let drawing = null; // from, the line, what is beneath, by keys
  const mayEdit = () => face.mayEdit();
  /** verdict says whether what is to wait may wait. */
  function verdict(from, to) {
    if (!to || to === from) return "";
    if (to.dataset.elsewhere === "1") return "";
    if (links().some((l) => l.from === idOf(from) && l.to === idOf(to))) return "already";
    return drawing.before.has(idOf(to)) ? "circle" : "good";
  }
  function draw(from, keys) {
    face.hold("draw");
    light("");
    drawing = { from, keys, before: reach(idOf(from), true), over: null };
    from.dataset.draw = "from";
    for (const id of drawing.before) if (node(id)) node(id).dataset.draw = "circle";
    drawing.line = svg().appendChild(document.createElementNS(NS, "path"));
    drawing.line.setAttribute("class", "dg-drawn");
    if (keys) relevo.say(put(words().hint, from));
  }
  function aim(to, x, y) {
    const { from, line } = drawing;
    const a = place(from);
    const end = to && to !== from ? place(to) : null;
    const at = end ? { x: end.x, y: end.y + end.h / 2 } : { x, y };
    const start = { x: a.x + a.w, y: a.y + a.h / 2 };
    const half = Math.max(24, Math.abs(at.x - start.x) / 2);
    line.setAttribute("d", `M${start.x} ${start.y}C${start.x + half} ${start.y} ${at.x - half} ${at.y} ${at.x} ${at.y}`);
    if (to === drawing.over) return;
    for (const el of all("[data-draw=to], [data-draw=refused]")) { if (drawing.before.has(idOf(el))) el.dataset.draw = "circle"; else delete el.dataset.draw; }
    drawing.over = to;
    const is = verdict(from, to);
    line.dataset.refused = is === "circle" ? "1" : "";
    if (!to || !is) return;
    to.dataset.draw = is === "circle" ? "refused" : "to";
    if (is === "circle") showCircle(idOf(to), idOf(from));
    relevo.say(put(is === "good" ? words().connecting : words()[is], from, to));
  }
  /** showCircle lights the way from one task to the other, which the line would close. */
  function showCircle(from, to) {
    const forth = reach(from, false).add(from), back = reach(to, true).add(to);
    for (const l of links()) if (forth.has(l.from) && back.has(l.to)) { l.el.dataset.draw = "refused"; if (node(l.to)) node(l.to).dataset.draw = l.to === to ? "from" : "refused"; }
  }
  async function finish(connect) {
    const { from, over, line } = drawing;
    const is = connect ? verdict(from, over) : "";
    line.remove();
    for (const el of all("[data-draw]")) delete el.dataset.draw;
    drawing = null;
    if (is === "good" && face.connect) await face.connect(from, over);
    else if (is === "good") await change("POST", `/tasks/${idOf(over)}/prerequisites`, { task: idOf(from) }, put(words().connected, from, over));
    else if (is) relevo.notify(put(words()[is], from, over), "problem");
    face.release("draw");
  }
  async function change(method, url, fields, done) {
    try {
      const answer = await fetch(url, { method, body: method === "POST" ? new URLSearchParams(fields) : null, headers: { "HX-Request": "true" } });
      if (answer.ok) { relevo.did?.(answer); relevo.say(done); } else face.refuse(await answer.text(), "");
    } catch {
      relevo.notify(relevo.words.lost, "problem");
    }
    await relevo.catchUp();
  }
  const under = (e) => document.elementFromPoint(e.clientX, e.clientY)?.closest?.(".dg-node");
  const inPicture = (e) => { const m = svg().getScreenCTM().inverse(); return new DOMPoint(e.clientX, e.clientY).matrixTransform(m); };
  root().addEventListener("pointerdown", (e) => {
    const grip = e.target.closest(".dg-grip");
    if (!grip || e.button !== 0 || !mayEdit()) return;
    e.preventDefault();
    grip.releasePointerCapture?.(e.pointerId);
    draw(grip.closest(".dg-node"), false);
    follow(e, (e) => { if (drawing) { const p = inPicture(e); aim(under(e), p.x, p.y); } }, (e) => { if (drawing) { swallow = true; finish(e.type === "pointerup"); } });
  });
  root().addEventListener("touchstart", (e) => { if (e.target.closest(".dg-grip")) e.preventDefault(); }, { passive: false });
  root().addEventListener("dragstart", (e) => { if (e.target.closest("#dg")) e.preventDefault(); }); // links are dragged otherwise
  let swallow = false;
  document.addEventListener("pointerdown", () => { swallow = false; }, true);
  document.addEventListener("click", (e) => {
    if ((swallow && e.detail && e.target.closest?.("#dg")) || e.target.closest?.(".dg-grip")) { e.preventDefault(); e.stopImmediatePropagation(); }
    swallow = false;
  }, true);

  // ---- taking a line away: it offers that where it is pointed at; by keys one does so
  // in the task's panel

  function prepare() {
    for (const el of all(".dg-link")) {
      const path = $(".dg-line", el);
      if (!mayEdit() || $(".dg-hit", el)) continue;
      const hit = el.appendChild(document.createElementNS(NS, "path"));
      hit.setAttribute("class", "dg-hit");
      hit.setAttribute("d", path.getAttribute("d"));
    }
  }
  function offer(el) {
    for (const other of all(".dg-cut")) if (other.parentNode !== el) other.remove();
    if (!el || $(".dg-cut", el)) return;
    const path = $(".dg-line", el), at = path.getPointAtLength(path.getTotalLength() / 2);
    const mark = el.appendChild(document.createElementNS(NS, "g"));
    mark.setAttribute("class", "dg-cut");
    mark.setAttribute("transform", `translate(${at.x} ${at.y})`);
    mark.append(document.createElementNS(NS, "title"), document.createElementNS(NS, "circle"), document.createElementNS(NS, "path"));
    mark.children[0].textContent = put(words().offer, node(el.dataset.from), node(el.dataset.to));
    mark.children[1].setAttribute("r", "11");
    mark.children[2].setAttribute("d", "M-4 -4 4 4M4 -4 -4 4");
  }
  root().addEventListener("pointerover", (e) => { if (e.pointerType === "mouse" && !drawing) offer(mayEdit() ? e.target.closest(".dg-link") : null); });
  root().addEventListener("click", (e) => {
    const el = e.target.closest(".dg-link");
    if (!el || !mayEdit()) return;
    if (!e.target.closest(".dg-cut")) { offer(el); return; }
    const from = node(el.dataset.from), to = node(el.dataset.to);
    if (face.cut) { face.cut(from, to); return; }
    change("DELETE", `/tasks/${el.dataset.to}/prerequisites/${el.dataset.from}`, null, put(words().cut, from, to));
  });

  // ---- by keyboard

  /** beside is the task nearest in a direction. */
  function beside(n, key) {
    const a = place(n), mid = (b) => ({ x: b.x + b.w / 2, y: b.y + b.h / 2 });
    const from = mid(a);
    let best = null, least = Infinity;
    for (const other of all(".dg-node")) {
      if (other === n) continue;
      const to = mid(place(other)), dx = to.x - from.x, dy = to.y - from.y;
      const [along, across] = { ArrowRight: [dx, dy], ArrowLeft: [-dx, dy], ArrowDown: [dy, dx], ArrowUp: [-dy, dx] }[key];
      if (along < 8) continue;
      const joined = links().some((l) => [l.from, l.to].includes(idOf(n)) && [l.from, l.to].includes(idOf(other)));
      const far = along + Math.abs(across) * 2 - (joined ? 120 : 0);
      if (far < least) { least = far; best = other; }
    }
    return best;
  }
  document.addEventListener("keydown", (e) => {
    const key = face.key(e);
    const n = e.target.closest?.(".dg-node");
    if (drawing?.keys && e.key === "Escape") { e.preventDefault(); const { from } = drawing; finish(false); from.focus(); return; }
    if (!key) return;
    if (key === "+" || key === "-" || key === "0") { e.preventDefault(); zoomTo(key === "+" ? zoom * 1.25 : key === "-" ? zoom / 1.25 : fit()); return; }
    if (!n) return;
    if (key.startsWith("Arrow") && !e.shiftKey) {
      e.preventDefault();
      const to = beside(n, key);
      if (!to) return;
      to.focus();
      to.scrollIntoView({ block: "nearest", inline: "nearest" });
      if (drawing) aim(to);
    } else if (drawing?.keys && key === "Enter") {
      e.preventDefault();
      e.stopPropagation();
      finish(true);
    } else if (key === "c" && mayEdit() && !drawing && n.dataset.elsewhere !== "1") {
      e.preventDefault();
      draw(n, true);
    } else if ((key === "n" || key === "p") && found.length) {
      e.preventDefault();
      goToFound(key === "n" ? 1 : -1);
    } else if (key === "f" && !face.connect) {
      e.preventDefault();
      const url = new URL(root().dataset.face, location.href);
      if (url.searchParams.get("task") === idOf(n)) url.searchParams.delete("task"); else url.searchParams.set("task", idOf(n));
      face.go(url.pathname + url.search, n.id);
    }
  });
  root().addEventListener("click", (e) => {
    const only = e.target.closest(".dg-only, #dg-whole");
    if (!only || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    face.go(only.href, "dg-whole");
  });

  document.addEventListener("click", (e) => {
    const fold = e.target.closest?.(".dg-fold");
    if (!fold || e.ctrlKey || e.metaKey || e.shiftKey || e.defaultPrevented) return;
    e.preventDefault();
    face.go(fold.href.baseVal || fold.href, fold.id);
  });

  // ---- finding: what says it is marked, and one goes from one to the next

  let found = [], foundAt = -1;
  const finder = () => $("#dg-find");
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  function seek() {
    const input = finder();
    if (!input || !svg()) return;
    const wanted = plain(input.value.trim());
    found = wanted ? all(".dg-node").filter((n) => plain(`${$("title", n).textContent} ${n.dataset.holds || ""}`).includes(wanted)) : [];
    for (const n of all(".dg-node")) n.toggleAttribute("data-found", found.includes(n));
    svg().toggleAttribute("data-finding", Boolean(wanted));
    foundAt = Math.min(foundAt, found.length - 1);
    for (const button of all("[data-find]")) button.hidden = found.length < 1;
    count();
  }
  function count() {
    const { none, found: of, every } = finder().dataset;
    const text = !finder().value.trim() ? "" : found.length ? (foundAt < 0 ? every : of).replace("{n}", foundAt + 1).replace("{all}", found.length) : none;
    $("#dg-count").textContent = text;
    return text;
  }
  function goToFound(step) {
    if (!found.length) { relevo.say(count()); return; }
    foundAt = (foundAt + step + found.length) % found.length;
    found[foundAt].focus({ preventScroll: true });
    found[foundAt].scrollIntoView({ block: "center", inline: "center" });
    relevo.say(count());
  }
  root().addEventListener("input", (e) => { if (e.target.id === "dg-find") { foundAt = -1; seek(); } });
  root().addEventListener("keydown", (e) => {
    if (e.target.id !== "dg-find") return;
    if (e.key === "Enter") { e.preventDefault(); goToFound(e.shiftKey ? -1 : 1); }
    if (e.key === "Escape" && e.target.value) { e.preventDefault(); e.target.value = ""; foundAt = -1; seek(); }
  });
  root().addEventListener("click", (e) => { const button = e.target.closest("[data-find]"); if (button) goToFound(Number(button.dataset.find)); });

  face.settle = () => { seek(); prepare(); const z = zoom; if (svg()) { zoom = 1; zoomTo(z); } if (lit) light(lit); };
  prepare();
  begin();
})();
