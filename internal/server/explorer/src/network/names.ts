// Which names of a network are drawn.
import { Room } from '../canvas/room';

export interface Named {
  x: number;
  y: number;
  radius: number;
  /** The width of its name. */
  width: number;
  /** It is chosen, or the reader is on it: its name is drawn in any case. */
  wanted: boolean;
}

/** The height of a name, and how far it is below its node. */
export const nameHeight = 14;
export const nameGap = 2;

/**
 * Returns the indexes of the nodes whose names are drawn, below them: the wanted ones, and others if they
 * cover no name and not the middle of a greater node.
 */
export function shownNames(nodes: readonly Named[]): number[] {
  const room = new Room();
  const order = nodes
    .map((node, index) => ({ node, index }))
    .sort((a, b) => Number(b.node.wanted) - Number(a.node.wanted) || b.node.radius - a.node.radius);
  return order
    .filter(({ node: { x, y, radius, width, wanted } }) => {
      const top = y + radius + nameGap;
      const name = { left: x - width / 2, right: x + width / 2, top, bottom: top + nameHeight };
      // The edge of a node may be covered.
      const core = radius / 2;
      room.take({ left: x - core, right: x + core, top: y - core, bottom: y + core });
      if (!wanted) return room.fits(name);
      room.take(name);
      return true;
    })
    .map(({ index }) => index);
}
