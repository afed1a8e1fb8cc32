// Hatched areas: where something only may be.

const cell = 6;
const patterns = new Map<string, CanvasPattern | null>();

/** A context that has hatched areas of its own, such as SvgContext. */
interface Hatching {
  hatch(colour: string): CanvasPattern;
}

/** Returns a pattern of diagonal lines in a colour. */
export function hatch(context: CanvasRenderingContext2D | Hatching, colour: string): CanvasPattern | string {
  if ('hatch' in context) return context.hatch(colour);
  let pattern = patterns.get(colour);
  if (pattern === undefined) patterns.set(colour, (pattern = makePattern(context, colour)));
  return pattern ?? colour;
}

function makePattern(context: CanvasRenderingContext2D, colour: string): CanvasPattern | null {
  const tile = document.createElement('canvas');
  tile.width = tile.height = cell;
  const own = tile.getContext('2d');
  if (!own) return null;
  own.strokeStyle = colour;
  own.lineWidth = 1.4;
  own.beginPath();
  for (const shift of [-cell, 0, cell]) {
    own.moveTo(shift - 1, cell + 1);
    own.lineTo(shift + cell + 1, -1);
  }
  own.stroke();
  return context.createPattern(tile, 'repeat');
}
