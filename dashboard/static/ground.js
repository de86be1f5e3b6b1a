/* Shapes of the theatre in world units (0..1), and canvas paths of them at a scale. */
(function (panj) {
  "use strict";

  const { worldX, worldY } = panj.rows;
  const FINE = 7; // zoom from which the world's coarser shapes would show beside the borders
  const NEAR = 0.35; // px: closer points of a line cannot be told apart

  /** @param {number[][]} points lon, lat @returns {Float64Array} x, y, x, y, ... in world units */
  function projected(points) {
    const flat = new Float64Array(points.length * 2);
    points.forEach(([lon, lat], i) => {
      flat[2 * i] = worldX(lon);
      flat[2 * i + 1] = worldY(lat);
    });
    return flat;
  }

  /** Rings or lines of any geometry. @returns {Float64Array[]} */
  function strips(geometry) {
    if (!geometry) return [];
    const c = geometry.coordinates;
    switch (geometry.type) {
      case "LineString": return [projected(c)];
      case "MultiLineString": case "Polygon": return c.map(projected);
      case "MultiPolygon": return c.flatMap((polygon) => polygon.map(projected));
      case "GeometryCollection": return geometry.geometries.flatMap(strips);
      default: return [];
    }
  }

  function extent(parts) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const p of parts) {
      for (let i = 0; i < p.length; i += 2) {
        box[0] = Math.min(box[0], p[i]); box[2] = Math.max(box[2], p[i]);
        box[1] = Math.min(box[1], p[i + 1]); box[3] = Math.max(box[3], p[i + 1]);
      }
    }
    return box;
  }

  /** @param {object} properties @param {object} geometry GeoJSON @returns {{parts: Float64Array[], boxes: number[][], box: number[], closed: boolean}} */
  function shape(properties, geometry) {
    const parts = strips(geometry), closed = !!geometry && /Polygon/.test(geometry.type);
    return Object.assign({}, properties, { parts, boxes: parts.map((p) => extent([p])), box: extent(parts), closed });
  }

  /** Open lines in world units as a shape. @param {Float64Array[]} parts */
  const lines = (parts) => ({ parts, boxes: parts.map((p) => extent([p])), box: extent(parts), closed: false });

  /** @param {object} collection GeoJSON */
  const shapes = (collection) => collection.features.map((f) => shape(f.properties, f.geometry));

  const meets = (a, b) => a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];

  /**
   * Add a shape to a path in pixels.
   * @param {Path2D} path @param {object} item a shape @param {{scale: number, x: number, y: number, box: number[]}} view
   */
  function trace(path, item, view) {
    if (!meets(item.box, view.box)) return;
    item.parts.forEach((part, k) => {
      if (meets(item.boxes[k], view.box)) strip(path, part, view, item.closed);
    });
  }

  function strip(path, part, { scale, x, y }, closed) {
    const last = part.length - 2;
    let px = part[0] * scale - x, py = part[1] * scale - y;
    path.moveTo(px, py);
    for (let i = 2; i <= last; i += 2) {
      const qx = part[i] * scale - x, qy = part[i + 1] * scale - y;
      if (i < last && Math.abs(qx - px) < NEAR && Math.abs(qy - py) < NEAR) continue;
      path.lineTo(qx, qy);
      px = qx; py = qy;
    }
    if (closed) path.closePath();
  }

  /** @param {object[]} items shapes @param {object} view @returns {Path2D} */
  function pathOf(items, view) {
    const path = new Path2D();
    for (const item of items) trace(path, item, view);
    return path;
  }

  /** Whether a world point lies in a shape (even-odd). */
  function inside(item, x, y) {
    if (x < item.box[0] || x > item.box[2] || y < item.box[1] || y > item.box[3]) return false;
    let odd = false;
    for (const p of item.parts) {
      for (let i = 0, j = p.length - 2; i < p.length; j = i, i += 2) {
        if ((p[i + 1] > y) !== (p[j + 1] > y) && x < (p[j] - p[i]) * (y - p[i + 1]) / (p[j + 1] - p[i + 1]) + p[i]) odd = !odd;
      }
    }
    return odd;
  }

  /** The finer countries where the whole picture lies inside what they cover, else the world's. */
  function countriesFor(theatre, view) {
    if (view.zoom < FINE || !theatre.detail.length) return theatre.countries;
    const [w, n, e, s] = theatre.detail.reduce((all, { box }) => [Math.min(all[0], box[0]), Math.min(all[1], box[1]), Math.max(all[2], box[2]), Math.max(all[3], box[3])], [1, 1, 0, 0]);
    return view.box[0] > w && view.box[1] > n && view.box[2] < e && view.box[3] < s ? theatre.detail : theatre.countries;
  }

  /** Everything the theatre holds, ready to draw. @param {object} data theatre.json */
  function build(data) {
    const bearing = (list) => list.map((z) => Object.assign({}, z, {
      shape: z.geometry ? shape({}, z.geometry) : null, strip: z.band ? shape({}, z.band) : null,
      x: z.lon === null ? null : worldX(z.lon), y: z.lat === null ? null : worldY(z.lat) }));
    return Object.assign({}, data, {
      countries: shapes(data.countries), detail: [], finer: data.detail, borders: shapes(data.borders), boundaries: shapes(data.boundaries),
      disputed: shapes(data.disputed), rivers: shapes(data.rivers), lakes: shapes(data.lakes),
      zones: bearing(data.zones), bases: bearing(data.bases), places: bearing(data.places), labels: bearing(data.labels),
    });
  }

  panj.ground = { FINE, build, shapes, lines, countriesFor, shape, pathOf, trace, inside, meets };
})(window.panj);
