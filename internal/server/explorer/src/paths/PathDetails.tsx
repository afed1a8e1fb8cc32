import { computed } from '@preact/signals';
import { useAnswer } from '../api/answer';
import { type ParticipantRole, Paths, type PathsQuery } from '../api/types';
import { direction, language, t, word } from '../i18n/messages';
import { ModalityBadge, StatusBadge } from '../parts/Badge';
import { DetailsHead } from '../parts/DetailsHead';
import { Failure } from '../parts/Failure';
import { Named, Text } from '../parts/Named';
import { Quote } from '../parts/Quote';
import { speakers } from '../parts/speakers';
import { When } from '../parts/When';
import { open } from '../state/opened';
import { change, filterPart, part } from '../state/store';
import { type PathQuestion, toggled } from '../state/view';

type Path = PathsQuery['paths'][number];
type Hop = Path['hops'][number];

/** How many hops a path may have. */
const mostHops = 4;

const filter = filterPart();
const shown = part(({ path, knownAt }) => ({ path, knownAt }));
const variables = computed(() => {
  const { path, knownAt } = shown.value;
  return (
    path && {
      from: path.from,
      to: path.to,
      maxHops: mostHops,
      filter: filter.value,
      avoid: path.avoid.length > 0 ? path.avoid : null,
      roles: path.roles.length > 0 ? (path.roles as ParticipantRole[]) : null,
      timeRespecting: path.inOrder,
      knownAt: knownAt ?? null,
      languages: [language.value],
    }
  );
});

/** How two actors are connected: each path as a ladder, with the evidence of each step. */
export function PathDetails({ path }: { path: PathQuestion }) {
  const { data, error, loading } = useAnswer(Paths, variables).value;
  const ask = (changes: Partial<PathQuestion>) => change({ path: { ...path, ...changes } }, { step: true });
  return (
    <article aria-busy={loading}>
      <DetailsHead subject={`${path.from} ${path.to}`}>
        <Named id={path.from} /> {direction.value === 'rtl' ? '←' : '→'} <Named id={path.to} />
      </DetailsHead>
      <p class="panel-tools">
        <label>
          <input
            type="checkbox"
            checked={path.inOrder}
            onChange={(event) => ask({ inOrder: event.currentTarget.checked })}
          />{' '}
          {t('path.inOrder')}
        </label>
        {path.avoid.map((id) => (
          <button key={id} type="button" onClick={() => ask({ avoid: path.avoid.filter((each) => each !== id) })}>
            {t('path.without')} <Named id={id} /> ✕
          </button>
        ))}
      </p>
      <Roles chosen={path.roles} onChoose={(roles) => ask({ roles })} />
      <Failure error={error} />
      {loading && !data && <p class="muted">{t('loading')}</p>}
      {data?.paths.length === 0 && <p>{t('path.none', { count: mostHops })}</p>}
      {data?.paths.map((found) => (
        <Ladder
          key={found.actors.map(({ id }) => id).join()}
          path={found}
          onAvoid={(id) => ask({ avoid: [...path.avoid, id] })}
        />
      ))}
    </article>
  );
}

const roles: ParticipantRole[] = [
  'INITIATOR',
  'RECIPIENT',
  'PARTICIPANT',
  'HOST',
  'MEDIATOR',
  'SPEAKER',
  'PROPOSER',
  'VICTIM',
  'CLAIMANT',
  'MENTIONED',
];

/** The roles in which actors count as connected. Without a choice those of people who took part do. */
function Roles({ chosen, onChoose }: { chosen: string[]; onChoose: (roles: string[]) => void }) {
  const choose = (role: string) => onChoose(toggled(chosen, role));
  return (
    <details class="roles" open={chosen.length > 0}>
      <summary>{t('path.roles')}</summary>
      {roles.map((role) => (
        <label key={role}>
          <input type="checkbox" checked={chosen.includes(role)} onChange={() => choose(role)} />{' '}
          {word('role', role)}
        </label>
      ))}
    </details>
  );
}

/** One path from top to bottom: an actor, what connects it with the next one, and so on. */
function Ladder({ path, onAvoid }: { path: Path; onAvoid: (id: string) => void }) {
  return (
    <div role="group" class="ladder" aria-label={t('path.length', { count: path.length })}>
      <p class="muted">
        {t('path.length', { count: path.length })} {path.status && <StatusBadge status={path.status} />}
      </p>
      <ol>
        {path.actors.map((actor, i) => {
          const hop = path.hops[i];
          const inner = i > 0 && hop;
          return (
            <li key={actor.id}>
              <p class="rung">
                <strong>
                  <Text label={actor.label} />
                </strong>
                {inner && (
                  <button type="button" class="plain muted" onClick={() => onAvoid(actor.id)}>
                    {t('path.avoid')}
                  </button>
                )}
              </p>
              {hop && <Step hop={hop} />}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function Step({ hop }: { hop: Hop }) {
  const { link } = hop;
  return (
    <div class="step">
      {link.__typename === 'Event' ? (
        <>
          <button type="button" class="plain title" onClick={() => open({ event: link.id })}>
            <Text label={link.label} />
          </button>
          <p class="event-facts">
            <When time={link.time} />
            <ModalityBadge modality={link.modality} />
            {hop.status && <StatusBadge status={hop.status} />}
            {hop.fromRole && word('role', hop.fromRole)}
            {hop.toRole && hop.toRole !== hop.fromRole && ` – ${word('role', hop.toRole)}`}
          </p>
        </>
      ) : (
        <p class="event-facts">
          {word('affiliation', link.affiliationType)} {link.position !== null && <bdi>{link.position}</bdi>}
          {link.validTime && <When time={link.validTime} />}
        </p>
      )}
      <ul class="hop-claims">
        {hop.claims.slice(0, 3).map((claim) => {
          const [speaker] = speakers(claim);
          return (
            <li key={claim.id} class="muted">
              {speaker ? <Text label={speaker.label} /> : t('claim.noVoice')} · <When time={claim.assertedAt} />
              {claim.quote && <Quote quote={claim.quote} />}
            </li>
          );
        })}
        {hop.claims.length > 3 && <li class="muted">{t('path.moreClaims', { count: hop.claims.length - 3 })}</li>}
      </ul>
    </div>
  );
}
