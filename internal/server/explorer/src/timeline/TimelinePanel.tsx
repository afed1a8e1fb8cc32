import { computed, signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Canvas, type Size } from '../canvas/Canvas';
import type { Gestures } from '../canvas/gestures';
import { language, t, word } from '../i18n/messages';
import { describeTime } from '../i18n/time';
import { paperOf } from '../marks/colours';
import { Failure } from '../parts/Failure';
import { labelOf } from '../parts/names';
import { dark } from '../shell/theme';
import { change, part, select, view } from '../state/store';
import { laneFields } from '../state/view';
import { type Bar, barAt, type TimedEvent } from './bars';
import { bucketsOf, lanesOf, others, type TimelineEvent, useBuckets, useExtent } from './data';
import { paint, type Scene } from './draw';
import { day, momentAt, pan, type Scale, zoom } from './scale';
import { columns, fitRows, layoutOf, rowAt } from './scene';

const chosen = part((current) => current.event);
const lanes = part((current) => current.lanes);
const window = part((current) => current.window);

/** Events over time: as bars where they are few, as columns of calendar buckets where they are many. */
export function TimelinePanel() {
  const state = useMemo(
    () => ({
      size: signal<Size>({ width: 0, height: 0 }),
      focused: signal<Scene['focused']>(undefined),
      brush: signal<Scene['brush']>(undefined),
    }),
    [],
  );
  const extent = useExtent();
  const whole = useMemo(
    () =>
      computed<[number, number] | undefined>(() => {
        const { earliest, latest } = extent.value.data?.extent ?? {};
        if (!earliest || !latest) return undefined;
        const [from, to] = [Date.parse(earliest), Date.parse(latest)];
        const margin = Math.max(day, (to - from) * 0.02);
        return [from - margin, to + margin];
      }),
    [extent],
  );
  const scale = useMemo(
    () =>
      computed<Scale | undefined>(() => {
        const shown = window.value ?? whole.value;
        const { width } = state.size.value;
        return shown && width > 0 ? { from: shown[0], to: shown[1], width } : undefined;
      }),
    [state, whole],
  );
  const { buckets, events } = useBuckets(scale, lanes);
  const scene = useMemo(
    () =>
      computed<Scene | undefined>(() => {
        const data = buckets.value.data;
        const current = scale.value;
        if (!data || !current) return undefined;
        const keys = lanesOf(data);
        const layout = layoutOf(state.size.value.height, keys.length);
        const single = events.value.data?.timeline.nodes;
        const fitted = single && fitRows(layout, single.map(timed(lanes.value, keys)), keys, current);
        return {
          scale: current,
          layout: fitted?.layout ?? layout,
          lanes: keys.map((key) => ({ key, name: laneName(key) })),
          bars: fitted?.bars ?? [],
          columns: fitted ? [] : columns(bucketsOf(data, keys), current, layout),
          chosen: chosen.value,
          focused: state.focused.value,
          brush: state.brush.value,
          paper: paperOf(dark.value),
          language: language.value,
        };
      }),
    [state, scale, buckets, events],
  );

  const show = (next: Scale) => change({ window: [Math.round(next.from), Math.round(next.to)] });
  const gestures: Gestures = {
    drag: (from, to, { dx, brush }) => {
      const current = scale.peek();
      if (!current) return;
      if (brush) state.brush.value = { from: Math.min(from.x, to.x), to: Math.max(from.x, to.x) };
      else show(pan(current, -dx));
    },
    dragEnd: (from, to, brush) => {
      const current = scale.peek();
      state.brush.value = undefined;
      if (current && brush)
        selectTime(momentAt(current, Math.min(from.x, to.x)), momentAt(current, Math.max(from.x, to.x)));
    },
    zoom: (factor, at) => {
      const current = scale.peek();
      if (current) show(zoom(current, factor, at.x));
    },
    click: (at) => {
      const current = scene.peek();
      if (!current) return;
      const { lane, row } = rowAt(current.layout, at.y);
      const bar = barAt(current.bars, lane, row, at.x);
      if (bar) change({ event: bar.id }, { step: true });
      else if (current.columns.length > 0) show(zoom(current.scale, 0.5, at.x));
    },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const current = scene.peek();
    if (!current || event.ctrlKey || event.metaKey || event.altKey) return;
    const middle = current.scale.width / 2;
    const actions: Record<string, () => void> = {
      ArrowRight: () => (event.shiftKey ? show(pan(current.scale, 60)) : (state.focused.value = step(current, 1))),
      ArrowLeft: () => (event.shiftKey ? show(pan(current.scale, -60)) : (state.focused.value = step(current, -1))),
      '+': () => show(zoom(current.scale, 0.6, middle)),
      '=': () => show(zoom(current.scale, 0.6, middle)),
      '-': () => show(zoom(current.scale, 1 / 0.6, middle)),
      Home: () => change({ window: undefined }),
      Escape: () => (state.focused.value = undefined),
      Enter: () => {
        const bar = state.focused.peek()?.bar;
        if (bar) change({ event: bar }, { step: true });
        else show(zoom(current.scale, 0.5, middle));
      },
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  const unplaced = extent.value.data?.extent.withoutTime ?? 0;
  return (
    <>
      <div class="panel-tools">
        <label>
          <span class="muted">{t('timeline.lanes')}</span>{' '}
          <select
            value={view.value.lanes}
            onChange={(event) => change({ lanes: event.currentTarget.value as (typeof laneFields)[number] })}
          >
            {laneFields.map((field) => (
              <option key={field} value={field}>
                {t(`lane.${field}`)}
              </option>
            ))}
          </select>
        </label>
        <span class="grow" />
        {unplaced > 0 && <span class="muted">{t('timeline.withoutTime', { count: unplaced })}</span>}
        <button
          type="button"
          aria-label={t('zoom.in')}
          onClick={() => scale.peek() && show(zoom(scale.peek() as Scale, 0.5, (scale.peek() as Scale).width / 2))}
        >
          +
        </button>
        <button
          type="button"
          aria-label={t('zoom.out')}
          onClick={() => scale.peek() && show(zoom(scale.peek() as Scale, 2, (scale.peek() as Scale).width / 2))}
        >
          −
        </button>
        <button type="button" onClick={() => change({ window: undefined })}>
          {t('zoom.all')}
        </button>
      </div>
      <Failure error={buckets.value.error ?? extent.value.error} />
      <Canvas
        scene={scene}
        paint={(context, current, size) => current && paint(context, current, size)}
        size={state.size}
        gestures={gestures}
        onKeyDown={onKeyDown}
        role={t('panel.timeline')}
        label={labelled(scene.value, state.focused.value, events.value.data?.timeline.nodes)}
        keys={t('timeline.keys')}
      />
    </>
  );
}

/** Sets the selection to the days of a range. */
function selectTime(from: number, to: number): void {
  const text = (moment: number) => new Date(moment).toISOString().slice(0, 10);
  select({ from: text(from), to: text(to) });
}

function timed(field: string, keys: readonly string[]): (event: TimelineEvent) => TimedEvent {
  return ({ id, category, status, time }) => {
    const key = field === 'status' ? status : category;
    return { id, time, lane: keys.includes(key) ? key : others };
  };
}

function laneName(key: string): string {
  if (key === others) return t('lane.others');
  if (key.includes(':')) return labelOf(key, language.value).value?.value ?? key;
  const category = word('category', key);
  return category === key ? word('status', key) : category;
}

/** Returns the mark after the focused one, in the order of time. */
function step(scene: Scene, direction: 1 | -1): Scene['focused'] {
  const order = [...scene.bars].sort((a, b) => a.left - b.left || a.lane - b.lane || a.row - b.row);
  if (order.length === 0) return undefined;
  const now = order.findIndex((bar) => bar.id === (scene.focused?.bar ?? scene.chosen));
  const next: Bar | undefined = now < 0 ? order[direction === 1 ? 0 : order.length - 1] : order[now + direction];
  return next ? { bar: next.id } : scene.focused;
}

function labelled(
  scene: Scene | undefined,
  focused: Scene['focused'],
  events: readonly TimelineEvent[] | undefined,
): string {
  const event = events?.find(({ id }) => id === focused?.bar);
  if (event) {
    const time = describeTime(event.time, { language: language.value, t });
    return `${event.label.value}. ${time}. ${word('status', event.status)}`;
  }
  if (!scene) return t('loading');
  return scene.bars.length > 0 ? t('events', { count: scene.bars.length }) : t('panel.timeline');
}
