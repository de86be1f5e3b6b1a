// A piece of the page: HTML from Python, one act back. Nothing here makes HTML of its own.
const handlers = new WeakMap();
const AGAIN = [3000, 6000, 9000]; // ms after which acts that Python has not heard are told again: a request that comes as a run begins takes its place
const told = []; // acts of every piece that Python has not heard, oldest first
let n = Date.now(); // a page that is loaded anew never repeats a number
let waiting = 0;

/** Say what was done. */
function tell(root, act) {
  told.push({ n: ++n, ...act });
  deliver(root);
}

/** Hand over what Python has not heard, until it has or has had its time. */
function deliver(root, times = 0) {
  handlers.get(root)?.([...told]);
  clearTimeout(waiting);
  if (times < AGAIN.length) waiting = setTimeout(() => { if (told.length) deliver(root, times + 1); }, AGAIN[times]);
}

/** Python has heard the acts up to this number. */
function heard(number) {
  while (told.length && told[0].n <= number) told.shift();
}

/** Send the bytes of a chosen file. */
async function send(root, input) {
  const [file] = input.files;
  if (!file) return;
  if (file.size > (input.dataset.most ?? Infinity)) return tell(root, { do: input.dataset.file, name: file.name, large: true });
  const bytes = new Uint8Array(await file.arrayBuffer()), parts = [];
  for (let k = 0; k < bytes.length; k += 32768) parts.push(String.fromCharCode(...bytes.subarray(k, k + 32768)));
  tell(root, { do: input.dataset.file, name: file.name, data: btoa(parts.join("")) });
}

/** The value of an input as an act. */
function changed(root, input) {
  input.retyped = false;
  const { toggle, what, field, file, brief, upload: door, yours, key } = input.dataset;
  if (file !== undefined) return void send(root, input);
  if (door !== undefined) return void upload(root, input, input.files[0]);
  root.shown = null; // the page no longer shows what Python wrote: its next word is written anew even if it is the same
  if (toggle !== undefined) tell(root, { do: what === "switch" ? "switch" : "toggle", what: what === "switch" ? toggle : what, id: toggle, on: input.checked });
  if (brief !== undefined) afterPress(() => tell(root, { do: "brief", what: brief, value: chosen(input) }));
  if (yours !== undefined) afterPress(() => tell(root, { do: "yours", what: yours, key, value: input.value }));
  if (field === "since" || field === "compare") tell(root, { do: field, day: input.value });
  if (field === "near") {
    const group = input.closest("[data-group]");
    tell(root, { do: "near", pair: group.querySelector("select").value, km: group.querySelector("input").value });
  }
}

/** Repeat the analyst's sorting after new rows have come. */
function sortAgain(root, sorted) {
  if (!sorted) return;
  const header = [...root.querySelectorAll("thead th")].find((th) => th.dataset.column === sorted.column);
  if (!header) return;
  if (sorted.order === "descending") header.setAttribute("aria-sort", "ascending");
  sortBy(header);
}

/** The words on a button for a moment, then its own again. */
function say(button, words) {
  button.dataset.words ??= button.textContent;
  button.textContent = words;
  clearTimeout(button.timer);
  button.timer = setTimeout(() => { button.textContent = button.dataset.words; }, 2500);
}

async function copy(button) {
  const { copy: text, copyPicture: picture } = button.dataset;
  try {
    if (picture) {
      say(button, "Making …");
      await navigator.clipboard.write([new ClipboardItem({ "image/png": fetchPicture(picture) })]);
    } else {
      await navigator.clipboard.writeText(text.startsWith("?") ? location.origin + location.pathname + (text === "?" ? "" : text) : text);
    }
    say(button, "Copied");
  } catch (error) {
    say(button, picture ? "Not copied" : "Not copied; select it and press Ctrl+C");
    button.title = "The browser did not allow it: " + error.message;
  }
}

async function fetchPicture(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error("the picture could not be made");
  return answer.blob();
}

function clicked(root, event) {
  const at = event.target.closest("[data-pick],[data-act],[data-copy],[data-copy-picture],th[data-column]");
  if (!at || !root.contains(at)) return;
  if (event.target.closest("a[href]")) return;
  if (at.matches("th[data-column]")) return sortBy(at);
  if (at.dataset.copy !== undefined || at.dataset.copyPicture !== undefined) return void copy(at);
  if (at.dataset.act) {
    root.raised = !["tab:briefing", "tab:yours"].includes(at.dataset.focus); // a tab higher than the room below the map is brought up when it comes
    return tell(root, JSON.parse(at.dataset.act));
  }
  tell(root, { do: "pick", id: at.dataset.pick });
}

/** Rows of a table are walked with the arrows and picked with Enter or the space bar; headers sort. */
function pressed(root, event) {
  const row = event.target.closest("tr[data-pick],th[data-column]");
  if (!row) return;
  const move = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  if (move && row.matches("tr")) { row[move]?.focus(); event.preventDefault(); }
  if ((event.key === "Enter" || event.key === " ") && event.target === row) { row.click(); event.preventDefault(); }
}

