import { t, word } from '../i18n/messages';
import type { ClaimData } from './claimData';
import { Claim } from './Claim';
import { columns } from './stances';

/** The claims in columns: those of each stance. */
export function Columns({ claims }: { claims: ClaimData[] }) {
  return (
    <div class="columns">
      {columns(claims).map(({ stance, claims: own }) => (
        <section key={stance} class={`column stance-${stance}`} aria-label={word('stance', stance)}>
          <h4>
            {word('stance', stance)} <span class="muted">{t('number', { count: own.length })}</span>
          </h4>
          {own.map((claim) => (
            <Claim key={claim.id} claim={claim} />
          ))}
        </section>
      ))}
    </div>
  );
}
