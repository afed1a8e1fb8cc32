import { t } from '../i18n/messages';
import { colourOf, cornersOf } from './outlines';

/** How to read the marks of the network. */
export function NetworkLegend() {
  return (
    <details class="legend-marks">
      <summary>{t('legend.title')}</summary>
      <ul class="legend">
        <li>
          {[0, 1, 2].map((community) => (
            <svg key={community} width="18" height="18" viewBox="-9 -9 18 18" aria-hidden="true">
              {community === 0 ? (
                <circle r="6" fill={colourOf(0)} />
              ) : (
                <polygon points={cornersOf(community, 6).join(' ')} fill={colourOf(community)} />
              )}
            </svg>
          ))}{' '}
          {t('legend.community')}
        </li>
        <li>{t('legend.actor')}</li>
        <li>{t('legend.tie')}</li>
      </ul>
    </details>
  );
}
