// The editor of a template: a finding leads to its place in the text, and Tab
// writes two spaces until Escape has been pressed.
(() => {
  "use strict";
  const source = document.querySelector("[data-source]");
  if (!source) return;
  const at = (line, column) => {
    const lines = source.value.split("\n");
    const before = lines.slice(0, line - 1).reduce((n, l) => n + l.length + 1, 0);
    return Math.min(source.value.length, before + Math.max(0, column - 1));
  };
  document.addEventListener("click", (e) => {
    const link = e.target.closest("a[data-line]");
    if (!link) return;
    e.preventDefault();
    const line = Number(link.dataset.line);
    const from = at(line, Number(link.dataset.column));
    source.focus();
    source.setSelectionRange(from, at(line + 1, 1) - 1 > from ? at(line + 1, 1) - 1 : from);
    const height = parseFloat(getComputedStyle(source).lineHeight);
    if (height) source.scrollTop = Math.max(0, (line - 4) * height);
  });
  let leaves = false;
  source.addEventListener("keydown", (e) => {
    if (e.key === "Escape") { leaves = true; return; }
    if (e.key !== "Tab" || e.shiftKey || leaves) { if (e.key !== "Shift") leaves = false; return; }
    e.preventDefault();
    source.setRangeText("  ", source.selectionStart, source.selectionEnd, "end");
  });
})();
