// One stream tells the page that something is new; the page then fetches what.
(() => {
  "use strict";
  const { $, words } = relevo;
  if (!$("#unread")) return; // nobody is signed in

  const board = () => $("#board, #face"); // whichever way one looks at it
  const mostWait = 30_000;   // ms between tries
  const hiddenFor = 20_000;  // ms out of sight before the stream is closed
  const quietLoss = 3_000;   // ms without connection before it is told

  let source = null;
  let failures = 0;
  let retry = 0;
  let telling = 0;
  let begun = false; // the stream has told how many are unread
  let over = false; // signed out, or no longer a member

  function open() {
    clearTimeout(retry);
    if (source || over) return;
    const query = board()?.dataset.board ? `?board=${board().dataset.board}&since=${board().dataset.seq}` : $("[data-all]") ? "?all=1" : "";
    begun = false;
    source = new EventSource("/events" + query);
    source.onopen = connected;
    source.onerror = lost;
    source.addEventListener("board", (e) => {
      document.dispatchEvent(new CustomEvent("relevo:news", { detail: { seq: Number(e.data) } }));
    });
    source.addEventListener("inbox", (e) => unread(Number(e.data)));
    source.addEventListener("gone", gone);
  }

  function close() {
    source?.close();
    source = null;
  }

  function connected() {
    failures = 0;
    clearTimeout(telling);
    telling = 0;
    const banner = $("#offline");
    if (banner && !banner.hidden) {
      banner.hidden = true;
      relevo.say(words.found);
    }
  }

  // The browser would try again by itself, but for ever at the same pace, and
  // with the sequence of the page's making.
  function lost() {
    close();
    failures++;
    telling ||= setTimeout(() => { if ($("#offline")) $("#offline").hidden = false; }, quietLoss);
    const wait = Math.min(mostWait, 500 * 2 ** Math.min(failures, 6));
    retry = setTimeout(open, wait / 2 + Math.random() * wait / 2);
  }

  function gone() {
    over = true;
    close();
    relevo.notify(words.gone, "problem");
  }
  relevo.gone = gone;

  function unread(n) {
    const mark = $("#unread");
    if (!mark) return;
    const same = mark.dataset.unread === String(n);
    if (begun || !same) document.dispatchEvent(new CustomEvent("relevo:inbox")); // as many may be others
    begun = true;
    if (same) return;
    const more = n > Number(mark.dataset.unread);
    mark.dataset.unread = n;
    mark.replaceChildren();
    if (n > 0) {
      const text = words.unread.replace("{n}", n);
      const count = Object.assign(document.createElement("span"), { className: "count", textContent: n });
      count.setAttribute("aria-hidden", "true");
      mark.append(count, Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: text }));
      if (more) relevo.say(`${words.inbox}: ${text}`);
    }
  }

  // A page out of sight lets go of its connection, and catches up when it is back.
  let hiding = 0;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiding);
    if (document.hidden) { hiding = setTimeout(() => { clearTimeout(retry); close(); }, hiddenFor); } else { open(); }
  });
  addEventListener("pagehide", () => { clearTimeout(retry); close(); });
  addEventListener("pageshow", open);
  addEventListener("online", () => { failures = 0; open(); });
  open();
})();
