import type { ComponentChildren } from 'preact';
import type { Difference } from '../marks/difference';
import { open } from '../state/opened';
import { field } from '../state/store';
import { CategoryBadge, DifferenceBadge, ModalityBadge, StatusBadge } from './Badge';
import { type Label } from './names';
import { Text } from './Named';
import type { Time } from '../i18n/time';
import { Stances, type StanceCounts } from './Stances';
import { When } from './When';

interface Row {
  id: string;
  label: Label;
  time: Time;
  category: string;
  modality: string;
  status: string;
  claimCounts?: StanceCounts;
}

interface Properties {
  row: Row;
  /** What differs from an earlier moment. */
  difference?: Difference | undefined;
  /** More about the event. */
  children?: ComponentChildren;
}

/** An event in a list. A click opens its evidence. */
export function EventRow({ row, difference, children }: Properties) {
  const selected = field('event').value === row.id;
  return (
    <li class={selected ? 'event selected' : 'event'}>
      <button type="button" class="plain title" aria-current={selected} onClick={() => open({ event: row.id })}>
        <Text label={row.label} />
      </button>
      <span class="event-facts">
        {difference && <DifferenceBadge difference={difference} />}
        <When time={row.time} />
        <CategoryBadge category={row.category} />
        <ModalityBadge modality={row.modality} />
        <StatusBadge status={row.status} />
        {row.claimCounts && <Stances counts={row.claimCounts} />}
      </span>
      {children}
    </li>
  );
}
