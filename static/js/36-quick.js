// What is understood of a line that becomes a task is fetched when somebody first goes
// to write one.
document.addEventListener("focusin", (e) => { if (e.target.matches?.(".quick-add textarea")) relevo.later?.("quick").catch(() => {}); });
