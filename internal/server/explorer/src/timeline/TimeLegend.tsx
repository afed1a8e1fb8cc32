import { type Key, t } from '../i18n/messages';

const width = 34;
const height = 14;

/** Each mark of the timeline with its meaning: the fill, and lines that are drawn over it. */
const marks: {
  text: Key;
  fill?: 'solid' | 'may' | 'pale';
  frame?: 'plain' | 'dashed';
  arrow?: true;
  band?: true;
}[] = [
  { text: 'legend.certain', fill: 'solid' },
  { text: 'legend.possible', fill: 'may', frame: 'plain' },
  { text: 'legend.vague', fill: 'may', frame: 'dashed' },
  { text: 'legend.open', fill: 'may', arrow: true },
  { text: 'legend.pale', fill: 'pale', frame: 'plain' },
  { text: 'legend.band', band: true },
];

/** How to read the marks of the timeline. */
export function TimeLegend() {
  return (
    <details class="legend-marks">
      <summary>{t('legend.title')}</summary>
      <svg width="0" height="0" aria-hidden="true">
        <pattern id="may" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="1.6" height="5" />
        </pattern>
      </svg>
      <ul class="legend">
        {marks.map(({ text, fill, frame, arrow, band }) => (
          <li key={text}>
            <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
              {fill && <rect class={fill} x="1" y="3" width={arrow ? 24 : 32} height="8" />}
              {frame && <rect class={`frame ${frame}`} x="1" y="3" width="32" height="8" />}
              {arrow && <path class="solid" d="M25 1L33 7L25 13z" />}
              {band && <path class="may" d="M8 0h18v9h-18z" />}
              {band && <path class="solid" d="M8 9h18v5h-18z" />}
            </svg>{' '}
            {t(text)}
          </li>
        ))}
      </ul>
    </details>
  );
}