/** What has the focus, so that it has it again after the HTML was replaced. */
function focused(root) {
  const at = root.contains(document.activeElement) ? document.activeElement : null;
  return at && at.dataset.focus ? at.dataset.focus : at?.dataset.pick ? "pick:" + at.dataset.pick : "";
}

function refocus(root, name) {
  if (!name) return;
  const found = [...root.querySelectorAll("[data-focus],[data-pick]")].find((at) => at.dataset.focus === name || "pick:" + at.dataset.pick === name);
  found?.focus({ preventScroll: true });
}

function scrolled(root) {
  return [...root.querySelectorAll("[data-scroll]")].map((at) => [at.dataset.scroll, at.scrollTop]);
}

function show(root, html) {
  if (root.shown === html) return;
  const name = focused(root), words = typed(root), unsent = entered(root), at = scrolled(root), open = [...root.querySelectorAll("details")].map((d) => d.open);
  const head = root.querySelector("thead th[aria-sort]");
  const sorted = head && { column: head.dataset.column, order: head.getAttribute("aria-sort") };
  root.writing = true;
  root.innerHTML = html;
  root.writing = false;
  root.shown = html;
  for (const [key, top] of at) { const same = root.querySelector(`[data-scroll="${CSS.escape(key)}"]`); if (same) same.scrollTop = top; }
  root.querySelectorAll("details").forEach((d, k) => { if (open[k]) d.open = true; });
  sortAgain(root, sorted);
  refocus(root, name);
  retype(root, words);
  enter(root, unsent);
  follow(root);
  look(root);
  if (root.raised === false && root.querySelector(".panj-bar")) {
    root.raised = true;
    root.scrollIntoView({ block: "start" });
  }
}

// The Briefing tab.
let pressing = false;
const after = [];
addEventListener("pointerdown", () => { pressing = true; }, true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { pressing = false; after.splice(0).forEach((act) => act()); }, true);

/** Once no button of the mouse is down: leaving a field by a click must not move what is being clicked. */
function afterPress(act) {
  if (pressing) after.push(act); else act();
}

function chosen(input) {
  return input.type === "checkbox" ? input.dataset[input.checked ? "on" : "off"] : input.value;
}

/** A field in which something was typed that Python does not know yet. */
function typed(root) {
  const at = document.activeElement;
  if (!root.contains(at) || !at.matches("input[type=text],input[type=number],textarea") || at.value === at.defaultValue) return null;
  return { name: at.dataset.focus, value: at.value, selection: at.type !== "number" ? [at.selectionStart, at.selectionEnd] : null };
}

function retype(root, words) {
  const at = document.activeElement;
  if (!words || !root.contains(at) || at.dataset.focus !== words.name || at.value === words.value) return;
  at.value = words.value;
  at.retyped = true; // the browser does not count this as typed, and so would tell no change of it
  if (words.selection) at.setSelectionRange(...words.selection);
}

/** The analyst has done with a field: what was put back into it counts as typed. */
function settled(root, event) {
  const at = event.target;
  if (!at.retyped || root.writing || (event.type === "keydown" && event.key !== "Enter")) return;
  at.retyped = false;
  if (at.value !== at.defaultValue && !at.form) changed(root, at);
}

/** What was filled in, as one act. */
function submitted(root, event) {
  const form = event.target.closest("form[data-form]");
  if (!form) return;
  event.preventDefault();
  root.shown = null;
  const fields = [...new FormData(form, event.submitter)].filter(([name]) => form.dataset.changed === undefined || differs(form.elements[name]));
  tell(root, { ...JSON.parse(form.dataset.form), ...Object.fromEntries(fields) });
  if (form.dataset.keep === undefined) for (const input of form.querySelectorAll("input[type=text]")) input.value = input.defaultValue;
}

const ENDED = ["done", "failed", "cancelled"], followed = new Set(), ASK = 400; // ms between two questions
const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

/** Ask how a job goes until it has ended; the server writes the line. */
async function follow(root) {
  const token = root.querySelector("[data-job]")?.dataset.job;
  if (!token || followed.has(token)) return;
  followed.add(token);
  const box = () => root.querySelector(`[data-job="${CSS.escape(token)}"]`);
  while (box() && !ENDED.includes(box().dataset.state)) {
    const answer = await fetch(box().dataset.asks ?? `/job/${token}`).catch(() => null); // the server may be away for a moment
    const news = answer?.ok ? await answer.json() : null;
    if (box() && (news || answer?.status === 404)) write(root, box(), news ?? { state: "failed", html: "", said: "", part: null });
    await pause(ASK);
  }
  followed.delete(token);
  const then = box()?.dataset.then;
  if (then) tell(root, JSON.parse(then));
}

