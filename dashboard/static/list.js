/* A list of events over the map: every single one can be reached by key and chosen. */
(function (panj) {
  "use strict";

  const PAGE = 100;
  let opened = null; // the element that had the focus before the list opened

  /** @param {string} tag @param {string} [name] class @param {string} [text] set as text, never as HTML */
  function element(tag, name, text) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /** A symbol as a small picture. */
  function picture(spec, side) {
    const stamp = panj.symbols.stamp(spec), canvas = element("canvas", "panj-symbol");
    canvas.width = canvas.height = Math.round(side * panj.ratio());
    canvas.style.width = canvas.style.height = side + "px";
    canvas.setAttribute("aria-hidden", "true");
    const ctx = canvas.getContext("2d"), scale = panj.ratio(), w = stamp.side * scale, off = (canvas.width - w) / 2;
    ctx.drawImage(stamp, off, off, w, w);
    return canvas;
  }

  function row(item, choose) {
    const button = element("button", "panj-event");
    button.type = "button";
    button.dataset.id = "event:" + item.id;
    button.append(picture(Object.assign({}, item, { size: 14, virtual: item.form === "virtual", several: undefined }), 28));
    const text = element("span", "panj-event-text");
    text.append(element("b", "", item.title), element("span", "", [item.when, item.possible ? "possible" : item.status, panj.legend.CHANGED[item.changed], item.place].filter(Boolean).join(" · ")));
    button.append(text);
    button.addEventListener("click", () => { close(); choose(item); });
    return button;
  }

  /** `35 events`, or `29 + 6 possible`. */
  function count(items) {
    const text = panj.crowd.counted(items);
    return text.includes("+") ? text + " possible" : text + (items.length === 1 ? " event" : " events");
  }

  /** Rows from `from` on, and a button for more. */
  function fill(body, items, choose, from) {
    items.slice(from, from + PAGE).forEach((item) => body.append(row(item, choose)));
    const left = items.length - from - PAGE;
    if (left <= 0) return;
    const more = element("button", "panj-more", "Show " + Math.min(PAGE, left) + " more of " + left.toLocaleString("en"));
    more.type = "button";
    more.addEventListener("click", () => { more.remove(); fill(body, items, choose, from + PAGE); const next = body.children[from + PAGE]; if (next) next.focus(); });
    body.append(more);
  }

  /**
   * Open a list.
   * @param {string} title @param {object[]} items @param {function(object)} choose called with the item chosen
   */
  function show(title, items, choose) {
    close();
    opened = document.activeElement;
    const box = element("div", "panj-list panj-over"), head = element("div", "panj-list-head"), body = element("div", "panj-list-body");
    box.id = "panj-list";
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", title);
    const shut = element("button", "panj-close", "×");
    shut.type = "button";
    shut.setAttribute("aria-label", "Close the list");
    shut.addEventListener("click", close);
    head.append(element("b", "", title), element("span", "panj-soft", count(items)), shut);
    fill(body, items, choose, 0);
    box.append(head, body);
    box.addEventListener("keydown", keys);
    document.getElementById("panj-stage").append(box);
    (body.querySelector("button") || shut).focus();
  }

  function keys(event) {
    const all = [...event.currentTarget.querySelectorAll("button")], at = all.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") { event.stopPropagation(); close(); return; }
    if (!step) return;
    event.preventDefault();
    all[Math.max(0, Math.min(all.length - 1, at + step))].focus();
  }

  /** Close the list, if one is open, and give the focus back. */
  function close() {
    const box = document.getElementById("panj-list");
    if (!box) return false;
    box.remove();
    if (opened && opened.isConnected) opened.focus();
    return true;
  }

  panj.list = { show, close, element, picture };
})(window.panj);
