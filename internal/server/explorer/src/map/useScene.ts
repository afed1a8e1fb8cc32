// What the map draws, computed from the state and the answers.
import { computed, effect, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { useAnswer } from '../api/answer';
import { Clusters, Places } from '../api/types';
import type { Size } from '../canvas/Canvas';
import { useChanged } from '../changes/changed';
import { useChosenEvent } from '../chosen/chosen';
import { useExtent } from '../extent/extent';
import { language } from '../i18n/messages';
import { paperOf } from '../marks/colours';
import type { Several } from '../parts/EventsDialog';
import { dark } from '../shell/theme';
import { filterPart, moments, part } from '../state/store';
import type { Camera } from '../state/view';
import { marksOf } from './compare';
import { placed, type Placed, pointOf } from './places';
import type { MapScene } from './draw';
import { type Backdrop, drawLand, landAt } from './land';
import { fit } from './mercator';
import { apart } from './radius';

const wholeWorld: Camera = { longitude: 15, latitude: 30, zoom: 1 };
/** How long the map has to rest before the land is drawn again, in milliseconds. */
const rest = 120;
/** Up to this number the events are drawn at their places, as precisely as these are known. */
const fewEvents = 250; // as in Places.graphql

const filter = filterPart();
const ownCamera = part((current) => current.camera);
const box = part((current) => current.selection.box);
const chosenId = part((current) => current.event);

/** The state of the drawing that no other view needs. */
export function useDrawing() {
  return useMemo(
    () => ({
      size: signal<Size>({ width: 0, height: 0 }),
      focused: signal<number | undefined>(undefined),
      brush: signal<MapScene['brush']>(undefined),
      several: signal<Several | undefined>(undefined),
      backdrop: signal<Backdrop | undefined>(undefined),
    }),
    [],
  );
}

export type Drawing = ReturnType<typeof useDrawing>;

export function useScene(drawing: Drawing) {
  const extent = useExtent();
  const camera = useMemo(
    () =>
      computed<Camera>(() => {
        const all = extent.value.data?.around.box;
        const size = drawing.size.value;
        return ownCamera.value ?? (all && size.width > 0 ? fit(all, size) : wholeWorld);
      }),
    [extent, drawing],
  );
  const zoom = useMemo(() => computed(() => Math.max(0, Math.min(22, Math.round(camera.value.zoom)))), [camera]);
  const few = useMemo(
    () =>
      computed(() => {
        const { around, aroundBefore } = extent.value.data ?? {};
        return around && Math.max(around.events, aroundBefore?.events ?? 0) <= fewEvents;
      }),
    [extent],
  );
  const common = useMemo(
    () => computed(() => ({ filter: filter.value, ...moments.value, languages: [language.value] })),
    [],
  );
  const variables = useMemo(
    () => computed(() => (few.value === false ? { ...common.value, zoom: zoom.value } : undefined)),
    [few, common, zoom],
  );
  const placeVariables = useMemo(() => computed(() => (few.value ? common.value : undefined)), [few, common]);
  const clusters = useAnswer(Clusters, variables);
  const places = useAnswer(Places, placeVariables);
  const clusterData = useMemo(() => computed(() => clusters.value.data), [clusters]);
  const placeData = useMemo(() => computed(() => places.value.data), [places]);
  const changed = useChanged();
  const shown = useMemo(
    () =>
      computed<Placed>(() => {
        const [exact, cells] = [placeData.value, clusterData.value];
        if (few.value && exact) return placed(exact.timeline.nodes, exact.timelineBefore?.nodes, changed.value);
        return cells ? marksOf(cells.clusters, cells.clustersBefore, changed.value) : { marks: [], countries: [] };
      }),
    [few, placeData, clusterData, changed],
  );
  const marks = useMemo(() => computed(() => apart(shown.value.marks)), [shown]);
  const event = useChosenEvent();
  const chosen = useMemo(
    () =>
      computed(() => {
        const { id, locations } = event.value.data?.event ?? {};
        const own = chosenId.value;
        return own === undefined
          ? undefined
          : { id: own, point: own === id && locations ? pointOf(locations) : null };
      }),
    [event],
  );
  const scene = useMemo(
    () =>
      computed<MapScene>(() => ({
        camera: camera.value,
        backdrop: drawing.backdrop.value,
        marks: marks.value,
        chosen: chosen.value,
        focused: drawing.focused.value,
        box: box.value,
        brush: drawing.brush.value,
        paper: paperOf(dark.value),
        language: language.value,
      })),
    [camera, marks, chosen, drawing],
  );
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = effect(() => {
      const [current, size, paper] = [camera.value, drawing.size.value, paperOf(dark.value)];
      const land = landAt(current.zoom);
      clearTimeout(timer);
      timer = setTimeout(
        () => (drawing.backdrop.value = drawLand(land, current, size, paper, devicePixelRatio)),
        rest,
      );
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [camera, drawing]);
  return { extent, clusters, places, shown, scene };
}
