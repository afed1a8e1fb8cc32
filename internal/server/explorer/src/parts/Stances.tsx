import { t, word } from '../i18n/messages';

/** How many claims there are of each stance. */
export interface StanceCounts {
  asserts: number;
  confirms: number;
  denies: number;
  disputes: number;
  retracts: number;
}

const order = ['asserts', 'confirms', 'denies', 'disputes', 'retracts'] as const;

/** How many claims say, confirm, deny and dispute it, and took it back. */
export function Stances({ counts }: { counts: StanceCounts }) {
  return (
    <span>
      {order
        .filter((stance) => counts[stance] > 0)
        .map((stance) => `${word('stance', stance.toUpperCase())} ${t('count', { count: counts[stance] })}`)
        .join(' · ')}
    </span>
  );
}
