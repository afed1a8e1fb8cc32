// Which names of marks are drawn, and where.
import { overlap, type Rectangle, Room } from './room';
import { fitted, font } from './text';

/** What no name covers: a mark, or a sign. */
export interface Mark {
  x: number;
  y: number;
  radius: number;
}

export interface Named extends Mark {
  /** The width of its name, with a space at both sides, so that two names in a line do not read as one. */
  width: number;
  /** It is chosen, or the reader is on it: its name is drawn in any case. */
  wanted: boolean;
}

/** The height of a name, and how far it is from its mark. */
export const nameHeight = 14;
export const nameGap = 2;

/** Returns where the name of a mark may be: below it, above it, or at one of its sides. */
function spotsOf({ x, y, radius, width }: Named): Rectangle[] {
  const beside = radius + nameGap + width / 2;
  return [
    [x, y + radius + nameGap],
    [x, y - radius - nameGap - nameHeight],
    [x + beside, y - nameHeight / 2],
    [x - beside, y - nameHeight / 2],
  ].map(([middle = 0, top = 0]) => ({
    left: middle - width / 2,
    right: middle + width / 2,
    top,
    bottom: top + nameHeight,
  }));
}

/**
 * Returns the marks whose names are drawn, each with the rectangle of its name. A name covers no mark and no other
 * name, and is within the drawing; the greatest marks choose first. A wanted name for which there is no such place is
 * below its mark, instead of the names that it covers there.
 */
export function placeNames<Node extends Named>(
  nodes: readonly Node[],
  signs: readonly Mark[],
  size: { width: number; height: number },
): { node: Node; at: Rectangle }[] {
  const room = new Room();
  for (const { x, y, radius } of [...nodes, ...signs])
    room.take({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
  const placed: { node: Node; at: Rectangle }[] = [];
  const forced: typeof placed = [];
  for (const node of [...nodes].sort((a, b) => b.radius - a.radius)) {
    const spots = spotsOf(node);
    const inside = ({ left, right, top, bottom }: Rectangle) =>
      left >= 0 && top >= 0 && right <= size.width && bottom <= size.height;
    const at = spots.find((spot) => inside(spot) && room.fits(spot));
    if (at) placed.push({ node, at });
    else if (node.wanted && spots[0]) forced.push({ node, at: spots[0] });
  }
  const free = placed.filter(({ node, at }) => node.wanted || !forced.some((other) => overlap(other.at, at)));
  return [...free, ...forced];
}

/** The most pixels of a name. */
const widest = 240;
/** The pixels that are free at each side of a name. */
const space = 3;

/** A mark that is painted. Nothing covers one without a name. */
export interface Painted extends Mark {
  name?: string | undefined;
  wanted?: boolean;
}

/** Paints the names of marks that are in the drawing where there is room, and wanted ones always. */
export function paintNames(
  context: CanvasRenderingContext2D,
  marks: readonly Painted[],
  size: { width: number; height: number },
  { paper, ink }: { paper: string; ink: string },
): void {
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.lineWidth = 3;
  context.strokeStyle = paper;
  context.fillStyle = ink;
  const named = marks.flatMap(({ name, wanted = false, ...mark }) => {
    if (!name || mark.x < 0 || mark.y < 0 || mark.x > size.width || mark.y > size.height) return [];
    const text = fitted(context, name, Math.min(size.width / 2, widest));
    const width = context.measureText(text).width + 2 * space;
    return [{ ...mark, wanted, text, direction: context.direction, width }];
  });
  const others = marks.filter(({ name }) => !name);
  for (const { node, at } of placeNames(named, others, size)) {
    const middle = (at.left + at.right) / 2;
    context.direction = node.direction;
    context.strokeText(node.text, middle, at.bottom - 3);
    context.fillText(node.text, middle, at.bottom - 3);
  }
  context.direction = 'inherit';
}
