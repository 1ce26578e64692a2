// Files are sent by a script that is fetched where it is first needed: where a task
// is open that takes some, or when some are dragged into the window.
(() => {
  "use strict";
  const { $ } = window.relevo;
  let script = null;
  function fetchScript() {
    if (script) return;
    script = Object.assign(document.createElement("script"), { src: document.body.dataset.files });
    script.addEventListener("error", () => { script.remove(); script = null; });
    document.head.append(script);
  }
  const look = () => { if ($("#file-form")) fetchScript(); };
  document.addEventListener("htmx:afterSettle", look);
  addEventListener("dragenter", (e) => { if (e.dataTransfer?.types.includes("Files")) fetchScript(); });
  look();
})();
