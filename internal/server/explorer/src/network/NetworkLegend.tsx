import { t } from '../i18n/messages';
import { communityColour, cornersOf } from './outlines';

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
                <circle r="6" fill={communityColour(0)} />
              ) : (
                <polygon points={cornersOf(community, 6).join(' ')} fill={communityColour(community)} />
              )}
            </svg>
          ))}{' '}
          {t('legend.community')}
        </li>
        <li>{t('legend.actor')}</li>
        <li>
          <svg width="34" height="12" aria-hidden="true">
            <path class="frame" d="M1 2h32" />
            <path class="solid" d="M1 6h32v5h-32z" />
          </svg>{' '}
          {t('legend.tieWidth')}
        </li>
        <li>
          <svg width="34" height="12" aria-hidden="true">
            <path class="frame dashed" d="M1 6h32" />
          </svg>{' '}
          {t('legend.tieUnverified')}
        </li>
        <li>
          <svg class="status-DENIED" width="34" height="12" aria-hidden="true">
            <path class="frame" d="M1 6h32M13 2l8 8M21 2l-8 8" />
          </svg>{' '}
          {t('legend.tieDenied')}
        </li>
      </ul>
    </details>
  );
}
