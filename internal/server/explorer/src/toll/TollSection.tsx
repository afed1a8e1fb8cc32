import { computed } from '@preact/signals';
import { Fragment } from 'preact';
import { useMemo } from 'preact/hooks';
import { useAnswer } from '../api/answer';
import { TollHistory, type TollHistoryQuery } from '../api/types';
import { language, t, word } from '../i18n/messages';
import { Failure } from '../parts/Failure';
import { describe, joined } from '../parts/figure';
import { Text } from '../parts/Named';
import { Voices } from '../parts/Voices';
import { speakers, voicesOf } from '../parts/speakers';
import { KnownMoment } from '../parts/When';
import { part } from '../state/store';
import { greatest, interval } from './intervals';

type Statement = NonNullable<TollHistoryQuery['event']>['tollHistory'][number];

const knownAt = part((view) => view.knownAt);
const axis = 220;
const rowHeight = 16;

/** The people killed and wounded, by who states it, as intervals on one axis. */
export function TollSection({ id }: { id: string }) {
  const variables = useMemo(
    () => computed(() => ({ id, knownAt: knownAt.value ?? null, languages: [language.value] })),
    [id],
  );
  const { data, error } = useAnswer(TollHistory, variables).value;
  if (error) return <Failure error={error} />;
  const history = data?.event?.tollHistory ?? [];
  const toll = data?.event?.toll;
  if (history.length === 0) return null;
  return (
    <section class="toll" aria-label={t('toll.title')}>
      <h4>{t('toll.title')}</h4>
      {(['KILLED', 'WOUNDED'] as const).map((kind) => {
        const own = history.filter((each) => each.figureKind === kind);
        const isOneVoice = voicesOf(own.filter(({ knownTo }) => knownTo === null)).size < 2;
        const sum = kind === 'KILLED' ? toll?.killed : toll?.wounded;
        return (
          own.length > 0 && (
            <Fragment key={kind}>
              <p>
                {word('figure', kind)}
                {sum && (
                  <>
                    {': '}
                    <bdi>{describe(sum, t, qualifierOfSum(own))}</bdi>{' '}
                    {!(sum.agreed && isOneVoice) && (
                      <span class="badge">{t(sum.agreed ? 'toll.agreed' : 'toll.differ')}</span>
                    )}
                  </>
                )}
              </p>
              <Statements statements={own} />
            </Fragment>
          )
        );
      })}
    </section>
  );
}

function Statements({ statements }: { statements: Statement[] }) {
  const most = greatest(statements);
  return (
    <ul class="statements">
      {statements.map((each, i) => (
        <li key={i} class={each.knownTo === null ? '' : 'past'}>
          <span class="who">
            <Speaker statement={each} />
            {each.population !== 'TOTAL' && <span class="muted"> {word('population', each.population)}</span>}
          </span>
          <IntervalMark statement={each} most={most} />
          <bdi>{describe(each, t, qualifierOf(each))}</bdi>
          <span class="muted">
            <KnownMoment at={each.knownFrom} />
            {each.knownTo !== null && (
              <>
                {' – '}
                <KnownMoment at={each.knownTo} />
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Returns how the claims say that a figure is to be read. */
function qualifierOf({ claims, figureKind, population }: Statement): string | undefined {
  const own = claims.flatMap(({ figures }) =>
    figures.filter((each) => each.figureKind === figureKind && each.population === population),
  );
  return joined(own.map(({ qualifier }) => qualifier));
}

/** Returns how the sum of the figures that still hold is to be read. */
function qualifierOfSum(statements: readonly Statement[]): string | undefined {
  return joined(statements.filter(({ knownTo }) => knownTo === null).map(qualifierOf));
}

/** The voices of a figure, or the document or the data set if their names are not known. */
function Speaker({ statement }: { statement: Statement }) {
  const voices = speakers(statement);
  if (voices.length === 0 && statement.document) return <Text label={statement.document.label} />;
  return <Voices statement={statement} dataset={statement.claims[0]?.dataset ?? null} />;
}

function IntervalMark({ statement, most }: { statement: Statement; most: number }) {
  const { left, right, best, openLow, openHigh } = interval(statement, most, axis);
  const middle = rowHeight / 2;
  return (
    <svg class="interval" width={axis} height={rowHeight} viewBox={`0 0 ${axis} ${rowHeight}`} aria-hidden="true">
      <line class="axis" x1="0" x2={axis} y1={middle} y2={middle} />
      <rect x={left} y={middle - 3} width={Math.max(2, right - left)} height="6" />
      {openHigh && <path d={`M${axis - 8} ${middle - 6}L${axis} ${middle}L${axis - 8} ${middle + 6}z`} />}
      {openLow && <path d={`M8 ${middle - 6}L0 ${middle}L8 ${middle + 6}z`} />}
      {best !== undefined && <circle cx={best} cy={middle} r="4.5" />}
    </svg>
  );
}
