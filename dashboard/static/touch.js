/* What the pointer does on the map: choose, open a list, ask for a hint; and the name of what was chosen. */
(function (panj) {
  "use strict";

  let hoverAt = null;

  function clicked(event) {
    const state = panj.frame.state;
    if (!state.plan) return;
    if (panj.answers.placed(event.latlng)) return;
    panj.list.close();
    const found = panj.hits.at(state, state.plan, panj.frame.view(), event.containerPoint);
    if (found.nothing) return;
    const list = found.list || (found.heap && panj.marks.heapItems(state, state.plan, found.heap));
    if (list) panj.list.show(found.title, list, (i) => panj.frame.select("event:" + i.id));
    else panj.frame.select(found.id);
  }

  function hovered(event) {
    if (!panj.frame.state.plan) return;
    if (!hoverAt) requestAnimationFrame(() => { hover(hoverAt); hoverAt = null; });
    hoverAt = event.containerPoint;
  }

  function hover(point) {
    const found = panj.hits.at(panj.frame.state, panj.frame.state.plan, panj.frame.view(), point);
    panj.frame.map().getContainer().style.cursor = found.nothing || found.sea || found.area ? "" : "pointer";
    if (panj.answers.placing()) panj.frame.map().getContainer().style.cursor = "crosshair";
    panj.hits.hint(found.nothing ? null : found, point);
  }

  /** Move the map to an event beyond its edge. */
  function goTo(i) {
    const state = panj.frame.state, map = panj.frame.map(), r = state.rows, zone = state.zones.get(r.zones[i.row][0]), border = state.borders.get(r.zones[i.row][0]);
    if (r.lat[i.row] !== null) map.setView([r.lat[i.row], r.lon[i.row]], map.getZoom());
    else if (zone && zone.lat !== null) map.setView([zone.lat, zone.lon], map.getZoom());
    else if (border) {
      const [x0, y0, x1, y1] = border.box, lat = (y) => Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI;
      map.fitBounds([[lat(y1), x0 * 360 - 180], [lat(y0), x1 * 360 - 180]]);
    }
  }

  /** The name of what is selected, until the page itself says it. @param {string} id */
  function say(id) {
    const state = panj.frame.state, box = document.getElementById("panj-said"), text = id && state.theatre ? panj.picture.nameOf(state, id) : "";
    box.textContent = text;
    box.hidden = !text;
  }

  panj.touch = { clicked, hovered, goTo, say };
})(window.panj);
