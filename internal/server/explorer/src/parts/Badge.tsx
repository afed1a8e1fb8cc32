import { word } from '../i18n/messages';
import { type Difference, differenceSigns } from '../marks/difference';

/** Each status has a shape as well as a colour. */
const shapes: Record<string, string> = {
  UNVERIFIED: '○',
  CORROBORATED: '◐',
  CONFIRMED: '●',
  DISPUTED: '◑',
  DENIED: '✕',
  RETRACTED: '⊘',
};

/** A status as shape, colour and word. */
export function StatusBadge({ status }: { status: string }) {
  return (
    <span class={`badge status-${status}`}>
      <span aria-hidden="true">{shapes[status] ?? '?'}</span> {word('status', status)}
    </span>
  );
}

export function CategoryBadge({ category }: { category: string }) {
  return <span class={`badge category category-${category}`}>{word('category', category)}</span>;
}

/** What differs between two moments of knowledge, as sign, colour and word. */
export function DifferenceBadge({ difference }: { difference: Difference }) {
  return (
    <span class={`badge difference-${difference}`}>
      <span aria-hidden="true">{differenceSigns[difference]}</span> {word('difference', difference)}
    </span>
  );
}
