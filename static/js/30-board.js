// The board: cards are dragged, moved by keys, added in place, and kept current.
(() => {
  "use strict";
  const { $ } = relevo;
  const board = () => $("#board");
  if (!board()) return;

  const words = JSON.parse(board().dataset.say);
  const mayEdit = () => board().dataset.edit === "1";
  const order = () => board().dataset.order || ""; // none: by rank, as people put them
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const all = (selector, root = board()) => [...root.querySelectorAll(selector)];
  const listOf = (card) => card.closest(".cards");
  const laneOf = (el) => el.closest(".lane");
  const taskOf = (card) => card.id.slice(2, 38); // what follows is the swimlane
  const copiesOf = (task) => all(`.card[id^="t-${task}"]`);
  const titleOf = (card) => $(".card-title", card);
  const lists = () => all(".lane > .cards");
  const cardsIn = (list) => all(":scope > .card", list);

  // ---- focus: one card at a time is in the order of Tab; arrows go to the others

  let at = null; // the card that Tab reaches

  function rove(card) {
    if (at && at !== card) tabbable(at, false);
    at = card;
    if (card) tabbable(card, true);
  }
  function tabbable(card, yes) {
    for (const link of card.querySelectorAll("a, input")) link.tabIndex = yes ? 0 : -1;
  }
  function settleFocus() {
    for (const card of all(".card")) if (card !== at) tabbable(card, false);
    if (!at?.isConnected) rove($(".card", board()));
    else tabbable(at, true);
  }
  document.addEventListener("focusin", (e) => {
    const card = e.target.closest?.("#board .card");
    if (card) rove(card);
  });

  // ---- what is new

  let fetching = null; // the answer under way
  let again = false;
  let dragging = null; // { card, list, next } of the card under way

  /** filtered adds to an address which cards are shown here. */
  const filtered = (url) => board().dataset.shown ? `${url}${url.includes("?") ? "&" : "?"}${board().dataset.shown}` : url;

  /** catchUp brings the board up to date; what it returns is kept when it is. */
  relevo.catchUp = () => {
    if (fetching || dragging) { again = true; return fetching; }
    again = false;
    return fetching = fetchNews().finally(() => { fetching = null; }).then(() => again && !dragging ? relevo.catchUp() : null);
  };
  async function fetchNews() {
    try {
      const answer = await fetch(filtered(`/boards/${board().dataset.board}/changes?since=${board().dataset.seq}`), { headers: { "HX-Request": "true" } });
      if ([401, 403, 404].includes(answer.status)) { relevo.gone?.(); return; }
      if (!answer.ok) return;
      const text = await answer.text();
      if (dragging) again = true; // begun meanwhile: fetch anew when it ends
      else await apply(parse(text));
    } catch { /* no connection: the stream tells, and catches up */ }
  }
  document.addEventListener("relevo:news", (e) => {
    if (e.detail.seq > Number(board().dataset.seq)) relevo.catchUp();
  });
  document.addEventListener("htmx:afterRequest", (e) => {
    if (e.detail.successful && e.detail.requestConfig?.verb !== "get") relevo.catchUp();
  });

  const parse = (html) => new DOMParser().parseFromString(html, "text/html");

  async function apply(doc) {
    const news = $("[data-news]", doc);
    if (!news) return;
    const anew = news.dataset.swims.split(" ").some((key) => key && !document.getElementById("s-" + key));
    if (news.dataset.reload || anew) { await reload(); return; }
    const fresh = all(".card", news), ids = new Set(fresh.map((card) => card.id));
    const gone = all("[data-gone]", news).map((g) => g.dataset.gone.slice(2));
    const strays = (task) => copiesOf(task).filter((card) => !ids.has(card.id)); // in swimlanes that it has left
    for (const { id } of fresh) {
      const stray = !document.getElementById(id) && strays(id.slice(2, 38))[0];
      if (stray) stray.id = id; // it stays the same card
    }
    const before = new Map(fresh.map((card) => [card.id, seen(document.getElementById(card.id))]));
    for (const task of new Set([...fresh.map(taskOf), ...gone])) strays(task).forEach(remove);
    for (const card of fresh) place(card);
    const none = $("#w-", news);
    if (none) for (const count of all(".swim-count")) count.innerHTML = ($(`[id="${count.id}"]`, news) || none).innerHTML;
    for (const count of all(".lane-count, .lane-work, .lens-count", news)) {
      const old = document.getElementById(count.id);
      if (old) morph(old, count);
    }
    board().dataset.seq = news.dataset.seq;
    settleFocus();
    fly(before);
    document.dispatchEvent(new CustomEvent("relevo:cards", { detail: { tasks: [...fresh.map(taskOf), ...gone], gone } }));
    const said = $("[data-said]", news)?.textContent.trim();
    if (said) relevo.say(said);
  }

  /** reload morphs the whole board, when its columns or too many cards changed. */
  async function reload() {
    const answer = await fetch(filtered(`/boards/${board().dataset.board}`), { headers: { "HX-Request": "true" } });
    if (!answer.ok) return;
    const fresh = $("#board", parse(await answer.text()));
    if (!fresh) return;
    const focused = document.activeElement?.id;
    const before = new Map(all(".card").map((card) => [card.id, seen(card)]));
    morph(board(), fresh);
    board().dataset.seq = fresh.dataset.seq;
    htmx.process(board());
    sortable();
    settleFocus();
    fly(before);
    document.dispatchEvent(new CustomEvent("relevo:cards", { detail: {} })); // any of them
    if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  /** morph keeps what a person is at: focus, open menus, half-typed text. */
  function morph(old, fresh) {
    Idiomorph.morph(old, fresh, {
      morphStyle: "outerHTML",
      ignoreActiveValue: !document.activeElement?.matches(".card a"), // else the words of a link that has the focus stay as they were
      callbacks: {
        beforeNodeRemoved: (node) => !node.matches?.(".card-pick, .lane-pick"),
        beforeNodeMorphed: (node) => !(node.nodeName === "TEXTAREA" && node.value !== node.defaultValue) && !(node.nodeName === "DIALOG" && node.open),
        beforeAttributeUpdated: (name, node) => !(name === "tabindex" || (name === "open" && node.nodeName === "DETAILS") || (name === "class" && node.matches(".many, .card-new"))),
      },
    });
  }

  /** place puts a card where its rank says, unless that is below what is shown. */
  function place(fresh) {
    const old = document.getElementById(fresh.id);
    const list = document.getElementById("l-" + fresh.dataset.column);
    if (!list) { remove(old); return; }
    const others = cardsIn(list).filter((c) => c.id !== fresh.id);
    const next = others.find((c) => above(fresh, c));
    if (!next && others.length > 0 && $(".lane-more a", laneOf(list))) { remove(old); return; }
    fresh.removeAttribute("data-column");
    let card = fresh;
    if (old) { morph(old, fresh); card = old; } else { card = document.importNode(fresh, true); }
    if (card.parentNode !== list || nextCard(card) !== (next || null)) shift(card, list, next || null);
  }
  const above = (a, b) => {
    const x = a.dataset.order || "", y = b.dataset.order || "";
    if (x[0] !== y[0]) return x < y; // what lacks a value comes last, up or down
    if (x !== y) return x < y === !order().startsWith("-");
    return a.dataset.position < b.dataset.position || (a.dataset.position === b.dataset.position && a.id < b.id);
  };
  const nextCard = (card) => card.nextElementSibling;

  /** shift moves a card in the document without losing the focus inside it. */
  function shift(card, list, next) {
    call(card, list);
    if (next && !next.isConnected) next = null;
    if (card.isConnected && list.moveBefore) { list.moveBefore(card, next); return; }
    const focused = card.contains(document.activeElement) ? document.activeElement : null;
    list.insertBefore(card, next);
    focused?.focus({ preventScroll: true });
  }

  let swallowed = false; // a card has taken the place of another one of the same task

  /** call names a card after the swimlane that it is put into. */
  function call(card, { dataset: { swim } }) {
    const id = swim && `t-${taskOf(card)}_${swim}`;
    if (!swim || card.id === id) return;
    const other = document.getElementById(id);
    if (other) { other.remove(); swallowed = true; }
    card.id = id;
  }

  function remove(card) {
    if (!card) return;
    const focused = card.contains(document.activeElement);
    const heir = card.nextElementSibling || card.previousElementSibling;
    card.remove();
    if (!focused) return;
    if (heir) titleOf(heir).focus({ preventScroll: true });
    else $("#main").focus({ preventScroll: true });
  }

  // ---- what moved is seen to move

  const mostFlights = 20;

  function seen(card) {
    if (!card || card.checkVisibility?.({ contentVisibilityAuto: true }) === false) return null;
    const box = card.getBoundingClientRect();
    const list = listOf(card).getBoundingClientRect();
    return box.bottom > list.top && box.top < list.bottom ? { box, list: listOf(card) } : null;
  }

  function fly(before) {
    let flights = 0;
    for (const [id, was] of before) {
      const card = document.getElementById(id);
      if (!card?.isConnected || (was && was.list === listOf(card))) continue;
      glow(card);
      const is = seen(card);
      if (!was || !is || still.matches || flights++ >= mostFlights) continue;
      const ghost = card.cloneNode(true);
      ghost.removeAttribute("id");
      ghost.inert = true;
      Object.assign(ghost.style, { position: "fixed", zIndex: 45, margin: 0, left: `${is.box.left}px`, top: `${is.box.top}px`, width: `${is.box.width}px`, contentVisibility: "visible", pointerEvents: "none" });
      document.body.append(ghost);
      card.style.visibility = "hidden";
      const way = `translate(${was.box.left - is.box.left}px, ${was.box.top - is.box.top}px)`;
      ghost.animate([{ transform: way }, { transform: "none" }], { duration: 420, easing: "cubic-bezier(.2, .7, .2, 1)" })
        .finished.catch(() => {}).finally(() => { ghost.remove(); card.style.removeProperty("visibility"); });
    }
  }

  function glow(card) {
    card.classList.add("card-new");
    setTimeout(() => card.classList.remove("card-new"), 1800);
  }

  // ---- moving a card by hand

  const underway = new Map(); // task → the move that the server is at
  const waiting = new Map();  // task → timer of a move by keys that goes on

  async function send(card, origin, spoken, override) {
    const task = taskOf(card);
    await underway.get(task);
    const list = listOf(card);
    const done = put(card, list, origin, spoken, override).finally(() => { if (underway.get(task) === done) underway.delete(task); });
    underway.set(task, done);
    return done;
  }

  async function put(card, list, origin, spoken, override) {
    const next = nextCard(card), was = origin.list.dataset, is = list.dataset;
    const wanted = { column: is.column, before: next && !order() ? taskOf(next) : "", version: card.dataset.version, from: "board", ...laneMove(was, is) };
    if (wanted.lanes && is.column === was.column && (order() || inRank(card))) wanted.before = taskOf(card); // only its swimlane changes
    if (override) wanted.override = override;
    let answer;
    try {
      answer = await fetch(`/tasks/${taskOf(card)}/place`, { method: "PUT", body: new URLSearchParams(wanted), headers: { "HX-Request": "true" } });
    } catch {
      back(card, origin);
      relevo.notify(`${relevo.words.lost} ${words.notMoved}`, "problem");
      return false;
    }
    if (answer.ok) {
      if (spoken) announce(card);
      relevo.did?.(answer);
      await caught();
      if (!card.isConnected) tellHidden(list);
      return true;
    }
    const target = { list, next: nextCard(card) };
    back(card, origin);
    refuse(card, await answer.text(), target, origin);
    caught();
    return false;
  }
  const caught = () => swallowed ? (swallowed = false, reload()) : relevo.catchUp();
  const inRank = (card) => [[card.previousElementSibling, card], [card, nextCard(card)]].every(([a, b]) => !a || !b || above(a, b));

  /** laneMove is what a move says of swimlanes, from one list to another. */
  const laneMove = relevo.laneMove = (was, is) => was.swim === is.swim ? {} : { lanes: board().dataset.lanes, lane_from: was.swim, lane_to: is.swim };

  /** tellHidden says why a card does not show that somebody has just put in a column. */
  function tellHidden(list) {
    if (list && moreOf(list)) relevo.notify(words.atEnd.replace("{column}", list.getAttribute("aria-label")));
    else if (board().dataset.shown) relevo.notify(words.hidden);
  }
  const moreOf = (list) => $(".lane-more a", laneOf(list));

  function back(card, origin) {
    const was = seen(card);
    shift(card, origin.list, origin.next?.isConnected ? origin.next : null);
    if (was && was.list !== origin.list) fly(new Map([[card.id, was]]));
  }

  function announce(card) {
    const list = listOf(card);
    const cards = cardsIn(list);
    relevo.say(words.movedTo.replace("{task}", titleOf(card).textContent).replace("{column}", list.getAttribute("aria-label"))
      .replace("{place}", cards.indexOf(card) + 1).replace("{count}", cards.length));
  }

  /** refuse says beside the card why it went back. */
  function refuse(card, html, target, origin) {
    closeRefusal();
    const body = $(".notice-body", parse(html));
    const box = document.createElement("div");
    box.className = "refusal";
    box.id = "refusal";
    box.setAttribute("role", "alert");
    box.popover = "manual";
    const stay = Object.assign(document.createElement("strong"), { textContent: words.notMoved });
    const row = Object.assign(document.createElement("div"), { className: "row row-end" });
    box.append(stay, ...(body ? document.importNode(body, true).childNodes : [relevo.words.oops]), row);
    if ($("[data-fault='still-waits']", box) && board().dataset.override) {
      row.append(button(words.override, () => { closeRefusal(); override(card, target, origin); }));
    }
    row.append(button(words.close, () => { closeRefusal(); titleOf(card).focus({ preventScroll: true }); }));
    document.body.append(box);
    box.showPopover();
    const at = card.getBoundingClientRect();
    const own = box.getBoundingClientRect();
    const right = at.right + 8 + own.width < innerWidth ? at.right + 8 : Math.max(16, Math.min(at.left - own.width - 8, innerWidth - own.width - 16));
    const beside = right >= at.right || right + own.width <= at.left;
    box.style.left = `${right}px`;
    box.style.top = `${Math.max(8, Math.min(beside ? at.top : at.bottom + 8, innerHeight - own.height - 8))}px`;
  }

  function button(text, act) {
    const b = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: text });
    b.addEventListener("click", act);
    return b;
  }

  function closeRefusal() { $("#refusal")?.remove(); }
  document.addEventListener("pointerdown", (e) => { if (!e.target.closest("#refusal")) closeRefusal(); });
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && $("#refusal")) { closeRefusal(); e.preventDefault(); e.stopImmediatePropagation(); }
  }, true);

  /** override asks a manager for the reason, then moves the card all the same. */
  function override(card, target, origin) {
    const dialog = $("#dialog");
    dialog.replaceChildren(document.importNode($("#override-form").content, true));
    dialog.showModal();
    $("form", dialog).addEventListener("submit", async (e) => {
      e.preventDefault();
      const reason = new FormData(e.target).get("override").trim();
      if (!reason) { e.target.elements.override.focus(); return; }
      dialog.close();
      if (!card.isConnected) return;
      shift(card, target.list, target.next?.isConnected ? target.next : null);
      await send(card, origin, true, reason);
      titleOf(card).focus({ preventScroll: true });
    });
  }

  // ---- by mouse and by finger

  let dropped = false; // a drag has ended: the click of the same press opens nothing

  function sortable() {
    if (!mayEdit() || !window.Sortable) return;
    for (const list of lists()) {
      if (Sortable.get(list)) continue;
      new Sortable(list, {
        group: "cards", sort: !order(), draggable: ".card", animation: still.matches ? 0 : 140, easing: "cubic-bezier(.2, .7, .2, 1)",
        delay: 220, delayOnTouchOnly: true, touchStartThreshold: 6,
        forceFallback: true, fallbackOnBody: true, fallbackTolerance: 5, emptyInsertThreshold: 48,
        ghostClass: "card-ghost", dragClass: "card-drag", scroll: false, // drag.js does
        onStart: (e) => {
          closeRefusal();
          relevo.swim?.hold(true);
          dragging = { card: e.item, list: e.from, next: e.item.nextElementSibling };
          getSelection()?.removeAllRanges();
          relevo.pick?.lift(e.item);
          relevo.later("drag").then(() => { if (dragging?.card === e.item) relevo.drag.start(e.item, e.originalEvent); }, () => {});
        },
        onEnd: (e) => {
          const origin = dragging;
          dragging = null;
          relevo.drag?.stop();
          relevo.swim?.hold(false);
          dropped = true;
          call(e.item, listOf(e.item));
          const moved = order() ? e.to !== e.from : listOf(e.item) !== origin.list || nextCard(e.item) !== origin.next;
          if (!moved) {
            if (order()) relevo.notify(words.notByHand);
            if (again) relevo.catchUp();
            return;
          }
          if (!relevo.pick?.drop(e.item, () => { back(e.item, origin); caught(); }, origin.list.dataset)) send(e.item, origin);
        },
      });
    }
  }
  document.addEventListener("pointerdown", () => { dropped = false; }, true);
  document.addEventListener("click", (e) => {
    if (dropped && e.detail && e.target.closest?.(".card")) { e.preventDefault(); e.stopImmediatePropagation(); }
    dropped = false;
  }, true);

  // ---- by keyboard

  document.addEventListener("keydown", (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || $("dialog[open]")) return;
    if (e.target.closest("input, textarea, select, [contenteditable], #panel")) return;
    const card = e.target.closest(".card");
    const key = e.key.length === 1 ? e.key.toLowerCase() : e.key;
    if (document.body.dataset.keys === "off" && (key.length === 1 || e.shiftKey)) return;
    if (key === "n" && !e.shiftKey) {
      const field = $(`${card ? `.lane[data-lane="${laneOf(card).dataset.lane}"] ` : ""}.quick-add textarea`, board());
      if (field) { e.preventDefault(); field.focus(); }
      return;
    }
    if (!card || !board().contains(card)) {
      if (key.startsWith("Arrow") && at && (e.target === document.body || e.target.id === "main")) { e.preventDefault(); titleOf(at).focus(); }
      return;
    }
    if (key === "m" && !e.shiftKey) {
      const link = $(".card-move", card);
      if (link) { e.preventDefault(); relevo.openPanel(link.getAttribute("href"), titleOf(card)); }
      return;
    }
    if (!["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"].includes(key)) return;
    e.preventDefault();
    if (e.shiftKey) { if (mayEdit()) carry(card, key); } else { go(card, key); }
  });

  function go(card, key) {
    const cards = cardsIn(listOf(card));
    const i = cards.indexOf(card);
    let next = { ArrowUp: cards[i - 1], ArrowDown: cards[i + 1], Home: cards[0], End: cards.at(-1) }[key];
    const step = stepOf(key);
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const every = rowOf(listOf(card)).filter((list) => !folded(list));
      for (let j = every.indexOf(listOf(card)) + step; every[j] && !next; j += step) {
        const there = cardsIn(every[j]);
        next = there[Math.min(i, there.length - 1)];
      }
    }
    if (!next && key === "ArrowDown" && onward(card, () => go(card, key))) return;
    if (key === "ArrowUp" || key === "ArrowDown") {
      for (let list = across(listOf(card), step); list && !next; list = across(list, step)) next = folded(list) ? null : cardsIn(list).at(step > 0 ? 0 : -1);
    }
    if (!next) return;
    titleOf(next).focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  const folded = (list) => !!list.closest("[data-folded]");
  const stepOf = (key) => key === "ArrowUp" || key === "ArrowLeft" ? -1 : 1;

  /** rowOf are the lists beside one another, across the same column's in the next swimlane. */
  const rowOf = (list) => all(".lane > .cards", list.closest(".swim") || board());
  function across(list, step) {
    const every = all(`.cards[data-column="${list.dataset.column}"]`);
    return every[every.indexOf(list) + step];
  }
  function unfold(list) {
    if (laneOf(list).hasAttribute("data-folded")) relevo.fold(laneOf(list), false);
    if (folded(list)) relevo.swim.fold(list.closest(".swim"), false);
  }

  /** onward fetches a column's next window, and then does what a key was to do; it
      tells whether there is one. */
  function onward(card, act) {
    const list = listOf(card), link = moreOf(list);
    if (!link) return false;
    list.addEventListener("htmx:afterSettle", act, { once: true });
    link.click();
    return true;
  }

  /** carry moves a card by one place; the server hears of it when the keys rest. */
  function carry(card, key) {
    const list = listOf(card);
    const task = taskOf(card);
    const held = waiting.get(task);
    const origin = held?.origin || { list, next: nextCard(card) };
    const upDown = key === "ArrowUp" || key === "ArrowDown", lane = upDown && across(list, stepOf(key));
    if (order() && upDown && !lane) { relevo.notify(words.notByHand); return; }
    if (key === "ArrowDown" && !nextCard(card)?.nextElementSibling && onward(card, () => carry(card, key))) return;
    if (key === "ArrowUp" && card.previousElementSibling && !order()) shift(card, list, card.previousElementSibling);
    else if (key === "ArrowDown" && nextCard(card) && !order()) shift(card, list, nextCard(card).nextElementSibling);
    else if (lane) {
      unfold(lane);
      shift(card, lane, cardsIn(lane).find((other) => above(card, other)) || null);
    } else if (key === "ArrowLeft" || key === "ArrowRight") {
      const every = rowOf(list);
      const there = every[every.indexOf(list) + stepOf(key)];
      if (!there) return;
      unfold(there);
      shift(card, there, cardsIn(there)[cardsIn(list).indexOf(card)] || null);
    } else return;
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
    announce(card);
    clearTimeout(held?.timer);
    dragging = { card };
    waiting.set(task, { origin, timer: setTimeout(() => {
      waiting.delete(task);
      if (waiting.size === 0) dragging = null;
      send(card, origin, true);
    }, 450) });
  }

  // ---- adding tasks in place

  let adding = Promise.resolve(); // one after the other, so that the order stays

  const linesOf = (text) => text.split(/\r\n|\r|\n/).filter((line) => line.trim());

  document.addEventListener("input", (e) => {
    const form = e.target.closest(".quick-add");
    if (!form) return;
    const n = linesOf(e.target.value).length;
    form.classList.toggle("many", n > 1);
    if (n > 1) $(".quick-button", form).textContent = words.addMany.replace("{n}", n);
    e.target.removeAttribute("aria-invalid");
    $(".wrong", form)?.remove();
  });
  document.addEventListener("keydown", (e) => {
    const field = e.target.closest?.(".quick-add textarea");
    if (!field || e.isComposing) return;
    if (e.key === "Escape") { field.blur(); e.stopPropagation(); return; }
    const many = field.form.classList.contains("many");
    if (e.key === "Enter" && (!many || e.ctrlKey || e.metaKey) && !e.shiftKey) {
      e.preventDefault();
      entering = true;
      field.form.requestSubmit();
    }
  });
  // Enter adds; where the browser sends its line break all the same, it is dropped.
  let entering = false;
  document.addEventListener("beforeinput", (e) => {
    if (entering && e.inputType === "insertLineBreak" && e.target.closest?.(".quick-add")) e.preventDefault();
  });
  document.addEventListener("keyup", (e) => { if (e.key === "Enter") entering = false; });
  document.addEventListener("submit", (e) => {
    const form = e.target.closest(".quick-add");
    if (!form) return;
    e.preventDefault();
    const field = $("textarea", form);
    const typed = field.value;
    if (linesOf(typed).length === 0) return;
    field.value = "";
    form.classList.remove("many");
    field.focus();
    adding = adding.then(() => add(form.id, form.action, typed));
  });

  async function add(id, action, typed) {
    let wrong = relevo.words.lost;
    const were = new Set(all(".card").map(taskOf));
    try {
      const answer = await fetch(action, { method: "POST", body: new URLSearchParams({ titles: typed }), headers: { "HX-Request": "true" } });
      if (answer.ok) {
        relevo.did?.(answer);
        await relevo.catchUp();
        const list = $(".cards", laneOf(document.getElementById(id)));
        const fresh = new Set(all(".card", list || board()).map(taskOf).filter((task) => !were.has(task)));
        if (fresh.size < linesOf(typed).length) tellHidden(list);
        if (list) list.scrollTop = laneOf(list).dataset.state === "done" ? 0 : list.scrollHeight; // what is done last is on top
        return;
      }
      const doc = parse(await answer.text());
      wrong = ($(".wrong", doc) || $(".notice-body", doc))?.textContent.trim() || relevo.words.oops;
    } catch { /* no connection */ }
    const form = document.getElementById(id);
    const field = $("textarea", form);
    field.value = field.value.trim() ? `${typed}\n${field.value}` : typed; // nothing typed is lost
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.setAttribute("aria-invalid", "true");
    const note = Object.assign(document.createElement("p"), { className: "wrong", textContent: wrong });
    note.setAttribute("role", "alert");
    field.after(note);
  }

  // A task made from a template, in a dialog or by the palette, gets the focus.
  document.addEventListener("relevo:made", async ({ detail: { task } }) => {
    $("#dialog").close();
    await relevo.catchUp();
    const card = copiesOf(task)[0];
    if (!card) { if (board().dataset.shown) relevo.notify(words.hidden); return; }
    unfold(listOf(card));
    titleOf(card).focus();
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
  });

  // ---- beginnings

  document.addEventListener("htmx:afterSettle", settleFocus);
  document.addEventListener("DOMContentLoaded", () => { sortable(); settleFocus(); });
})();
