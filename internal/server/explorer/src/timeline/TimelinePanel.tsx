import { Canvas } from '../canvas/Canvas';
import { type Key, language, t, word } from '../i18n/messages';
import { describeTime } from '../i18n/time';
import { isReal } from '../marks/status';
import { EventsDialog } from '../parts/EventsDialog';
import { Failure } from '../parts/Failure';
import { change, field, select } from '../state/store';
import { type LaneField, laneFields, selectsAll } from '../state/view';
import { gesturesOf, markAt, onKeyDown, openMark, zoomBy } from './actions';
import type { Compared } from './compare';
import { paint, type Scene } from './draw';
import { TimeLegend } from './TimeLegend';
import { bucketInWords, countInWords, TimeTable } from './TimeTable';
import { useDrawing, useScene } from './useScene';

/** Events over time: as bars where they are few, as columns of calendar buckets where they are many. */
export function TimelinePanel() {
  const drawing = useDrawing();
  const several = drawing.several.value;
  const { extent, whole, scale, buckets, compared, scene } = useScene(drawing);
  const timeless = extent.value.data?.timeless.events ?? 0;
  const empty = buckets.value.data !== undefined && scene.value?.lanes.length === 0;
  return (
    <>
      <div class="panel-tools">
        <label>
          <span class="muted">{t('timeline.lanes')}</span>{' '}
          <select
            value={field('lanes').value}
            onChange={(event) => change({ lanes: event.currentTarget.value as LaneField })}
          >
            {laneFields.map((field) => (
              <option key={field} value={field}>
                {t(`lane.${field}`)}
              </option>
            ))}
          </select>
        </label>
        <TimeLegend />
        <span class="grow" />
        {timeless > 0 && (
          <button type="button" class="plain muted" onClick={openTimeless}>
            {t('timeline.withoutTime', { count: timeless })}
          </button>
        )}
        <button type="button" aria-label={t('zoom.in')} onClick={() => zoomBy(scale.peek(), 0.5)}>
          +
        </button>
        <button type="button" aria-label={t('zoom.out')} onClick={() => zoomBy(scale.peek(), 2)}>
          −
        </button>
        <button type="button" onClick={() => change({ window: whole.peek() })}>
          {t('zoom.all')}
        </button>
      </div>
      <Failure error={buckets.value.error ?? extent.value.error} />
      {(empty || nothing(extent.value.data)) && <p class="empty">{t(emptyText(extent.value.data))}</p>}
      <Canvas
        scene={scene}
        paint={(context, current, size) => current && paint(context, current, size)}
        size={drawing.size}
        least={scene.value?.least}
        gestures={{
          ...gesturesOf(scene.peek.bind(scene), drawing),
          nameAt: (at) => {
            const current = scene.peek();
            const focused = current && markAt(current, at);
            return focused && labelled({ ...current, focused }, compared.peek());
          },
        }}
        onKeyDown={(event) => onKeyDown(event, scene.peek(), drawing)}
        role={t('panel.timeline')}
        label={labelled(scene.value, compared.value)}
        keys={t('timeline.keys')}
      />
      {several && <EventsDialog several={several} onClose={() => (drawing.several.value = undefined)} />}
      {scene.value && (
        <TimeTable
          scene={scene.value}
          compared={compared.value}
          open={(mark) => scene.value && openMark(scene.value, mark, drawing)}
        />
      )}
    </>
  );
}

/** Shows the events without a time in the list. */
function openTimeless(): void {
  select({ timeless: true, from: undefined, to: undefined });
  change({ panel: 'list' });
}

/** Returns the key of what an empty timeline says. */
function emptyText(data: { extent: { events: number } } | undefined): Key {
  if (data?.extent.events !== 0) return 'timeline.empty';
  return selectsAll(field('selection').value) ? 'list.none' : 'list.empty';
}

/** Reports whether no event has a time. */
function nothing(data: { extent: { earliest: string | null } } | undefined): boolean {
  return data !== undefined && data.extent.earliest === null;
}

/** Returns what a screen reader says: the focused event or bucket, else how many are drawn. */
function labelled(scene: Scene | undefined, compared: readonly Compared[] | undefined): string {
  if (!scene) return t('loading');
  const { focused } = scene;
  if (focused && 'lane' in focused) return columnInWords(scene, focused);
  const found = compared?.find(({ event }) => event.id === focused?.bar);
  if (!found) return scene.bars.length > 0 ? t('events', { count: scene.bars.length }) : t('panel.timeline');
  const { event, difference } = found;
  const time = describeTime(event.time, { language: language.value, t });
  const parts = [event.label.value, time];
  if (!isReal(event.modality)) parts.push(word('modality', event.modality));
  parts.push(word('status', event.status));
  if (difference) parts.push(word('difference', difference));
  return parts.join('. ');
}

function columnInWords({ buckets, lanes }: Scene, { lane, start }: { lane: string; start: number }): string {
  const bucket = buckets.find((each) => each.start === start);
  const index = lanes.findIndex(({ key }) => key === lane);
  const counts = bucket?.lanes[index];
  return bucket && counts
    ? [bucketInWords(bucket), lanes[index]?.name, countInWords(counts)].join('. ')
    : t('panel.timeline');
}
