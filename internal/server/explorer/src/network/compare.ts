// The networks of two moments of knowledge, compared.
import type { NetworkOfChangedQuery, NetworkQuery } from '../api/types';
import type { Difference } from '../marks/difference';
import { type Support, supportOf } from './support';

export type NetworkData = NetworkQuery['network'];
/** The network of the earlier moment, which is only compared with. */
export type EarlierData = NonNullable<NetworkQuery['networkBefore']>;
/** The network of the events that changed between the two moments. */
export type ChangedData = NetworkOfChangedQuery['network'];
type Node = NetworkData['nodes'][number];

export interface ComparedNode {
  node: Node;
  difference?: Difference;
}

export interface ComparedLink {
  a: string;
  b: string;
  /** How many events the two share, at the earlier moment if the link is lost. */
  weight: number;
  /** Absent for a lost link. */
  support?: Support;
  difference?: Difference;
}

export interface ComparedNetwork {
  nodes: ComparedNode[];
  links: ComparedLink[];
}

/** An answer, and how many links it may have. */
export interface Answer<Data> {
  network: Data;
  maxLinks: number;
}

const key = ({ a, b }: Pick<ComparedLink, 'a' | 'b'>) => JSON.stringify([a, b]);

/**
 * Returns the network with what an earlier one had more, less or differently. Of a network that is too large to be
 * answered whole, only what the answer must have is compared: an actor that it lacks may be one that it left out.
 */
export function compare(now: Answer<NetworkData>, before: Answer<EarlierData> | undefined): ComparedNetwork {
  const nodes = now.network.nodes.map((node): ComparedNode => ({ node }));
  const links = linksOf(now.network).map((link, i): ComparedLink => {
    const data = now.network.links[i];
    return data ? { ...link, support: supportOf(data) } : link;
  });
  if (!before) return { nodes, links };
  const [present, earlier] = [known(now), known(before)];
  for (const each of nodes) {
    if (!earlier.nodes.has(each.node.actor.id) && !before.network.truncated) each.difference = 'gained';
  }
  for (const link of links) {
    const weight = earlier.weights.get(key(link));
    if (weight === undefined) {
      if (earlier.lacks(link)) link.difference = 'gained';
    } else if (weight !== link.weight) {
      link.difference = 'changed';
    }
  }
  if (!now.network.truncated) {
    for (const node of before.network.nodes) {
      if (!present.nodes.has(node.actor.id)) nodes.push({ node, difference: 'lost' });
    }
  }
  const drawn = new Set(nodes.map(({ node }) => node.actor.id));
  for (const link of linksOf(before.network)) {
    if (!drawn.has(link.a) || !drawn.has(link.b) || present.weights.has(key(link))) continue;
    if (present.lacks(link)) links.push({ ...link, difference: 'lost' });
  }
  return { nodes, links };
}

/** Returns the network in which the actors and links of changed events have changed, such as by new claims. */
export function withChanged({ nodes, links }: ComparedNetwork, changed: ChangedData): ComparedNetwork {
  const changedNodes = new Set(changed.nodes.map(({ actor }) => actor.id));
  const changedLinks = new Set(endsOf(changed).map(key));
  return {
    nodes: nodes.map((each) =>
      !each.difference && changedNodes.has(each.node.actor.id) ? { ...each, difference: 'changed' } : each,
    ),
    links: links.map((each) =>
      !each.difference && changedLinks.has(key(each)) ? { ...each, difference: 'changed' } : each,
    ),
  };
}

/** Returns the links with the ids of their actors. */
function linksOf(network: EarlierData): ComparedLink[] {
  const ends = endsOf(network);
  return network.links.map(({ weight }, i) => ({ ...(ends[i] ?? { a: '', b: '' }), weight }));
}

/** Returns the ids of the actors of each link. */
function endsOf({ nodes, links }: ChangedData): { a: string; b: string }[] {
  const id = (index: number) => nodes[index]?.actor.id ?? '';
  return links.map(({ source, target }) => ({ a: id(source), b: id(target) }));
}

/** Returns what an answer has, and whether it would have a link if there were one. */
function known({ network, maxLinks }: Answer<EarlierData>) {
  const nodes = new Set(network.nodes.map(({ actor }) => actor.id));
  const weights = new Map(linksOf(network).map((link) => [key(link), link.weight]));
  const whole = !network.truncated;
  const allLinks = network.links.length < maxLinks;
  const lacks = ({ a, b }: ComparedLink) => whole || (allLinks && nodes.has(a) && nodes.has(b));
  return { nodes, weights, lacks };
}
