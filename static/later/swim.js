// A board that is parted into swimlanes: they fold, for whom and for what it is parted
// by, and a card that is held over a folded one opens it.
(() => {
  "use strict";
  const { $ } = relevo;
  const board = () => $("#board");
  const place = `relevo:swim:${document.body.dataset.me}:${board().dataset.board}:${board().dataset.lanes}`;
  const rests = 500; // ms over a folded lane until it opens
  let shut = [];
  try { shut = JSON.parse(localStorage.getItem(place)) || []; } catch { /* the browser keeps nothing */ }

  function look() {
    for (const lane of board().querySelectorAll(".swim")) {
      const off = shut.includes(lane.dataset.swim);
      lane.toggleAttribute("data-folded", off);
      $(".swim-fold", lane).setAttribute("aria-expanded", !off);
    }
  }
  function fold(lane, off) {
    const key = lane.dataset.swim;
    shut = [...shut.filter((other) => other !== key), ...(off ? [key] : [])];
    try { localStorage.setItem(place, JSON.stringify(shut)); } catch { /* the browser keeps nothing */ }
    look();
  }
  document.addEventListener("click", (e) => {
    const lane = e.target.closest(".swim-head")?.closest(".swim");
    if (lane) fold(lane, !lane.hasAttribute("data-folded"));
  });
  document.addEventListener("relevo:cards", (e) => { if (!e.detail.tasks) look(); });

  let held = null, since = 0;
  /** over opens a folded lane that the pointer rests on at a height. */
  function over(y, now) {
    const lane = [...board().querySelectorAll(".swim[data-folded]")].find((l) => { const r = l.getBoundingClientRect(); return y >= r.top && y <= r.bottom; });
    if (lane !== held) { held = lane; since = now; }
    if (lane && now - since > rests) fold(lane, false);
  }
  /** hold keeps the lanes as high as they are while a card is dragged: else they would
      move away under it. */
  function hold(on) {
    for (const cells of board().querySelectorAll(".swim-cells")) cells.style.minBlockSize = on ? `${cells.offsetHeight}px` : "";
  }

  relevo.swim = { fold, over, hold };
  look();
})();
