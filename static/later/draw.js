// A template's draft is edited on its diagram: what is drawn is sent, and the page
// shows the draft as it is then. Undo and redo keep the texts between.
(() => {
  "use strict";
  const { $, face } = relevo;
  if (!face || !$(".drawing")) return;
  const root = face.root;
  const words = () => JSON.parse(root().dataset.words);
  const source = () => $("#draw-source").value;
  const node = (id) => document.getElementById(`n-${id}`);
  const chosen = () => root().dataset.step;
  const undone = [], done = [];

  // ---- sending, one after the other

  let last = Promise.resolve();
  /** send makes a change and shows what came of it; true: it was made. */
  const send = (method, fields, { form, replayed } = {}) => (last = last.then(async () => (form?.id === "draw-fill" || await saved()) && act(method, fields, form, replayed)));
  /** saved sends what is typed about the chosen step, before anything else happens to it. */
  function saved() {
    const form = $("#draw-fill");
    return !form || ![...form.elements].some(changed) || act("POST", Object.fromEntries(new FormData(form)), form);
  }
  const changed = (el) => (el.options ? [...el.options].some((o) => o.selected !== o.defaultSelected) : el.type !== "hidden" && "defaultValue" in el && el.value !== el.defaultValue);
  let acting = false;
  async function act(method, fields, form, replayed) {
    const before = source();
    acting = true;
    root().setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(root().dataset.edits, { method, headers: { "HX-Request": "true" }, body: new URLSearchParams({ version: root().dataset.version, ...fields }) });
      const text = await answer.text();
      const fresh = new DOMParser().parseFromString(text, "text/html").querySelector(".face");
      if (fresh) swap(fresh, answer.ok, form);
      else { face.refuse(text, ""); await load(chosen()); }
      if (answer.ok && !replayed && source() !== before) { done.push(before); undone.length = 0; }
      mark();
      return answer.ok;
    } catch {
      relevo.notify(relevo.words.lost, "problem");
      return false;
    } finally {
      acting = false;
      root().removeAttribute("aria-busy");
    }
  }
  /** swap shows a fresh face. Fields of what was sent, and of the step that is chosen
   * then, are as the server has them; others keep what is typed. */
  function swap(fresh, ok, form) {
    const sent = ok ? [...root().querySelectorAll("#draw-panel :is(input, textarea)")] : [];
    if (form?.isConnected) sent.push(...form.querySelectorAll("input, textarea"));
    for (const el of sent) el.defaultValue = el.value;
    face.show(fresh);
    const now = ok ? root().querySelectorAll("#draw-panel :is(input:not([type=hidden]), textarea, select), #draw-source, [aria-invalid=true]") : [];
    for (const el of now) {
      const is = el.id && fresh.querySelector(`#${CSS.escape(el.id)}`);
      if (!is) continue;
      el.value = is.value;
      if ("defaultValue" in el) el.defaultValue = is.defaultValue;
    }
    history.replaceState(history.state, "", root().dataset.face);
  }
  async function load(step) {
    const answer = await fetch(`${root().dataset.edits}${step ? `?step=${encodeURIComponent(step)}` : ""}`, { headers: { "HX-Request": "true" } });
    const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".face");
    if (fresh) swap(fresh, true);
  }
  const choose = (step) => (last = last.then(async () => { if (step !== chosen() && await saved()) await load(step); }));

  // ---- what others draw meanwhile: shown, and not undone here

  document.addEventListener("relevo:news", () => relevo.catchUp()); // of a team's templates no sequence is told
  face.fresh = (fresh) => {
    if (acting || Number(fresh.dataset.version) <= Number(root().dataset.version)) return;
    face.show(fresh);
    done.length = undone.length = 0;
    mark();
    relevo.notify(words().others);
  };

  // ---- undo and redo

  function mark() {
    if ($("#draw-undo")) $("#draw-undo").disabled = done.length === 0;
    if ($("#draw-redo")) $("#draw-redo").disabled = undone.length === 0;
  }
  async function replay(from, to, told) {
    await last;
    const text = from.pop();
    if (text === undefined) { relevo.say(words().nothing); return; }
    const before = source();
    if (await send("PUT", { source: text, step: chosen() }, { replayed: true })) { to.push(before); relevo.say(told); } else from.push(text);
    mark();
  }
  const undo = () => replay(done, undone, words().undone);
  const redo = () => replay(undone, done, words().redone);

  // ---- lines: the diagram draws them, and asks here

  face.connect = (from, to) => send("POST", { do: "connect", from: from.id.slice(2), step: to.id.slice(2) });
  face.cut = (from, to) => send("POST", { do: "cut", from: from.id.slice(2), step: to.id.slice(2) });

  // ---- adding, filling in, removing

  let place = "after";
  root().parentNode.addEventListener("submit", async (e) => {
    const form = e.target.closest("form[data-stroke]");
    if (!form) return;
    e.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    if (fields.do === "add") fields.place = byKeys ? place : e.submitter?.value || place;
    byKeys = false;
    const made = await send("POST", fields, { form });
    if (!made) { const wrong = $("[aria-invalid=true]", root()); wrong?.focus(); return; }
    if (fields.do === "add") { $("#field-add-title").value = ""; relevo.say(words().added); toNode(chosen()); }
    if (fields.do === "remove") { relevo.say(words().removed); $(".dg-node", root())?.focus(); }
    if (fields.do === "cut" || fields.do === "connect") ($("#field-connect-from") || $("#draw-close"))?.focus();
    if (fields.do === "fill") { relevo.say(words().renamed); toNode(chosen()); }
  });
  let byKeys = false;
  function toNode(id) {
    const n = node(id);
    if (!n) return;
    n.focus({ preventScroll: true });
    n.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  async function addTo(id, where) {
    await choose(id);
    place = where;
    byKeys = true;
    $("#field-add-title").focus();
  }

  // ---- renaming in place

  const rename = (n) => { last = last.then(() => { const is = document.getElementById(n.id); if (is) nameAt(is); }); };
  function nameAt(n) {
    const view = $("#dg-view"), box = $(".dg-box", n).getBoundingClientRect(), at = view.getBoundingClientRect();
    const input = Object.assign(document.createElement("input"), { className: "input draw-name", value: n.dataset.title || n.dataset.key, maxLength: 200 });
    input.setAttribute("aria-label", words().name);
    input.style.left = `${box.left - at.left + view.scrollLeft}px`;
    input.style.top = `${box.top - at.top + view.scrollTop}px`;
    input.style.width = `${Math.max(box.width, 190)}px`;
    const id = n.id.slice(2);
    let over = false;
    face.hold("name");
    const end = async (keep) => {
      if (over) return;
      over = true;
      face.release("name");
      const title = input.value;
      input.remove();
      if (keep && title.trim() && title !== (n.dataset.title || n.dataset.key) && await send("POST", { do: "rename", step: id, title })) relevo.say(words().renamed);
      toNode(id);
    };
    input.addEventListener("keydown", (e) => {
      e.stopPropagation();
      if (e.key === "Enter") { e.preventDefault(); end(true); } else if (e.key === "Escape") { e.preventDefault(); end(false); }
    });
    input.addEventListener("blur", () => end(true));
    view.append(input);
    input.focus();
    input.select();
  }

  // ---- the mouse and the keys

  document.addEventListener("click", (e) => {
    if (e.target.closest?.("#draw-undo")) { undo(); return; }
    if (e.target.closest?.("#draw-redo")) { redo(); return; }
    const link = e.target.closest?.(".drawing .dg-node, .drawing .dg-step a, #draw-close");
    if (!link || e.defaultPrevented || e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    const step = new URL(link.getAttribute("href"), location.href).searchParams.get("step") || "";
    const byKey = e.detail === 0;
    choose(step).then(() => { if (byKey && step) $("#field-fill-title")?.focus(); else if (!step) $("#field-add-title")?.focus(); });
  });
  root().parentNode.addEventListener("dblclick", (e) => {
    const n = e.target.closest(".dg-node");
    if (n && face.mayEdit()) { e.preventDefault(); rename(n); }
  });
  document.addEventListener("keydown", (e) => {
    const typing = e.target.closest?.("input, textarea, select");
    if ((e.ctrlKey || e.metaKey) && !e.altKey && !typing && ["z", "y"].includes(e.key.toLowerCase())) {
      e.preventDefault();
      e.stopImmediatePropagation();
      if (e.key.toLowerCase() === "y" || e.shiftKey) redo(); else undo();
    }
  }, true);
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && e.target.closest?.("#draw-panel, #draw-add")) { e.preventDefault(); toNode(chosen()); return; }
    const key = face.key(e);
    const n = e.target.closest?.(".dg-node");
    if (!key || !n || !face.mayEdit()) return;
    const where = { a: "after", b: "before", n: "beside" }[key];
    const id = n.id.slice(2);
    if (where) { e.preventDefault(); e.stopPropagation(); addTo(id, where); }
    else if (key === "F2") { e.preventDefault(); rename(n); }
    else if (key === "Delete" || key === "Backspace") {
      e.preventDefault();
      send("POST", { do: "remove", step: id }).then((ok) => { if (ok) { relevo.say(words().removed); $(".dg-node", root())?.focus(); } });
    }
  });
  mark();
})();
