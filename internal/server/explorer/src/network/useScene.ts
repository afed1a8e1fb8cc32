// What the network draws, computed from the state and the answer.
import { computed, signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { useAnswer } from '../api/answer';
import { Network, NetworkOfChanged } from '../api/types';
import type { Size } from '../canvas/Canvas';
import { eventsOf, useChanges } from '../changes/changed';
import { useChosenEvent } from '../chosen/chosen';
import { useAfterExtent } from '../extent/extent';
import { language } from '../i18n/messages';
import { paperOf } from '../marks/colours';
import type { Several } from '../parts/EventsDialog';
import { dark } from '../shell/theme';
import { field, filterPart, moments, part } from '../state/store';
import { type Camera, fit } from './camera';
import { compare, type ComparedNetwork, withChanged } from './compare';
import type { NetworkScene } from './draw';
import type { Graph } from './layout';
import { radiiOf, shownRadius, shownWidth, widthsOf } from './sizes';
import { useLayout } from './useLayout';

/** How many actors and links are drawn: more cannot be read. */
const mostNodes = 120;
const mostLinks = 600;
/** How many actors of the earlier moment are compared with. */
const mostBefore = 500;
const mostLinksBefore = 5000;

const filter = filterPart();
const chosen = part(({ selection }) => selection.actors);
const link = field('link');
const shown = computed(() => ({
  filter: filter.value,
  ...moments.value,
  languages: [language.value],
  limit: mostNodes,
  maxLinks: mostLinks,
  limitBefore: mostBefore,
  maxLinksBefore: mostLinksBefore,
}));

/** The state of the drawing that no other view needs. */
export function useDrawing() {
  return useMemo(
    () => ({
      size: signal<Size>({ width: 0, height: 0 }),
      camera: signal<Camera | undefined>(undefined),
      focused: signal<string | undefined>(undefined),
      hovered: signal<string | undefined>(undefined),
      several: signal<Several | undefined>(undefined),
    }),
    [],
  );
}

export type Drawing = ReturnType<typeof useDrawing>;

export function useScene(drawing: Drawing) {
  const variables = useAfterExtent(shown);
  const answer = useAnswer(Network, variables);
  const data = useMemo(() => computed(() => answer.value.data), [answer]);
  const changed = useNetworkOfChanged();
  const compared = useMemo(
    () =>
      computed(() => {
        if (!data.value) return undefined;
        const { network, networkBefore } = data.value;
        return compare(
          { network, maxLinks: mostLinks },
          networkBefore && { network: networkBefore, maxLinks: mostLinksBefore },
        );
      }),
    [data],
  );
  // Marks do not move: the layout is of the network without those of changed events.
  const graph = useMemo(() => computed(() => compared.value && graphOf(compared.value)), [compared]);
  const network = useMemo(
    () =>
      computed(() => {
        const events = changed.value.data;
        return compared.value && events ? withChanged(compared.value, events.network) : compared.value;
      }),
    [compared, changed],
  );
  const layout = useLayout(graph);
  const event = useChosenEvent();
  const scene = useMemo(
    () =>
      computed<NetworkScene | undefined>(() => {
        const current = layout.value;
        if (!network.value || !current || current.graph !== graph.value) return undefined;
        const { links } = network.value;
        const widths = widthsOf(current.graph.links.map(({ weight }) => weight));
        const camera = drawing.camera.value ?? fit(current.positions, drawing.size.value);
        return {
          nodes: network.value.nodes.map(({ node, difference }, i) => ({
            id: node.actor.id,
            name: node.actor.label.value,
            radius: shownRadius(current.graph.radii[i] ?? 0, camera),
            community: node.community ?? 0,
            difference,
          })),
          links: current.graph.links.map((each, i) => ({
            ...each,
            width: shownWidth(widths[i] ?? 1, camera),
            difference: links[i]?.difference,
            support: links[i]?.support,
          })),
          positions: current.positions,
          camera,
          chosen: [...chosen.value, ...(event.value.data?.event?.participants.map(({ actor }) => actor.id) ?? [])],
          focused: drawing.focused.value,
          hovered: drawing.hovered.value,
          link: link.value,
          paper: paperOf(dark.value),
        };
      }),
    [drawing, network, graph, layout, event],
  );
  return { answer, network, scene };
}

/** Returns the network of the events that changed; its answer has no data if no moments are compared. */
function useNetworkOfChanged() {
  const changes = useChanges();
  const variables = useMemo(
    () =>
      computed(() => {
        // The filter and the moment of the answer: those of the state may already be others.
        const { data, variables: asked } = changes.value;
        if (!asked || !data?.changes.nodes.length) return undefined;
        return {
          filter: { ...asked.filter, ids: [...eventsOf(data)] },
          knownAt: asked.knownTo,
          limit: mostBefore,
          maxLinks: mostLinksBefore,
        };
      }),
    [changes],
  );
  return useAnswer(NetworkOfChanged, variables);
}

function graphOf({ nodes, links }: ComparedNetwork): Graph {
  const index = new Map(nodes.map(({ node }, i) => [node.actor.id, i]));
  const position = (id: string) => {
    const found = index.get(id);
    if (found === undefined) throw new Error(`a link without its actor ${id}`);
    return found;
  };
  return {
    radii: radiiOf(nodes.map(({ node }) => node.events)),
    links: links.map(({ a, b, weight }) => ({ source: position(a), target: position(b), weight })),
  };
}
