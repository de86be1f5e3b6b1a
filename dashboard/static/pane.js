/* The canvases in Leaflet's panes, and the parts of the frame that lie over the map. */
(function (panj) {
  "use strict";

  const STRIP = 100, LOW = 560;
  let over = null;

  /** A canvas that is drawn when the map rests and moves with it in between. */
  class Pane {
    /** @param {object} map Leaflet's @param {string} name @param {number} level z-index @param {number} padding part of the map's size on every side @param {function} paint */
    constructor(map, name, level, padding, paint) {
      Object.assign(this, { map, padding, paint });
      map.createPane(name).style.zIndex = level;
      this.canvas = panj.list.element("canvas", "leaflet-zoom-animated panj-canvas");
      this.canvas.setAttribute("aria-hidden", "true");
      map.getPane(name).append(this.canvas);
      map.on("zoomanim", (e) => this.follow(e.center, e.zoom));
      map.on("zoom", () => this.follow(map.getCenter(), map.getZoom()));
    }

    /** Where the canvas lies on the world at the zoom it was drawn for. */
    measure() {
      const size = this.map.getSize(), px = Math.round(size.x * this.padding), py = Math.round(size.y * this.padding);
      const corner = this.map.getPixelBounds().min, zoom = this.map.getZoom(), scale = 256 * Math.pow(2, zoom), x = corner.x - px, y = corner.y - py;
      const width = size.x + 2 * px, height = size.y + 2 * py;
      this.view = { scale, zoom, x, y, width, height, box: [x / scale, y / scale, (x + width) / scale, (y + height) / scale], offset: [px, py],
                    inner: [px, py, px + size.x, py + size.y], clear: [px + 6, py + 6, px + size.x - 6, py + size.y - 20], size: symbolSize(size.x) };
      return this.view;
    }

    /** Draw anew where the map is now. */
    draw() {
      const v = this.measure(), ratio = panj.ratio(), w = Math.round(v.width * ratio), h = Math.round(v.height * ratio);
      if (this.canvas.width !== w || this.canvas.height !== h) {
        this.canvas.width = w; this.canvas.height = h;
        this.canvas.style.width = v.width + "px"; this.canvas.style.height = v.height + "px";
      }
      const ctx = this.canvas.getContext("2d");
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.paint(ctx, v);
      L.DomUtil.setTransform(this.canvas, L.point(v.x, v.y).subtract(this.map.getPixelOrigin()), 1);
    }

    /** Whether the map has been dragged so far that the picture's edge is near. */
    strayed() {
      const v = this.view, now = this.map.getPixelBounds().min;
      if (!v || this.map.getZoom() !== v.zoom) return false;
      return Math.abs(now.x - v.x - v.offset[0]) > v.offset[0] * 0.8 || Math.abs(now.y - v.y - v.offset[1]) > v.offset[1] * 0.8;
    }

    /** Stretch and shift the finished picture while the map zooms. */
    follow(center, zoom) {
      if (!this.view) return;
      const by = Math.pow(2, zoom - this.view.zoom), origin = this.map._getNewPixelOrigin(center, zoom);
      L.DomUtil.setTransform(this.canvas, L.point(this.view.x, this.view.y).multiplyBy(by).subtract(origin), by);
    }
  }

  /** Symbols grow a little with the frame: 15 px at 710, 19 px at 1196. */
  const symbolSize = (width) => Math.max(13, Math.min(20, Math.round(15 + (width - 710) / 121)));

  /** Boxes of what lies over the map, in the canvas's own pixels. */
  function overlays(view) {
    const [dx, dy] = view.offset;
    if (!over) over = measured();
    return over.map(([l, t, r, b, covers]) => ({ box: [l + dx, t + dy, r + dx, b + dy], covers: !!covers }));
  }

  /** Boxes of the parts over the map, from the map's corner; asked for only when one of them has changed. */
  function measured() {
    const stage = document.getElementById("map_div").getBoundingClientRect(), found = [];
    for (const el of document.querySelectorAll(".panj-over")) {
      if (el.hidden || el.id === "panj-list") continue;
      const r = el.getBoundingClientRect();
      const covers = +el.classList.contains("panj-legend"); // what lies under the legend counts as not in view
      if (r.width) found.push([r.left - stage.left - 3, r.top - stage.top - 3, r.right - stage.left + 3, r.bottom - stage.top + 3, covers].map(Math.round));
    }
    return found;
  }

  /** Look anew at what lies over the map, and plan the marks once more if it takes another room. */
  function watch(changed) {
    const eye = new ResizeObserver(() => {
      const before = String(over);
      over = measured();
      if (String(over) !== before) changed();
    });
    document.querySelectorAll(".panj-over").forEach((el) => eye.observe(el));
  }

  function button(text, label, act) {
    const made = panj.list.element("button", "", text);
    made.type = "button";
    made.title = label;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  }

  function zoomBox(map, home) {
    const box = panj.list.element("div", "panj-zoom panj-over");
    box.append(button("+", "Zoom in", () => map.zoomIn(0.5)), button("−", "Zoom out", () => map.zoomOut(0.5)), button("⌂", "Show the whole theatre", home));
    return box;
  }

  /** Whether the frame is so low that what lies over the map must be brief. */
  const low = () => window.innerHeight < LOW;

  /** The legend; on a low frame it begins with the colours of the blocs alone. */
  function legendBox(changed) {
    const box = panj.list.element("section", "panj-legend panj-over"), body = panj.list.element("div", ""), head = panj.list.element("button", "panj-legend-head", "Legend");
    box.setAttribute("aria-label", "Legend");
    body.id = "panj-legend-body";
    head.type = "button";
    const all = button("all", "Show the whole legend", () => { all.setAttribute("aria-pressed", String(box.classList.toggle("panj-whole"))); changed(); });
    let chosen = null; // what the reader wants, once asked
    const turn = () => {
      const open = chosen === null ? !low() && window.innerWidth >= 560 : chosen, brief = !open && low() && window.innerWidth >= 560;
      head.setAttribute("aria-expanded", String(open));
      body.hidden = !open && !brief;
      all.hidden = !open;
      box.classList.toggle("panj-shut", !open);
      box.classList.toggle("panj-brief", brief);
    };
    head.addEventListener("click", () => { chosen = head.getAttribute("aria-expanded") !== "true"; turn(); changed(); });
    window.addEventListener("resize", turn);
    all.className = "panj-legend-all";
    all.setAttribute("aria-pressed", "false");
    body.tabIndex = 0;
    body.setAttribute("role", "group");
    body.setAttribute("aria-label", "What is drawn");
    turn();
    box.append(head, all, body);
    return box;
  }

  function named(tag, id, name) {
    const made = panj.list.element(tag, name);
    made.id = id;
    return made;
  }

  /** Build the frame round the map. @returns {HTMLElement} the strip */
  function stage(div) {
    const strip = named("div", "panj-strip", ""), over = named("div", "panj-stage", "");
    strip.setAttribute("role", "group");
    strip.setAttribute("aria-label", "Timeline");
    div.style.cssText = "position:fixed;left:1px;right:1px;top:" + STRIP + "px;bottom:1px;width:auto;height:auto";
    div.setAttribute("aria-label", "Map");
    document.body.append(strip, over);
    return strip;
  }

  /** Controls over the map. @param {object} map Leaflet's @param {{home: function, changed: function}} act */
  function controls(map, act) {
    const over = document.getElementById("panj-stage"), margin = named("div", "panj-margin", "panj-over");
    margin.hidden = true;
    margin.setAttribute("role", "group");
    margin.setAttribute("aria-label", "Not on this view");
    const said = named("div", "panj-said", "");
    said.setAttribute("aria-live", "polite");
    said.hidden = true;
    const scale = named("div", "panj-scale", "panj-over"), credit = named("div", "panj-credit", "panj-over");
    credit.textContent = "Boundaries imply no endorsement · Natural Earth · GeoNames CC BY 4.0";
    const tip = named("div", "panj-tip", "");
    tip.hidden = true;
    over.append(zoomBox(map, act.home), margin, legendBox(act.changed), scale, credit, said, tip);
    scale.append(panj.list.element("span", ""), panj.list.element("i", ""));
    watch(act.changed);
  }

  /** A bar that is true at the latitude of the map's middle. */
  function scaleBar(map) {
    const box = document.getElementById("panj-scale"), lat = map.getCenter().lat, km = 40075.017 * Math.cos(lat * Math.PI / 180) / (256 * Math.pow(2, map.getZoom()));
    const power = Math.pow(10, Math.floor(Math.log10(130 * km))), round = [5, 2, 1].map((k) => k * power).find((v) => v <= 130 * km);
    box.firstChild.textContent = round >= 1 ? round.toLocaleString("en") + " km" : Math.round(round * 1000) + " m";
    box.lastChild.style.width = Math.round(round / km) + "px";
  }

  panj.pane = { Pane, overlays, stage, controls, scaleBar, low };
})(window.panj);
