// A card that is dragged: the edges of the board and of a column scroll, and all of
// a column takes it, its head and its foot too.
(() => {
  "use strict";
  const { $ } = relevo;
  const edge = 56;  // px from an edge at which it begins to scroll
  const fast = 1.2; // px per ms at the edge itself
  let item = null, x = 0, y = 0, last = 0;

  function follow(e) {
    const at = e.touches?.[0] || e;
    x = at.clientX;
    y = at.clientY;
  }
  const moves = ["pointermove", "touchmove"];

  /** pace is how fast to scroll with the pointer at a place between two edges. */
  function pace(at, from, to) {
    const near = Math.min(edge, (to - from) / 4);
    if (at < from + near) return -fast * Math.min(1, (from + near - at) / near);
    if (at > to - near) return fast * Math.min(1, (at - to + near) / near);
    return 0;
  }

  function step(now) {
    if (!item) return;
    const ms = Math.min(50, now - last);
    last = now;
    const lanes = $("#lanes"), wide = lanes.getBoundingClientRect(), swims = lanes.matches(".swims");
    const was = [lanes.scrollLeft];
    lanes.scrollLeft += pace(x, Math.max(0, wide.left), Math.min(innerWidth, wide.right)) * ms;
    if (swims) relevo.swim.over(y, now);
    const lane = !swims && [...lanes.querySelectorAll(".lane:not([data-folded])")].find((l) => { const r = l.getBoundingClientRect(); return x >= r.left && x <= r.right; });
    const list = swims ? lanes : lane && $(".cards", lane); // what scrolls up and down
    let scrolled = lanes.scrollLeft !== was[0];
    if (list) {
      const high = list.getBoundingClientRect(), before = list.scrollTop;
      list.scrollTop += pace(y, high.top, high.bottom) * ms;
      scrolled ||= list.scrollTop !== before;
      if (!scrolled && lane) ends(list, lane.getBoundingClientRect(), high);
    }
    // What is under the pointer is another place now, although the pointer rests:
    // Sortable looks again where it thinks that the pointer has moved.
    if (scrolled && window.Sortable?.active) Sortable.active._lastX = NaN;
    requestAnimationFrame(step);
  }

  /** ends puts the card first or last with the pointer over the column's head or foot. */
  function ends(list, lane, cards) {
    if ($("#board").dataset.order || y < lane.top || y > lane.bottom) return;
    if (y < cards.top && list.firstElementChild !== item) list.prepend(item);
    else if (y > cards.bottom && list.lastElementChild !== item) list.append(item);
  }

  relevo.drag = {
    start: (card, e) => {
      item = card;
      if (e) follow(e);
      last = performance.now();
      for (const move of moves) document.addEventListener(move, follow, { capture: true, passive: true });
      requestAnimationFrame(step);
    },
    stop: () => {
      item = null;
      for (const move of moves) document.removeEventListener(move, follow, { capture: true });
    },
  };
})();
