// What makes a board pleasant from day to day: columns that fold, compact cards;
// and what is fetched when it is first needed: to select many cards (pick.js), and
// to change one in its place (edit.js).
(() => {
  "use strict";
  const { $ } = relevo;
  const board = () => $("#board");
  if (!board()) return;
  const me = document.body.dataset.me;
  const kept = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const keep = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* the browser keeps nothing */ } };

  // ---- how it is looked at

  const folds = `relevo:folded:${me}:${board().dataset.board}`, compact = `relevo:compact:${me}`;
  const folded = () => kept(folds) || [];

  function look() {
    const shut = folded();
    for (const lane of board().querySelectorAll(".lane")) {
      const off = shut.includes(lane.dataset.lane);
      lane.toggleAttribute("data-folded", off);
      $(".lane-fold", lane)?.setAttribute("aria-expanded", !off);
    }
    document.documentElement.toggleAttribute("data-compact", !!kept(compact));
    $("#compact")?.setAttribute("aria-pressed", !!kept(compact));
  }
  /** fold folds a column, or unfolds it. */
  relevo.fold = (lane, off) => {
    const id = lane.dataset.lane;
    keep(folds, [...folded().filter((other) => other !== id), ...(off ? [id] : [])]);
    look();
  };
  document.addEventListener("click", (e) => {
    if (e.target.closest("#compact")) { keep(compact, !kept(compact)); look(); return; }
    const lane = e.target.closest("#board .lane");
    if (lane?.matches("[data-folded]")) relevo.fold(lane, false);
    else if (lane && e.target.closest(".lane-fold")) relevo.fold(lane, true);
  });
  document.addEventListener("relevo:cards", (e) => { if (!e.detail.tasks) look(); });
  look();

  // ---- what is fetched when it is needed

  if (board().dataset.edit !== "1") return;
  /** later fetches a part of the script with its style. */
  relevo.later = (name) => relevo.fetchParts(JSON.parse(board().dataset.later)[name]).catch((lost) => { relevo.notify(relevo.words.lost, "problem"); throw lost; });
  const pick = (act) => relevo.later("pick").then(() => act(relevo.pick), () => {});
  const edit = (card, field) => relevo.later("edit").then(() => relevo.edit(card, field), () => {});
  const fields = { e: "title", F2: "title", a: "owners", d: "due", p: "priority", l: "labels" };

  const once = (e) => {
    if (!e.target.closest?.("#board .card") || e.pointerType === "touch") return;
    for (const type of ["pointerover", "focusin"]) document.removeEventListener(type, once);
    relevo.panelParts(); // a click may follow
    pick((p) => p.box(e.target.closest(".card")));
  };
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, once);

  document.addEventListener("keydown", (e) => {
    const card = e.target.closest?.("#board .card");
    if (!card || e.defaultPrevented || e.altKey || $("dialog[open]")) return;
    const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    const off = document.body.dataset.keys === "off" && key.length === 1;
    if (e.ctrlKey || e.metaKey) {
      if (key !== "a" || e.shiftKey || off) return;
      e.preventDefault();
      pick((p) => p.column(card.closest(".lane"), true));
      return;
    }
    if (off || e.shiftKey || !(key === "x" || fields[key])) return;
    e.preventDefault();
    if (key === "x") pick((p) => p.toggle(card));
    else edit(card, fields[key]);
  });

  const shows = [[".prio", "priority"], ["time", "due"], [".avatars", "owners"], [".labels", "labels"]];
  document.addEventListener("click", (e) => {
    const select = e.target.closest?.("[data-select]");
    if (select) { e.preventDefault(); pick((p) => p.mode()); return; }
    const card = e.target.closest?.("#board .card");
    if (!card || e.button) return;
    const stop = () => { e.preventDefault(); e.stopImmediatePropagation(); };
    const many = e.ctrlKey || e.metaKey || e.shiftKey;
    const own = e.target.closest("a:not(.card-title), .card-pick"); // what has a meaning of its own
    if (own?.matches(".card-pick")) return;
    if (relevo.pick?.on() || many && !own) { stop(); pick((p) => p.click(card, e.shiftKey)); return; }
    if (own && !own.matches(".card-move")) return;
    if (own) { stop(); edit(card, ""); return; }
    const shown = !matchMedia("(pointer: coarse)").matches && shows.find(([what]) => e.target.closest(what));
    if (shown) { stop(); edit(card, shown[1]); return; }
    if (e.detail === 2) { stop(); relevo.closePanel(); edit(card, "title"); }
  }, true);
})();
