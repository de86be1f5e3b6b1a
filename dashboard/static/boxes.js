/* What is taken on the map: boxes of symbols, fans, trays and labels, so that nothing is drawn over another. */
(function (panj) {
  "use strict";

  const CELL = 64, STEP = 22;

  const cross = (a, b) => Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));

  /** Box round a point. @returns {number[]} left, top, right, bottom */
  const round = (x, y, w, h) => [x - w / 2, y - (h || w) / 2, x + w / 2, y + (h || w) / 2];

  /** Share of a box that another shape really covers, by points at most STEP px apart. */
  function covered(box, inside) {
    const w = box[2] - box[0], h = box[3] - box[1], nx = Math.max(2, Math.ceil(w / STEP)), ny = Math.max(2, Math.ceil(h / STEP));
    let hit = 0;
    for (let i = 0; i <= nx; i++) for (let k = 0; k <= ny; k++) if (inside(box[0] + w * i / nx, box[1] + h * k / ny)) hit++;
    return hit / ((nx + 1) * (ny + 1));
  }

  /** Numbers of the squares a box touches. */
  function squares(box) {
    const x0 = Math.floor(box[0] / CELL), x1 = Math.floor(box[2] / CELL), y0 = Math.floor(box[1] / CELL), y1 = Math.floor(box[3] / CELL), keys = [];
    for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) keys.push(y * 4096 + x);
    return keys;
  }

  /** Everything placed so far in one frame. */
  class Taken {
    constructor() {
      this.items = [];
      this.cells = new Map(); // items by squares of CELL px, so that a look-up does not ask them all
      this.turn = 0;
    }

    /** @param {number[]} box @param {{weight?: number, inside?: function(number, number): boolean, tag?: *}} [more] weight: how bad it is to lie on it */
    add(box, more) {
      const item = Object.assign({ box, weight: 1, turn: 0 }, more);
      this.items.push(item);
      for (const key of squares(box)) {
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push(item);
      }
    }

    /** How badly a box would lie on what is there: 0 = free; area weighted. */
    cost(box, skip) {
      let sum = 0;
      this.turn++;
      for (const key of squares(box)) {
        for (const item of this.cells.get(key) || []) {
          if (item.turn === this.turn || (skip !== undefined && item.tag === skip)) continue;
          item.turn = this.turn;
          const area = cross(item.box, box);
          if (area) sum += item.weight * (item.inside ? covered(box, item.inside) * (box[2] - box[0]) * (box[3] - box[1]) : area);
        }
      }
      return sum;
    }

    /** @returns {boolean} */
    free(box, skip) { return this.cost(box, skip) === 0; }
  }

  panj.boxes = { Taken, round, cross };
})(window.panj);
