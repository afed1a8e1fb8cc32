// What the timeline draws, computed from the state and the answers.
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Size } from '../canvas/Canvas';
import { useChanged } from '../changes/changed';
import { useChosenEvent } from '../chosen/chosen';
import { useExtent } from '../extent/extent';
import { language, t, word } from '../i18n/messages';
import { categorySign, paperOf } from '../marks/colours';
import { statusSigns } from '../marks/status';
import type { Several } from '../parts/EventsDialog';
import { dark } from '../shell/theme';
import { part } from '../state/store';
import type { LaneField } from '../state/view';
import { bars } from './bars';
import { columns } from './columns';
import { compare } from './compare';
import { useBuckets } from './data';
import type { Scene } from './draw';
import { bucketsOf, type Lane, lanesOf, none, others, timedEvents } from './lanes';
import { barLayout, leastBarHeight, leastColumnHeight } from './layout';
import { type Scale, shortened } from './scale';
import { firstView, wholeTime } from './window';

const chosen = part((current) => current.event);
const lanes = part((current) => current.lanes);
const window = part((current) => current.window);

/** The state of the drawing that no other view needs. */
export function useDrawing() {
  return useMemo(
    () => ({
      size: signal<Size>({ width: 0, height: 0 }),
      focused: signal<Scene['focused']>(undefined),
      brush: signal<Scene['brush']>(undefined),
      several: signal<Several | undefined>(undefined),
    }),
    [],
  );
}

export type Drawing = ReturnType<typeof useDrawing>;

export function useScene(drawing: Drawing) {
  const extent = useExtent();
  const whole = useMemo(() => computed(() => wholeTime(extent.value.data)), [extent]);
  const first = useMemo(() => computed(() => firstView(extent.value.data)), [extent]);
  const scale = useMemo(
    () =>
      computed<Scale | undefined>(() => {
        const wanted = window.value ?? first.value;
        const shown = wanted && shortened(wanted);
        const { width } = drawing.size.value;
        return shown && width > 0 ? { from: shown[0], to: shown[1], width } : undefined;
      }),
    [drawing, first],
  );
  const { buckets, events } = useBuckets(scale, lanes);
  const changed = useChanged();
  const event = useChosenEvent();
  const compared = useMemo(
    () =>
      computed(() => {
        const data = events.value.data;
        return data && compare(data.timeline.nodes, data.timelineBefore?.nodes, changed.value);
      }),
    [events, changed],
  );
  // While the time moves, the answer and its lanes stay the same.
  const counted = useMemo(
    () =>
      computed(() => {
        const data = buckets.value.data;
        const found = data && lanesOf(data);
        return found && { found, buckets: bucketsOf(data, found) };
      }),
    [buckets],
  );
  const scene: ReadonlySignal<Scene | undefined> = useMemo(
    () =>
      computed(() => {
        const current = scale.value;
        if (!counted.value || !current) return undefined;
        const { found } = counted.value;
        const field = lanes.value;
        const { height } = drawing.size.value;
        const single = compared.value;
        const shown = single ? [] : counted.value.buckets;
        return {
          ...(single
            ? barsOf(
                single.flatMap((each) => timedEvents(each, field, found)),
                found.map(({ key }) => key),
                current,
                height,
              )
            : {
                ...columns(shown, found.length, current, height),
                bars: [],
                least: leastColumnHeight(found.length),
              }),
          buckets: shown,
          scale: current,
          lanes: found.map((lane) => ({
            key: lane.key,
            name: laneName(lane, field),
            coloured: field === 'category' || field === 'status',
          })),
          chosen: chosen.value,
          chosenTime: event.value.data?.event?.time,
          focused: drawing.focused.value,
          brush: drawing.brush.value,
          paper: paperOf(dark.value),
          language: language.value,
        };
      }),
    [drawing, scale, counted, compared, event],
  );
  return { extent, whole, scale, buckets, compared, scene };
}

function barsOf(events: Parameters<typeof bars>[0], keys: readonly string[], scale: Scale, height: number) {
  const { bars: found, rows } = bars(events, keys, scale);
  return { bars: found, columns: [], layout: barLayout(height, rows), least: leastBarHeight(rows) };
}

/** Returns the name of a lane. Statuses and categories have a shape besides their colour. */
function laneName({ key, name }: Lane, field: LaneField): string {
  if (key === others) return t('lane.others');
  if (key === none) return t('lane.none');
  if (field === 'status') return `${statusSigns[key] ?? ''} ${word('status', key)}`;
  if (field === 'category') return `${categorySign(key)} ${word('category', key)}`;
  return name ?? key;
}
