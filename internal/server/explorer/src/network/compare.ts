// The networks of two moments of knowledge, compared.
import type { NetworkQuery } from '../api/types';
import type { Difference } from '../marks/difference';

export type NetworkData = NetworkQuery['network'];
type Node = NetworkData['nodes'][number];
type Link = NetworkData['links'][number];

export interface ComparedNode {
  node: Node;
  difference?: Difference;
}

export interface ComparedLink {
  a: string;
  b: string;
  /** How many events the two share, at the earlier moment if the link is lost. */
  weight: number;
  difference?: Difference;
}

export interface ComparedNetwork {
  nodes: ComparedNode[];
  links: ComparedLink[];
}

/** The API returns at most this many times as many links as nodes were asked for. */
const linksPerNode = 10;

const key = ({ source, target }: Link) => JSON.stringify([source.id, target.id]);

/**
 * Returns the network with what an earlier one had more, less or differently. Of a network that is too large to be
 * answered whole, only what the answer must have is compared: an actor that it lacks may be one that it left out.
 */
export function compare(now: NetworkData, limit: number, before: NetworkData | undefined, limitBefore: number) {
  const nodes = now.nodes.map((node): ComparedNode => ({ node }));
  const links = now.links.map((link): ComparedLink => ({
    a: link.source.id,
    b: link.target.id,
    weight: link.weight,
  }));
  if (!before) return { nodes, links };
  const [present, earlier] = [known(now, limit), known(before, limitBefore)];
  now.nodes.forEach(({ actor }, i) => {
    const each = nodes[i];
    if (each && !earlier.nodes.has(actor.id) && !before.truncated) each.difference = 'gained';
  });
  now.links.forEach((link, i) => {
    const each = links[i];
    const weight = earlier.links.get(key(link));
    if (!each) return;
    if (weight === undefined) {
      if (earlier.lacks(link)) each.difference = 'gained';
    } else if (weight !== link.weight) {
      each.difference = 'changed';
    }
  });
  if (!now.truncated) {
    for (const node of before.nodes) {
      if (!present.nodes.has(node.actor.id)) nodes.push({ node, difference: 'lost' });
    }
  }
  const drawn = new Set(nodes.map(({ node }) => node.actor.id));
  for (const link of before.links) {
    const { source, target, weight } = link;
    if (!drawn.has(source.id) || !drawn.has(target.id) || present.links.has(key(link))) continue;
    if (present.lacks(link)) links.push({ a: source.id, b: target.id, weight, difference: 'lost' });
  }
  return { nodes, links };
}

/** Returns what an answer has, and whether it would have a link if there were one. */
function known(network: NetworkData, limit: number) {
  const nodes = new Set(network.nodes.map(({ actor }) => actor.id));
  const links = new Map(network.links.map((link) => [key(link), link.weight]));
  const whole = !network.truncated;
  const allLinks = network.links.length < linksPerNode * limit;
  const lacks = ({ source, target }: Link) => whole || (allLinks && nodes.has(source.id) && nodes.has(target.id));
  return { nodes, links, lacks };
}
