// Which names of a network are drawn, and where.
import { overlap, type Rectangle, Room } from '../canvas/room';

/** What no name covers: an actor, or a sign on a tie. */
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

/** The height of a name, and how far it is from its actor. */
export const nameHeight = 14;
export const nameGap = 2;

/** Returns where the name of an actor may be: below it, above it, or at one of its sides. */
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
 * Returns the actors whose names are drawn, each with the rectangle of its name. A name covers no mark and no other
 * name, and is within the drawing; the greatest actors choose first. A wanted name for which there is no such place is
 * below its actor, instead of the names that it covers there.
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
