// Files on their way to a task: chosen, dropped on its panel or its card, or pasted.
// Each goes by itself, with how far it is and a way to stop it; what is refused says
// why and holds up none of the others.
(() => {
  "use strict";
  const { $ } = window.relevo;
  const atOnce = 3;
  const form = () => $("#file-form");
  const taskOf = (el) => el?.closest(".task[data-task]")?.dataset.task;
  let words = {};
  const know = () => { if (form()) words = JSON.parse(form().dataset.say); };

  // ---- what is under way, the first to go first: { task, file, row, xhr, ended, then }

  let all = [];
  const waiting = () => all.filter((u) => !u.xhr && !u.ended);
  const going = () => all.filter((u) => u.xhr && !u.ended);
  let arrived = 0;

  function add(task, files, then) {
    know();
    const most = Number(form()?.dataset.most || 0);
    for (const file of files) {
      const u = { task, file, then };
      u.row = rowOf(u);
      all.push(u);
      if (most && file.size > most) end(u, words.tooBig);
    }
    place();
    next();
  }

  function next() {
    while (going().length < atOnce && waiting().length) send(waiting()[0]);
    if (!going().length && arrived) {
      if (arrived > 1) window.relevo.say(words.done.replace("{n}", arrived));
      arrived = 0;
    }
  }

  function send(u) {
    const xhr = u.xhr = new XMLHttpRequest();
    xhr.open("POST", `/tasks/${u.task}/files`);
    xhr.setRequestHeader("HX-Request", "true");
    xhr.upload.addEventListener("progress", (e) => { if (e.lengthComputable) show(u, words.sending, e.loaded / e.total); });
    xhr.addEventListener("load", () => answered(u));
    xhr.addEventListener("error", () => end(u, words.lost, true));
    show(u, words.sending, 0);
    const body = new FormData();
    body.append("files", u.file, u.file.name);
    xhr.send(body);
  }

  function answered(u) {
    const { xhr } = u;
    if (xhr.status === 201) {
      arrived++;
      u.then?.(xhr.getResponseHeader("Location"), u.file.name);
      drop(u);
      window.relevo.did?.({ headers: { get: (name) => xhr.getResponseHeader(name) } });
      document.dispatchEvent(new CustomEvent("relevo:cards", { detail: { tasks: [u.task] } }));
      if ($("#board")) window.relevo.catchUp?.();
      next();
      return;
    }
    const said = new DOMParser().parseFromString(xhr.responseText, "text/html");
    const why = $(".file-why, .notice-body", said)?.textContent.trim();
    end(u, why || words.oops, xhr.status >= 500 || xhr.status === 401 || xhr.status === 429);
  }

  /** end tells why a file was not added; again: it may be tried once more. */
  function end(u, why, again) {
    u.ended = true;
    u.xhr = null;
    show(u, why, null);
    u.row.dataset.refused = "";
    const [button] = u.row.querySelectorAll("button");
    name(button, words.dismiss, u);
    if (again) {
      const retry = Object.assign(document.createElement("button"), { type: "button", className: "button" });
      name(retry, words.again, u);
      retry.addEventListener("click", () => {
        u.ended = false;
        delete u.row.dataset.refused;
        name(button, words.cancel, u);
        retry.remove();
        show(u, words.waiting, 0);
        button.focus();
        next();
      });
      button.before(retry);
    }
    window.relevo.say(`${u.file.name}: ${why}`);
    if (!place().contains?.(u.row)) window.relevo.notify(`${u.file.name}: ${why}`, "problem"); // one has gone on to something else
    next();
  }

  function drop(u) {
    const focused = u.row.contains(document.activeElement);
    const heir = $("button", u.row.nextElementSibling || u.row.previousElementSibling || document.createElement("i"));
    all = all.filter((o) => o !== u);
    u.row.remove();
    if (focused) (heir || $("#file-input"))?.focus();
  }

  // ---- how it looks

  function rowOf(u) {
    const row = document.createElement("li");
    row.className = "file-up";
    const what = Object.assign(document.createElement("span"), { className: "file-up-name", textContent: u.file.name });
    const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    bar.setAttribute("aria-label", u.file.name);
    const status = Object.assign(document.createElement("span"), { className: "file-up-status", textContent: words.waiting });
    const stop = Object.assign(document.createElement("button"), { type: "button", className: "button button-plain" });
    name(stop, words.cancel, u);
    stop.addEventListener("click", () => {
      u.ended = true;
      u.xhr?.abort();
      drop(u);
      next();
    });
    row.append(what, bar, status, stop);
    return row;
  }
  function name(button, text, u) {
    button.textContent = text;
    button.setAttribute("aria-label", `${text}: ${u.file.name}`);
  }
  function show(u, status, part) {
    const bar = $("progress", u.row);
    bar.hidden = part === null;
    bar.value = part ?? 0;
    $(".file-up-status", u.row).textContent = part ? `${status} ${Math.floor(part * 100)} %` : status;
  }

  /** place puts the rows of the open task where they belong, after its panel was drawn anew. */
  function place() {
    const list = $("#file-sending");
    if (!list) return {};
    for (const u of all) if (u.task === taskOf(list) && u.row.parentElement !== list) list.append(u.row);
    return list;
  }
  document.addEventListener("htmx:afterSettle", () => { know(); place(); });
  addEventListener("beforeunload", (e) => { if (going().length + waiting().length) e.preventDefault(); });

  // ---- chosen

  document.addEventListener("change", (e) => {
    if (e.target.id !== "file-input" || !e.target.files.length) return;
    add(taskOf(e.target), [...e.target.files]);
    e.target.value = "";
  });

  // ---- dropped: on the open task, or on a card, whose task opens then

  let over = null;
  function hover(zone) {
    if (zone === over) return;
    over?.classList.remove("dropping");
    over = zone;
    zone?.classList.add("dropping");
  }
  const brings = (e) => e.dataTransfer?.types.includes("Files");
  function zoneAt(e) {
    const panel = e.target.closest?.(".panel, .task");
    if (panel) return form() ? form().closest(".task") : null;
    return $("#board")?.dataset.edit === "1" ? e.target.closest?.("#board .card") : null;
  }
  document.addEventListener("dragover", (e) => {
    if (!brings(e)) return;
    e.preventDefault(); // dropped beside, a file would open in place of the page
    hover(zoneAt(e));
    e.dataTransfer.dropEffect = over ? "copy" : "none";
  });
  document.addEventListener("dragleave", (e) => { if (!e.relatedTarget) hover(null); });
  document.addEventListener("drop", async (e) => {
    if (!brings(e)) return;
    e.preventDefault();
    const zone = zoneAt(e), files = [...e.dataTransfer.files];
    hover(null);
    if (!zone || !files.length) return;
    if (zone.matches(".card")) {
      const task = zone.id.slice(2);
      await window.relevo.openPanel(`/tasks/${task}`, $(".card-title", zone));
      if (taskOf(form()) === task) add(task, files);
      return;
    }
    add(taskOf(zone), files);
  });

  // ---- pasted: a picture; into a comment, which then refers to it

  document.addEventListener("paste", (e) => {
    const files = [...(e.clipboardData?.files || [])].filter((f) => f.type.startsWith("image/"));
    if (!files.length || !form() || $("dialog[open]")) return;
    const field = e.target.closest?.("textarea, input");
    if (field && e.clipboardData.types.some((t) => t.startsWith("text/"))) return; // it is the text that one pastes
    e.preventDefault();
    know();
    const time = new Date().toLocaleString("sv").slice(0, 16).replace(":", ".");
    const named = files.map((f) => new File([f], f.name && f.name !== "image.png" ? f.name : words.pasted.replace("{time}", time), { type: f.type }));
    add(taskOf(form()), named, field?.matches("[data-mentions]") ? (url, name) => mention(field.isConnected ? field : $("#comment"), url, name) : undefined);
  });

  /** mention puts a link to a file where one writes. */
  function mention(field, url, name) {
    if (!field) return;
    const label = name.replace(/[\[\]\\]/g, "\\$&");
    const before = field.value.slice(0, field.selectionStart);
    field.setRangeText(`${before && !/\s$/.test(before) ? " " : ""}[${label}](${url}) `, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }
  document.addEventListener("click", (e) => {
    const button = e.target.closest?.("[data-mention-file]");
    if (button) mention($("#comment"), button.dataset.mentionFile, button.dataset.name);
  });

  know();
})();
