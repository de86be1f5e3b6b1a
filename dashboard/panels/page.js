// A piece of the page: HTML from Python, one act back. Nothing here makes HTML of its own.
const handlers = new WeakMap();
const KEEP = 8; // acts told again with the next one: Streamlit keeps only the newest of those that wait for a run
const told = [];
let n = Date.now(); // a page that is loaded anew never repeats a number

/** Say what was done. */
function tell(root, act) {
  told.push({ n: ++n, ...act });
  if (told.length > KEEP) told.shift();
  handlers.get(root)?.([...told]);
}

/** The value of an input as an act. */
function changed(root, input) {
  const { toggle, what, field } = input.dataset;
  root.shown = null; // the page no longer shows what Python wrote: its next word is written anew even if it is the same
  if (toggle !== undefined) tell(root, { do: what === "switch" ? "switch" : "toggle", what: what === "switch" ? toggle : what, id: toggle, on: input.checked });
  if (field === "since") tell(root, { do: "since", day: input.value });
  if (field === "near") {
    const group = input.closest("[data-group]");
    tell(root, { do: "near", pair: group.querySelector("select").value, km: group.querySelector("input").value });
  }
}

/** Sort the rows of a table by the column of a header. */
function sort(header) {
  const table = header.closest("table"), body = table.tBodies[0], column = header.cellIndex;
  const down = header.getAttribute("aria-sort") === "ascending";
  const value = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
  const rows = [...body.rows].sort((a, b) => value(a).localeCompare(value(b), "en", { numeric: true }));
  if (down) rows.reverse();
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", down ? "descending" : "ascending");
  body.append(...rows);
}

/** Repeat the analyst's sorting after new rows have come. */
function sortAgain(root, sorted) {
  if (!sorted) return;
  const header = [...root.querySelectorAll("thead th")].find((th) => th.dataset.column === sorted.column);
  if (!header) return;
  if (sorted.order === "descending") header.setAttribute("aria-sort", "ascending");
  sort(header);
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
  if (at.matches("th[data-column]")) return sort(at);
  if (at.dataset.copy !== undefined || at.dataset.copyPicture !== undefined) return void copy(at);
  if (at.dataset.act) return tell(root, JSON.parse(at.dataset.act));
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
  const name = focused(root), at = scrolled(root), open = [...root.querySelectorAll("details")].map((d) => d.open);
  const head = root.querySelector("thead th[aria-sort]");
  const sorted = head && { column: head.dataset.column, order: head.getAttribute("aria-sort") };
  root.innerHTML = html;
  root.shown = html;
  for (const [key, top] of at) { const same = root.querySelector(`[data-scroll="${CSS.escape(key)}"]`); if (same) same.scrollTop = top; }
  root.querySelectorAll("details").forEach((d, k) => { if (open[k]) d.open = true; });
  sortAgain(root, sorted);
  refocus(root, name);
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
  }
  handlers.set(root, (acts) => setTriggerValue("acts", acts));
  show(root, data.html);
}
