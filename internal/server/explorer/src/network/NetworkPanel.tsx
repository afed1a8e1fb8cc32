import { computed, signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { useAnswer } from '../api/answer';
import { Network, type NetworkQuery } from '../api/types';
import { Canvas, type Size } from '../canvas/Canvas';
import type { Gestures, Point } from '../canvas/gestures';
import { language, t } from '../i18n/messages';
import { paperOf } from '../marks/colours';
import { Failure } from '../parts/Failure';
import { Text } from '../parts/Named';
import { dark } from '../shell/theme';
import { change, filterPart, part, select, view } from '../state/store';
import { toggled } from '../state/view';
import { type Camera, fit, zoomAt } from './camera';
import { linkWidth, type NetworkScene, paint, place } from './draw';
import type { Graph } from './layout';
import { useLayout } from './useLayout';

type Data = NetworkQuery['network'];

/** How many actors are drawn: more cannot be read. */
const mostNodes = 120;
const tableLength = 50;

const filter = filterPart();
const knownAt = part((current) => current.knownAt);
const variables = computed(() => ({
  filter: filter.value,
  knownAt: knownAt.value ?? null,
  languages: [language.value],
  limit: mostNodes,
  seeds: null,
  hops: null,
}));

/** Actors who took part in the same events. A click on an actor filters, a click on a line shows what they share. */
export function NetworkPanel() {
  const state = useMemo(
    () => ({
      size: signal<Size>({ width: 0, height: 0 }),
      camera: signal<Camera | undefined>(undefined),
      focused: signal<string | undefined>(undefined),
    }),
    [],
  );
  const answer = useAnswer(Network, variables);
  const graph = useMemo(() => computed(() => graphOf(answer.value.data?.network)), [answer]);
  const layout = useLayout(graph);
  const scene = useMemo(
    () =>
      computed<NetworkScene | undefined>(() => {
        const data = answer.value.data?.network;
        const current = layout.value;
        if (!data || !current || current.graph !== graph.value) return undefined;
        return {
          nodes: data.nodes.map(({ actor, community }, i) => ({
            id: actor.id,
            name: actor.label.value,
            radius: current.graph.radii[i] ?? 0,
            community: community ?? 0,
          })),
          links: current.graph.links,
          positions: current.positions,
          camera: state.camera.value ?? fit(current.positions, state.size.value),
          chosen: view.value.selection.actors,
          focused: state.focused.value,
          link: view.value.link,
          paper: paperOf(dark.value),
        };
      }),
    [state, answer, graph, layout],
  );

  const gestures: Gestures = {
    drag: (_from, _to, { dx, dy }) => {
      const camera = scene.peek()?.camera;
      if (camera) state.camera.value = { ...camera, x: camera.x + dx, y: camera.y + dy };
    },
    zoom: (factor, at) => {
      const camera = scene.peek()?.camera;
      if (camera) state.camera.value = zoomAt(camera, factor, at);
    },
    click: (at) => {
      const current = scene.peek();
      if (!current) return;
      const node = nodeAt(current, at);
      if (node !== undefined) choose(node);
      else openLink(linkAt(current, at));
    },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const current = scene.peek();
    if (!current || event.ctrlKey || event.metaKey || event.altKey) return;
    const middle = { x: state.size.peek().width / 2, y: state.size.peek().height / 2 };
    const actions: Record<string, () => void> = {
      ArrowRight: () => (state.focused.value = neighbour(current, 1)),
      ArrowDown: () => (state.focused.value = neighbour(current, 1)),
      ArrowLeft: () => (state.focused.value = neighbour(current, -1)),
      ArrowUp: () => (state.focused.value = neighbour(current, -1)),
      '+': () => (state.camera.value = zoomAt(current.camera, 0.7, middle)),
      '=': () => (state.camera.value = zoomAt(current.camera, 0.7, middle)),
      '-': () => (state.camera.value = zoomAt(current.camera, 1 / 0.7, middle)),
      Home: () => (state.camera.value = undefined),
      Escape: () => (state.focused.value = undefined),
      Enter: () => current.focused !== undefined && choose(current.focused),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  const { data, error } = answer.value;
  const focused = data?.network.nodes.find(({ actor }) => actor.id === state.focused.value);
  return (
    <>
      {data && (
        <p class="muted panel-tools">
          {t('network.shown', {
            nodes: data.network.nodes.length,
            allNodes: data.network.totalNodes,
            links: data.network.links.length,
            allLinks: data.network.totalLinks,
          })}
        </p>
      )}
      <Failure error={error} />
      {data?.network.nodes.length === 0 && <p>{t('network.empty')}</p>}
      <Canvas
        scene={scene}
        paint={(context, current, size) => current && paint(context, current, size)}
        size={state.size}
        gestures={gestures}
        onKeyDown={onKeyDown}
        role={t('panel.network')}
        label={
          focused ? `${focused.actor.label.value}. ${t('events', { count: focused.events })}` : t('panel.network')
        }
        keys={t('network.keys')}
      />
      {data && data.network.links.length > 0 && <LinkTable network={data.network} />}
    </>
  );
}

/** The links as a table, the heaviest first. */
function LinkTable({ network }: { network: Data }) {
  const names = new Map(network.nodes.map(({ actor }) => [actor.id, actor.label]));
  const heaviest = [...network.links].sort((a, b) => b.weight - a.weight).slice(0, tableLength);
  return (
    <details class="table">
      <summary>{t('table')}</summary>
      <table>
        <tbody>
          {heaviest.map(({ source, target, weight }) => {
            const [a, b] = [names.get(source.id), names.get(target.id)];
            return (
              a &&
              b && (
                <tr key={source.id + target.id}>
                  <td>
                    <button type="button" class="plain" onClick={() => openLink([source.id, target.id])}>
                      <Text label={a} /> — <Text label={b} />
                    </button>
                  </td>
                  <td>{t('events', { count: weight })}</td>
                </tr>
              )
            );
          })}
        </tbody>
      </table>
    </details>
  );
}

function graphOf(data: Data | undefined): Graph | undefined {
  if (!data) return undefined;
  const index = new Map(data.nodes.map(({ actor }, i) => [actor.id, i]));
  return {
    radii: data.nodes.map(({ events }) => 4 + Math.min(14, 2.2 * Math.sqrt(events))),
    links: data.links.flatMap(({ source, target, weight }) => {
      const [a, b] = [index.get(source.id), index.get(target.id)];
      return a === undefined || b === undefined ? [] : [{ source: a, target: b, weight }];
    }),
  };
}

/** Adds an actor to the selection, or removes it. */
function choose(id: string): void {
  select({ actors: toggled(view.peek().selection.actors, id) });
}

function openLink(link: [string, string] | undefined): void {
  if (link) change({ link, event: undefined }, { step: true });
}

function nodeAt(scene: NetworkScene, at: Point): string | undefined {
  const found = scene.nodes.findLastIndex((node, i) => {
    const { x, y } = place(scene, i);
    return Math.hypot(x - at.x, y - at.y) <= node.radius + 3;
  });
  return scene.nodes[found]?.id;
}

function linkAt(scene: NetworkScene, at: Point): [string, string] | undefined {
  let best: { distance: number; ids: [string, string] } | undefined;
  for (const { source, target, weight } of scene.links) {
    const distance = distanceToLine(at, place(scene, source), place(scene, target)) - linkWidth(weight) / 2;
    if (distance > 4 || (best && best.distance <= distance)) continue;
    best = { distance, ids: [scene.nodes[source]?.id ?? '', scene.nodes[target]?.id ?? ''] };
  }
  return best?.ids;
}

function distanceToLine(p: Point, a: Point, b: Point): number {
  const length = (b.x - a.x) ** 2 + (b.y - a.y) ** 2;
  const along =
    length === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length));
  return Math.hypot(p.x - a.x - along * (b.x - a.x), p.y - a.y - along * (b.y - a.y));
}

/** Returns the actor after the focused one: the API lists those with the most ties first. */
function neighbour(scene: NetworkScene, direction: 1 | -1): string | undefined {
  const now = scene.nodes.findIndex(({ id }) => id === scene.focused);
  return scene.nodes[(now + direction + scene.nodes.length) % scene.nodes.length]?.id;
}
