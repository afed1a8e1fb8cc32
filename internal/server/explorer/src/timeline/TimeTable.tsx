import { CategoryBadge, DifferenceBadge, ModalityBadge, StatusBadge } from '../parts/Badge';
import { Text } from '../parts/Named';
import { Table } from '../parts/Table';
import { When } from '../parts/When';
import { day, moment } from '../i18n/time';
import { language, t } from '../i18n/messages';
import type { Compared } from './compare';
import type { Scene } from './draw';
import { type Mark, marksOf } from './marks';

const tableLength = 50;

interface Properties {
  scene: Scene;
  compared: readonly Compared[] | undefined;
  open: (mark: Mark) => void;
}

/** The marks of the timeline as a table: events, or buckets with the numbers of their events. */
export function TimeTable(properties: Properties) {
  return <Table>{() => <Lines {...properties} />}</Table>;
}

function Lines({ scene, compared, open }: Properties) {
  const events = new Map(compared?.map((each) => [each.event.id, each]));
  const marks = marksOf(scene);
  return (
    <>
      <table>
        <tbody>
          {marks
            .slice(0, tableLength)
            .map((mark) =>
              'bar' in mark ? (
                <EventLine key={mark.bar} compared={events.get(mark.bar)} open={() => open(mark)} />
              ) : (
                <BucketLine key={`${mark.start} ${mark.lane}`} scene={scene} mark={mark} open={() => open(mark)} />
              ),
            )}
        </tbody>
      </table>
      {marks.length > tableLength && <p class="muted">{t('facet.more', { count: marks.length - tableLength })}</p>}
    </>
  );
}

function EventLine({ compared, open }: { compared: Compared | undefined; open: () => void }) {
  if (!compared) return null;
  const { event, difference } = compared;
  return (
    <tr>
      <td>
        <button type="button" class="plain" onClick={open}>
          <Text label={event.label} />
        </button>
      </td>
      <td>
        <When time={event.time} />
      </td>
      <td>
        <CategoryBadge category={event.category} />
      </td>
      <td>
        <ModalityBadge modality={event.modality} />
        <StatusBadge status={event.status} />
        {difference && <DifferenceBadge difference={difference} />}
      </td>
    </tr>
  );
}

interface BucketLineProperties {
  scene: Scene;
  mark: Extract<Mark, { lane: string }>;
  open: () => void;
}

function BucketLine({ scene, mark, open }: BucketLineProperties) {
  const bucket = scene.buckets.find(({ start }) => start === mark.start);
  const lane = scene.lanes.findIndex(({ key }) => key === mark.lane);
  const counts = bucket?.lanes[lane];
  if (!bucket || !counts) return null;
  return (
    <tr>
      <td>
        <button type="button" class="plain" onClick={open}>
          <bdi>{bucketInWords(bucket)}</bdi>
        </button>
      </td>
      <td>
        <bdi>{scene.lanes[lane]?.name}</bdi>
      </td>
      <td>{countInWords(counts)}</td>
    </tr>
  );
}

/** Returns the time of a bucket: its first day, and its last one if it has several; or its hour. */
export function bucketInWords({ start, end }: { start: number; end: number }): string {
  const words = { language: language.value, t };
  if (end - start < 24 * 3_600_000) return moment(new Date(start).toISOString(), words);
  const [first, last] = [day(new Date(start), words), day(new Date(end - 1), words)];
  return first === last ? first : `${first} – ${last}`;
}

/** Returns how many events must be in a bucket, and how many may. */
export function countInWords({ certain, possible }: { certain: number; possible: number }): string {
  const most = t('events', { count: Math.max(certain, possible) });
  return certain < possible ? t('timeline.atMost', { most, certain }) : most;
}
