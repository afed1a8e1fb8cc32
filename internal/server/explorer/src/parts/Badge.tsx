import { word } from '../i18n/messages';
import { categorySign, colourOf } from '../marks/colours';
import { type Difference, differenceSigns } from '../marks/difference';
import { isReal, statusSigns } from '../marks/status';

/** A status as shape, colour and word. */
export function StatusBadge({ status }: { status: string }) {
  return (
    <span class={`badge status-${status}`}>
      <span aria-hidden="true">{statusSigns[status] ?? '?'}</span> {word('status', status)}
    </span>
  );
}

/** How real an event is said to be, unless it happened or is going on. */
export function ModalityBadge({ modality }: { modality: string }) {
  return isReal(modality) ? null : <span class="badge">{word('modality', modality)}</span>;
}

export function CategoryBadge({ category }: { category: string }) {
  return (
    <span class={`badge category category-${category}`}>
      <span aria-hidden="true" style={{ color: colourOf(category) }}>
        {categorySign(category)}
      </span>{' '}
      {word('category', category)}
    </span>
  );
}

/** What differs between two moments of knowledge, as sign, colour and word. */
export function DifferenceBadge({ difference }: { difference: Difference }) {
  return (
    <span class={`badge difference-${difference}`}>
      <span aria-hidden="true">{differenceSigns[difference]}</span> {word('difference', difference)}
    </span>
  );
}
