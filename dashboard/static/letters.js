/* Text on canvas with a halo, drawn once and kept, and panels behind it. */
(function (panj) {
  "use strict";

  const kept = new Map();
  const ruler = document.createElement("canvas").getContext("2d");

  /** @param {{size: number, weight?: number, italic?: boolean}} style */
  const font = (style) => (style.italic ? "italic " : "") + (style.weight || 400) + " " + style.size + "px " + panj.FONT;

  /** Width of a text in CSS pixels. */
  function width(text, style) {
    ruler.font = font(style);
    ruler.letterSpacing = (style.track || 0) + "px";
    return ruler.measureText(text).width;
  }

  /**
   * Lines of text as a small picture, centred.
   * @param {{text: string, style: object}[]} lines style: size, weight, italic, colour, track (px), halo (px)
   * @returns {{canvas: HTMLCanvasElement, width: number, height: number}} size of the text without its halo
   */
  function sprite(lines, align) {
    const key = keyOf(lines) + align + panj.ratio();
    if (!kept.has(key)) {
      if (kept.size > 1500) kept.clear();
      kept.set(key, draw(lines, align || "center"));
    }
    return kept.get(key);
  }

  const keyOf = (lines) => lines.map((l) => l.text + "\u0001" + l.style.size + (l.style.weight || "") + (l.style.italic ? "i" : "") + (l.style.colour || "") + (l.style.halo || "")).join("\u0002");

  function draw(lines, align) {
    const pad = 5, w = Math.ceil(Math.max(...lines.map((l) => width(l.text, l.style)))), leading = lines.map((l) => Math.round(l.style.size * 1.18));
    const h = leading.reduce((a, b) => a + b, 0), canvas = document.createElement("canvas"), ctx = canvas.getContext("2d");
    canvas.width = Math.ceil((w + 2 * pad) * panj.ratio());
    canvas.height = Math.ceil((h + 2 * pad) * panj.ratio());
    ctx.scale(panj.ratio(), panj.ratio());
    let y = pad;
    lines.forEach((line, k) => {
      const lw = width(line.text, line.style), x = align === "left" ? pad : pad + (w - lw + (line.style.track || 0)) / 2;
      write(ctx, line.text, x, y + leading[k] * 0.8, line.style);
      y += leading[k];
    });
    return { canvas, width: w, height: h, pad };
  }

  /** One line with its baseline at y. */
  function write(ctx, text, x, y, style) {
    ctx.font = font(style);
    ctx.letterSpacing = (style.track || 0) + "px";
    ctx.textBaseline = "alphabetic";
    ctx.textAlign = style.align || "left";
    ctx.lineJoin = "round";
    if (style.halo) {
      ctx.strokeStyle = style.haloColour || "rgba(255,255,255,0.92)";
      ctx.lineWidth = style.halo * 2;
      ctx.strokeText(text, x, y);
    }
    ctx.fillStyle = style.colour || "#1F2933";
    ctx.fillText(text, x, y);
    ctx.letterSpacing = "0px";
  }

  /** Put a sprite with its text box's upper left corner at x, y. */
  function put(ctx, made, x, y) {
    ctx.drawImage(made.canvas, Math.round(x - made.pad), Math.round(y - made.pad), made.canvas.width / panj.ratio(), made.canvas.height / panj.ratio());
  }

  /** A white panel with a fine rim. */
  function panel(ctx, x, y, w, h, round, alpha) {
    ctx.save();
    ctx.shadowColor = "rgba(31,41,51,0.25)"; ctx.shadowBlur = 4 * panj.ratio(); ctx.shadowOffsetY = panj.ratio();
    ctx.fillStyle = "rgba(255,255,255," + (alpha || 0.94) + ")";
    ctx.beginPath(); ctx.roundRect(x, y, w, h, round); ctx.fill();
    ctx.shadowColor = "transparent";
    ctx.strokeStyle = "#4A545E"; ctx.lineWidth = 0.8;
    ctx.stroke();
    ctx.restore();
  }

  /** Forget every picture: a face has arrived, or the pixels of the screen have changed. */
  const forget = () => kept.clear();

  panj.letters = { width, sprite, write, put, panel, forget };
})(window.panj);
