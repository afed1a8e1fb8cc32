import { t } from '../i18n/messages';

/** How to read the marks of the map: events at their places, or clusters. */
export function MapLegend() {
  return (
    <details class="legend-marks">
      <summary>{t('legend.title')}</summary>
      <ul class="legend">
        <li>
          <svg width="34" height="18" aria-hidden="true">
            <circle cx="17" cy="9" r="6" />
          </svg>{' '}
          {t('legend.point')}
        </li>
        <li>
          <svg width="34" height="18" aria-hidden="true">
            <circle class="frame dashed" cx="8" cy="9" r="7" />
            <path class="frame dashed" d="M20 15L18 5L27 2L33 9Z" />
          </svg>{' '}
          {t('legend.circle')}
        </li>
        <li>
          <svg width="34" height="18" aria-hidden="true">
            <circle class="frame dashed" cx="17" cy="9" r="8" />
            <circle cx="17" cy="9" r="4" />
          </svg>{' '}
          {t('legend.cluster')}
        </li>
        <li>{t('legend.country')}</li>
        <li>{t('map.borders')}</li>
      </ul>
    </details>
  );
}
