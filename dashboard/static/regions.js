/* Named regions: one dashed outline round the union of their countries, no fill; and their names. */
(function (panj) {
  "use strict";

  const SMALL = 7; // px: islands below that get no outline
  const REGION = { size: 12, weight: 600, italic: true, colour: "#3A444D", halo: 3 };
  const APART = 34; // px between the points of an outline from which a name may be tied to it

  /** Edges of the countries that no two of them share. @param {object[]} countries shapes @returns {{points: number[][], edges: number[][]}} */
  function rim(countries) {
    const numbers = new Map(), points = [], count = new Map(), edge = (v) => v < 1e-9 || v > 1 - 1e-9;
    const number = (x, y) => {
      const key = x + "," + y;
      if (!numbers.has(key)) { numbers.set(key, points.length); points.push([x, y]); }
      return numbers.get(key);
    };
    for (const country of countries) for (const p of country.parts) {
      for (let i = 0, a = number(p[0], p[1]); i + 3 < p.length; i += 2) {
        const b = number(p[i + 2], p[i + 3]), key = Math.min(a, b) * 4e6 + Math.max(a, b);
        if (a !== b && !(edge(p[i]) && edge(p[i + 2]))) count.set(key, (count.get(key) || 0) + 1);
        a = b;
      }
    }
    return { points, edges: [...count].filter(([, n]) => n === 1).map(([key]) => [Math.floor(key / 4e6), key % 4e6]) };
  }

  /** Edges joined end to end. @returns {Float64Array[]} */
  function chained({ points, edges }) {
    const at = new Map(), parts = [];
    const hang = (a, b) => { if (at.has(a)) at.get(a).add(b); else at.set(a, new Set([b])); };
    for (const [a, b] of edges) { hang(a, b); hang(b, a); }
    for (const [start] of edges) {
      while (at.get(start).size) {
        const run = [points[start]];
        for (let a = start; at.get(a).size;) {
          const b = at.get(a).values().next().value;
          at.get(a).delete(b);
          at.get(b).delete(a);
          run.push(points[b]);
          a = b;
        }
        parts.push(Float64Array.from(run.flat()));
      }
    }
    return parts;
  }

  /** Regions by outline; those of the same countries share one. @returns {{ids: string[], names: string[], shape: object}[]} */
  function outlines(theatre) {
    if (theatre.outlines) return theatre.outlines;
    const byCode = new Map(theatre.countries.map((c) => [c.code, c])), groups = new Map();
    for (const region of theatre.regions) {
      const key = [...region.countries].sort().join(), own = groups.get(key);
      if (own) { own.ids.push(region.id); own.names.push(region.name); continue; }
      const countries = region.countries.map((code) => byCode.get(code)).filter(Boolean);
      groups.set(key, { ids: [region.id], names: [region.name], shape: panj.ground.lines(chained(rim(countries))) });
    }
    theatre.outlines = [...groups.values()];
    return theatre.outlines;
  }

  /** Draw the outlines of all regions. */
  function draw(ctx, theatre, view) {
    for (const { shape } of outlines(theatre)) {
      const large = shape.parts.filter((_, k) => Math.max(shape.boxes[k][2] - shape.boxes[k][0], shape.boxes[k][3] - shape.boxes[k][1]) * view.scale > SMALL);
      const path = panj.ground.pathOf([panj.ground.lines(large)], view);
      panj.lines.stroke(ctx, path, { colour: "#FFFFFF", px: theatre.strokes.region.px + 2.4 }, 0.75);
      panj.lines.stroke(ctx, path, theatre.strokes.region);
    }
  }

  /** Points of each outline in view to which its name may be tied. @returns {{id: string, called: string[], points: number[][]}[]} */
  function ties(theatre, view) {
    return outlines(theatre).map(({ ids, names, shape }) => {
      const points = [];
      shape.parts.forEach((p, k) => {
        if (!panj.ground.meets(shape.boxes[k], view.box)) return;
        for (let i = 0; i < p.length && points.length < 24; i += 2) {
          const x = p[i] * view.scale - view.x, y = p[i + 1] * view.scale - view.y, [l, t, r, b] = view.inner;
          if (x > l + 20 && x < r - 20 && y > t + 20 && y < b - 30 && points.every(([q, s]) => Math.hypot(q - x, s - y) > APART)) points.push([x, y]);
        }
      });
      return { id: ids[0], called: names, points };
    });
  }

  /** Names of regions, tied to their outlines; one that does not fit is found in the box of regions. */
  function names(ties, taken, out, view) {
    for (const { id, called, points } of ties) {
      const made = panj.letters.sprite(called.map((text) => ({ text, style: REGION }))), tries = [];
      for (const far of [9, 22, 40]) for (const [x, y] of points) for (const [dx, dy] of [[0, -1], [0, 1], [1, 0], [-1, 0]]) {
        tries.push({ x: x + dx * (far + made.width / 2), y: y + dy * (far + made.height / 2), line: [x, y] });
      }
      if (panj.names.centred(out, taken, view, made, tries, 3)) out[out.length - 1].id = "region:" + id;
    }
  }

  /** The region whose outline runs by a world point. */
  const at = (theatre, near) => outlines(theatre).find(({ shape }) => near(shape));

  panj.regions = { outlines, draw, ties, names, at };
})(window.panj);
