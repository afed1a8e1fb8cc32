// Where the actors of a network are drawn. The same network has the same layout on every machine.
import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force';

export interface Graph {
  /** The radius of each node. */
  radii: number[];
  links: Link[];
}

/** The indexes of two nodes that are linked, with the number of events that they share. */
export interface Link {
  source: number;
  target: number;
  weight: number;
}

/** The positions of the nodes: x, y, x, y ... around 0, 0. */
export type Positions = Float32Array;

const rounds = 300;

interface Node extends SimulationNodeDatum {
  radius: number;
}

/** Yields the positions while the layout settles, every `every` rounds, and at its end. */
export function* layout(graph: Graph, every: number): Generator<Positions> {
  const nodes: Node[] = graph.radii.map((radius) => ({ radius }));
  const links = graph.links.map((link) => ({ ...link }));
  const simulation = forceSimulation(nodes)
    .force('charge', forceManyBody<Node>().strength(-140).distanceMax(700))
    .force('x', forceX<Node>().strength(0.05))
    .force('y', forceY<Node>().strength(0.07))
    .force(
      'collide',
      forceCollide<Node>((node) => node.radius + 4),
    )
    .force(
      'link',
      forceLink<Node, { source: number | Node; target: number | Node; weight: number }>(links)
        .distance((link) => 50 + 60 / Math.sqrt(link.weight))
        .strength((link) => Math.min(0.6, 0.08 * Math.sqrt(link.weight))),
    )
    .stop();
  for (let round = 1; round <= rounds; round++) {
    simulation.tick();
    if (round % every === 0 || round === rounds) yield positionsOf(nodes);
  }
}

function positionsOf(nodes: readonly Node[]): Positions {
  const positions = new Float32Array(2 * nodes.length);
  nodes.forEach((node, i) => {
    positions[2 * i] = node.x ?? 0;
    positions[2 * i + 1] = node.y ?? 0;
  });
  return positions;
}
