import { computed, effect, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { useAnswer } from '../api/answer';
import { Clusters, MapExtent } from '../api/types';
import { Canvas, type Size } from '../canvas/Canvas';
import type { Gestures, Point } from '../canvas/gestures';
import { language, t } from '../i18n/messages';
import { paperOf } from '../marks/colours';
import { Failure } from '../parts/Failure';
import { dark } from '../shell/theme';
import { change, filterPart, part, select } from '../state/store';
import type { Camera } from '../state/view';
import { type MapScene, type Mark, paint, radiusOf } from './draw';
import { type Backdrop, drawLand, landAt } from './land';
import { boxBetween, fit, pan, toScreen, zoomAt } from './mercator';

const wholeWorld: Camera = { longitude: 15, latitude: 30, zoom: 1 };
/** How long the map has to rest before the land is drawn again, in milliseconds. */
const rest = 120;
const tableLength = 50;

const filter = filterPart();
const withoutBox = filterPart({ box: true });
const knownAt = part((current) => current.knownAt);
const ownCamera = part((current) => current.camera);
const box = part((current) => current.selection.box);
const chosen = part((current) => current.event);

/** Where events happened, clustered by the cells of a grid. */
export function MapPanel() {
  const state = useMemo(
    () => ({
      size: signal<Size>({ width: 0, height: 0 }),
      focused: signal<number | undefined>(undefined),
      brush: signal<MapScene['brush']>(undefined),
      backdrop: signal<Backdrop | undefined>(undefined),
    }),
    [],
  );
  const extentVariables = useMemo(
    () => computed(() => ({ filter: withoutBox.value, knownAt: knownAt.value ?? null })),
    [],
  );
  const extent = useAnswer(MapExtent, extentVariables);
  const camera = useMemo(
    () =>
      computed<Camera>(() => {
        const all = extent.value.data?.extent.box;
        const size = state.size.value;
        return ownCamera.value ?? (all && size.width > 0 ? fit(all, size) : wholeWorld);
      }),
    [extent, state],
  );
  const zoom = useMemo(() => computed(() => Math.max(0, Math.min(22, Math.round(camera.value.zoom)))), [camera]);
  const variables = useMemo(
    () =>
      computed(() => ({
        filter: filter.value,
        knownAt: knownAt.value ?? null,
        zoom: zoom.value,
        languages: [language.value],
      })),
    [zoom],
  );
  const clusters = useAnswer(Clusters, variables);
  const marks = useMemo(
    () =>
      computed<Mark[]>(() =>
        (clusters.value.data?.clusters ?? []).map(({ point, events, event }) => ({
          ...point,
          events,
          ...(event && { event: { id: event.id, name: event.label.value, category: event.category } }),
        })),
      ),
    [clusters],
  );
  const scene = useMemo(
    () =>
      computed<MapScene>(() => ({
        camera: camera.value,
        backdrop: state.backdrop.value,
        marks: marks.value,
        chosen: chosen.value,
        focused: state.focused.value,
        box: box.value,
        brush: state.brush.value,
        paper: paperOf(dark.value),
        language: language.value,
      })),
    [camera, marks, state],
  );
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = effect(() => {
      const [current, size, paper] = [camera.value, state.size.value, paperOf(dark.value)];
      const land = landAt(current.zoom);
      clearTimeout(timer);
      timer = setTimeout(
        () => (state.backdrop.value = drawLand(land, current, size, paper, devicePixelRatio)),
        rest,
      );
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [camera, state]);

  const show = (next: Camera) => change({ camera: next });
  const open = (index: number | undefined) => {
    const mark = index === undefined ? undefined : marks.peek()[index];
    if (!mark) return;
    if (mark.event) change({ event: mark.event.id }, { step: true });
    else show({ longitude: mark.longitude, latitude: mark.latitude, zoom: Math.min(14, camera.peek().zoom + 2) });
  };
  const gestures: Gestures = {
    drag: (from, to, { dx, dy, brush }) => {
      if (brush) state.brush.value = { from, to };
      else show(pan(camera.peek(), dx, dy));
    },
    dragEnd: (from, to, brush) => {
      state.brush.value = undefined;
      if (brush) select({ box: boxBetween(camera.peek(), state.size.peek(), from, to) });
    },
    zoom: (factor, at) => show(zoomAt(camera.peek(), state.size.peek(), factor, at)),
    click: (at) => open(markAt(scene.peek(), state.size.peek(), at)),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const size = state.size.peek();
    const middle = { x: size.width / 2, y: size.height / 2 };
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [80, 0],
      ArrowRight: [-80, 0],
      ArrowUp: [0, 80],
      ArrowDown: [0, -80],
    };
    const move = moves[event.key];
    const actions: Record<string, () => void> = {
      '+': () => show(zoomAt(camera.peek(), size, 0.5, middle)),
      '=': () => show(zoomAt(camera.peek(), size, 0.5, middle)),
      '-': () => show(zoomAt(camera.peek(), size, 2, middle)),
      Home: () => change({ camera: undefined }),
      Escape: () => (state.focused.value = undefined),
      Enter: () => open(state.focused.peek()),
    };
    const action = move
      ? () =>
          event.shiftKey
            ? show(pan(camera.peek(), ...move))
            : (state.focused.value = nextMark(scene.peek(), event.key))
      : actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  const focused = marks.value[state.focused.value ?? -1];
  const unplaced = extent.value.data?.extent.withoutPlace ?? 0;
  return (
    <>
      <div class="panel-tools">
        {unplaced > 0 && <span class="muted">{t('map.withoutPlace', { count: unplaced })}</span>}
        <span class="grow" />
        <button type="button" onClick={() => change({ camera: undefined })}>
          {t('zoom.all')}
        </button>
      </div>
      <Failure error={clusters.value.error ?? extent.value.error} />
      <Canvas
        scene={scene}
        paint={paint}
        still={still}
        size={state.size}
        gestures={gestures}
        onKeyDown={onKeyDown}
        role={t('panel.map')}
        label={focused ? nameOf(focused) : t('panel.map')}
        keys={t('map.keys')}
      />
      <details class="table">
        <summary>{t('table')}</summary>
        <ul>
          {marks.value.slice(0, tableLength).map((mark, i) => (
            <li key={i}>
              <button type="button" class="plain" onClick={() => open(i)}>
                <bdi>{nameOf(mark)}</bdi> <span class="muted">{place(mark)}</span>
              </button>
            </li>
          ))}
        </ul>
      </details>
      <p class="muted map-note">{t('map.borders')}</p>
    </>
  );
}

/** Returns the scene for a file: with every line of the land. */
function still(scene: MapScene): MapScene {
  const land = landAt(scene.camera.zoom);
  return { ...scene, backdrop: land && { land } };
}

function nameOf(mark: Mark): string {
  return mark.event?.name ?? t('events', { count: mark.events });
}

function place({ latitude, longitude }: Mark) {
  return <bdi dir="ltr">{`${latitude.toFixed(2)}, ${longitude.toFixed(2)}`}</bdi>;
}

function markAt(scene: MapScene, size: Size, at: Point): number | undefined {
  const found = scene.marks.findLastIndex((mark) => {
    const { x, y } = toScreen(scene.camera, size, mark.longitude, mark.latitude);
    return Math.hypot(x - at.x, y - at.y) <= radiusOf(mark.events) + 2;
  });
  return found < 0 ? undefined : found;
}

/** Returns the mark after the focused one, the largest first. */
function nextMark(scene: MapScene, key: string): number | undefined {
  if (scene.marks.length === 0) return undefined;
  const direction = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
  if (scene.focused === undefined) return 0;
  return (scene.focused + direction + scene.marks.length) % scene.marks.length;
}
