// What shows something of all boards follows the news of all of one's teams: at most
// once in a while, for there may be much of it.
(() => {
  "use strict";
  const pause = 1000; // ms between two looks

  let resting = false, again = false;
  function look() {
    if (resting) { again = true; return; }
    resting = true;
    again = false;
    document.dispatchEvent(new CustomEvent("relevo:work"));
    document.dispatchEvent(new CustomEvent("relevo:cards", { detail: {} })); // an open panel
    setTimeout(() => { resting = false; if (again) look(); }, pause);
  }
  document.addEventListener("relevo:news", look);
})();
