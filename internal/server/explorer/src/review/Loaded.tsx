import { useEffect, useRef } from 'preact/hooks';
import { say } from '../i18n/review';
import { view } from '../state/store';
import type { Json, Outcome } from '../proposal/types';

/** What was loaded, with links to its events in the explorer. */
export function Loaded({ answer }: { answer: Outcome }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const events = answer.effects?.events ?? [];
  return (
    <section class="loaded">
      <h3 ref={heading} tabIndex={-1}>
        {say('loaded.title', { records: answer.counts.records, claims: answer.counts.claims })}
      </h3>
      <ul>
        {events.map(({ event, title }) => (
          <li key={event}>
            <a href={`explore#${eventAddress(event)}`}>
              {say('loaded.show')} <bdi dir="auto">{title === '' ? event : title}</bdi>
            </a>
          </li>
        ))}
      </ul>
      <details>
        <summary>{say('loaded.report')}</summary>
        <dl class="report" lang="en" dir="ltr">
          {numbersOf(answer.report ?? {}).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

/** Returns the address of an event in the explorer, in the language and theme of the page. */
function eventAddress(event: string): string {
  const { language, theme } = view.value;
  return new URLSearchParams({
    v: '1',
    event,
    panel: 'evidence',
    ...(language !== 'en' && { lang: language }),
    ...(theme !== 'system' && { theme }),
  }).toString();
}

/** Returns the numbers of a report, with those of its parts by their paths. */
function numbersOf(report: Json, path = ''): [string, number][] {
  return Object.entries(report).flatMap(([name, value]): [string, number][] => {
    if (typeof value === 'number') return [[path + name, value]];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    return numbersOf(value as Json, `${path}${name} `);
  });
}