function write(root, box, { state, html, said, part }) {
  if (box.dataset.state !== state || !box.childElementCount) {
    const held = box.contains(document.activeElement);
    box.innerHTML = html;
    box.dataset.state = state;
    root.shown = null;
    if (held) (box.querySelector("a,button") ?? root.querySelector("[data-act*=prepare]"))?.focus({ preventScroll: true });
  }
  for (const at of box.querySelectorAll("[data-said=progress]")) at.textContent = said;
  const bar = box.querySelector("progress");
  if (bar && part !== null) bar.value = part;
}

const looks = new WeakMap(); // piece -> { at, picture, stop } of its preview

/** Show the preview: the one before stays, pale, until the new one has come. */
function look(root) {
  const box = root.querySelector("[data-preview]");
  if (!box) return;
  const before = looks.get(root), at = box.dataset.preview;
  if (before?.picture) paint(box, before.picture, before.drawn !== at);
  if (before?.at === at && (before.stop || before.drawn === at)) return;
  before?.stop?.abort();
  const now = { at, picture: before?.picture, drawn: before?.drawn, stop: new AbortController() };
  looks.set(root, now);
  void fetchLook(root, now);
}

async function fetchLook(root, now) {
  let trouble = "";
  try {
    const answer = await fetch(now.at, { signal: now.stop.signal });
    if (answer.ok) {
      const picture = URL.createObjectURL(await answer.blob());
      if (now.picture) URL.revokeObjectURL(now.picture);
      Object.assign(now, { picture, drawn: now.at });
    } else if (answer.status !== 410) trouble = await answer.text();
  } catch (error) {
    if (error.name === "AbortError") return;
    trouble = "The preview could not be fetched.";
  }
  now.stop = null;
  const box = root.querySelector("[data-preview]");
  if (!box || box.dataset.preview !== now.at) return;
  if (now.drawn === now.at) paint(box, now.picture, false);
  box.querySelector("[data-said=preview]").textContent = trouble;
}

function paint(box, picture, old) {
  const sheet = box.querySelector("[data-alt]");
  if (!sheet.querySelector("img")) sheet.prepend(new Image());
  Object.assign(sheet.querySelector("img"), { src: picture, alt: sheet.dataset.alt });
  box.classList.toggle("panj-pale", old);
  box.querySelector("[data-said=preview]").textContent = old ? "Drawing the preview …" : "";
}

// The Your data tab.
/** What a field held when Python wrote it. */
function written(at) {
  return at.matches("select") ? ([...at.options].find((option) => option.defaultSelected) ?? at.options[0]).value : at.defaultValue;
}

function differs(at) {
  return at.value !== written(at);
}

/** What was typed into forms that are kept open, and not sent yet. */
function entered(root) {
  return [...root.querySelectorAll("form[data-keep] [data-focus]")].filter((at) => at.matches("input,textarea,select") && differs(at))
    .map((at) => ({ name: at.dataset.focus, value: at.value, before: written(at) }));
}

function enter(root, unsent) {
  for (const { name, value, before } of unsent) {
    const same = root.querySelector(`form[data-keep] [data-focus="${CSS.escape(name)}"]`);
    if (same && written(same) === before) same.value = value;
  }
}

/** Send a file beside the page; Python reads it when it has arrived. */
async function upload(root, input, file) {
  if (!file) return;
  const { upload: door, most } = input.dataset;
  if (file.size > most) return tell(root, { do: "yours", what: "refused", text: `${file.name}: has more than ${Math.floor(most / 1048576)} MB; a part of it would be right` });
  const label = input.closest("label");
  label.classList.add("panj-pale");
  const answer = await fetch(`${door}?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file }).catch((error) => ({ text: () => "It could not be sent: " + error.message }));
  label.classList.remove("panj-pale");
  input.value = "";
  root.shown = null;
  tell(root, answer.ok ? { do: "yours", what: "came" } : { do: "yours", what: "refused", text: `${file.name}: ${await answer.text()}` });
}

/** A file may be dropped anywhere on the box that says so. */
function dragged(root, event) {
  const box = event.target.closest("[data-drop]");
  if (!box) return;
  event.preventDefault();
  box.classList.toggle("panj-over", event.type === "dragover");
  if (event.type === "drop") void upload(root, box.querySelector("[data-upload]"), event.dataTransfer.files[0]);
}

export default function ({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector(":scope > .panj-piece");
  if (!root) {
    root = document.createElement("div");
    root.className = "panj-piece panj-" + data.key;
    parentElement.append(root);
    root.addEventListener("click", (event) => clicked(root, event));
    root.addEventListener("change", (event) => changed(root, event.target));
    root.addEventListener("keydown", (event) => pressed(root, event));
    for (const end of ["focusout", "keydown"]) root.addEventListener(end, (event) => settled(root, event));
    for (const way of ["dragover", "dragleave", "drop"]) root.addEventListener(way, (event) => dragged(root, event));
    root.addEventListener("submit", (event) => submitted(root, event));
  }
  handlers.set(root, (acts) => setTriggerValue("acts", acts));
  heard(data.heard);
  show(root, data.html);
}
