// What the page's drawings paint. The recorder runs in the page, before its scripts: it keeps what was last painted in
// each panel, with the style of the moment; a hatch is a pattern, so its fill is `hatch`.

/** Records each painting in `globalThis.painted`, by the panel of the drawing. */
export function recordDrawings() {
  const painted = (globalThis.painted = {});
  const prototype = CanvasRenderingContext2D.prototype;
  const { fillRect, strokeRect, fillText, beginPath, moveTo, lineTo, arc, fill, stroke } = prototype;
  const paths = new WeakMap();
  const styleOf = (style) => (typeof style === 'string' ? style : 'hatch');
  const keep = (context, mark) => {
    const name = context.canvas.closest?.('.panel')?.id;
    if (name === undefined) return;
    (painted[name] ??= []).push({
      ...mark,
      fill: styleOf(context.fillStyle),
      stroke: styleOf(context.strokeStyle),
      width: context.lineWidth,
      alpha: context.globalAlpha,
      dash: context.getLineDash().length > 0,
    });
  };
  const replace = (name, body) => (prototype[name] = body);
  replace('fillRect', function (x, y, width, height) {
    // Each painting begins with its paper.
    const { canvas } = this;
    const panel = canvas.closest?.('.panel')?.id;
    if (panel && x === 0 && y === 0 && width === canvas.clientWidth) painted[panel] = [];
    else keep(this, { kind: 'rect', x, y, w: width, h: height });
    fillRect.call(this, x, y, width, height);
  });
  replace('strokeRect', function (x, y, width, height) {
    keep(this, { kind: 'frame', x, y, w: width, h: height });
    strokeRect.call(this, x, y, width, height);
  });
  replace('fillText', function (...rest) {
    keep(this, { kind: 'text', text: rest[0], x: rest[1], y: rest[2] });
    fillText.apply(this, rest);
  });
  replace('beginPath', function () {
    paths.set(this, []);
    beginPath.call(this);
  });
  replace('moveTo', function (x, y) {
    paths.get(this)?.push({ x, y });
    moveTo.call(this, x, y);
  });
  replace('lineTo', function (x, y) {
    paths.get(this)?.push({ x, y });
    lineTo.call(this, x, y);
  });
  replace('arc', function (...rest) {
    paths.get(this)?.push({ x: rest[0], y: rest[1], r: rest[2] });
    arc.apply(this, rest);
  });
  replace('fill', function (...rest) {
    const points = paths.get(this) ?? [];
    if (points.length < 100) keep(this, { kind: points[0]?.r === undefined ? 'shape' : 'disc', points });
    fill.apply(this, rest);
  });
  replace('stroke', function (...rest) {
    const points = paths.get(this) ?? [];
    if (points.length < 100) keep(this, { kind: points[0]?.r === undefined ? 'line' : 'circle', points });
    stroke.apply(this, rest);
  });
}

/** Returns what a panel's drawing last painted, of a kind or of all. */
export function paintedIn(page, panel, kind) {
  return page.evaluate(
    ([name, wanted]) => (globalThis.painted[name] ?? []).filter((mark) => !wanted || mark.kind === wanted),
    [panel, kind],
  );
}

/** Returns the colours in an area of a panel's drawing, as it is on the screen, row by row. */
export function pixels(page, panel, { x, y, w, h }) {
  return page.locator(`.panel-${panel} canvas`).evaluate(
    (canvas, [left, top, width, height]) => {
      const ratio = canvas.width / canvas.clientWidth;
      const [columns, rows] = [Math.max(1, Math.floor(width * ratio)), Math.max(1, Math.floor(height * ratio))];
      const { data } = canvas
        .getContext('2d')
        .getImageData(Math.round(left * ratio), Math.round(top * ratio), columns, rows);
      const colours = [];
      for (let i = 0; i < data.length; i += 4) colours.push([data[i], data[i + 1], data[i + 2]].join());
      return Array.from({ length: rows }, (_, row) => colours.slice(row * columns, (row + 1) * columns));
    },
    [x, y, w, h],
  );
}

/** Clicks a point of a panel's drawing. */
export async function clickAt(page, panel, { x, y }, options = {}) {
  await page.locator(`.panel-${panel} canvas`).click({ position: { x, y }, ...options });
}
