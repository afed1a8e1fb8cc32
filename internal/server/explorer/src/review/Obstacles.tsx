import { say } from '../i18n/review';
import { keyOf } from '../proposal/items';
import type { Cause, Outcome } from '../proposal/types';
import { Words } from './Words';
import { causeOf } from './causes';
import { items, select, tab } from './state';

/** Decisions that cannot be carried out, records that the loader refuses, and what falls. */
export function Obstacles({ answer }: { answer: Outcome }) {
  const { faults, rejects, fallen } = answer;
  return (
    <>
      {faults && faults.length > 0 && (
        <section class="failure">
          <h3>{say('preview.faults', { count: faults.length })}</h3>
          <ul>
            {faults.map((fault, i) => (
              <Obstacle
                key={i}
                at={keyOf({ record: fault.record ?? 0, claim: fault.claim ?? 0, id: fault.id ?? '' })}
                field={fault.field}
                cause={fault}
              />
            ))}
          </ul>
        </section>
      )}
      {rejects && rejects.length > 0 && (
        <section class="failure">
          <h3>{say('preview.rejects', { count: rejects.length })}</h3>
          <ul>
            {rejects.map((reject, i) => (
              <Obstacle key={i} at={String(reject.record ?? '')} field={reject.pointer} cause={reject} />
            ))}
          </ul>
        </section>
      )}
      {fallen && fallen.length > 0 && (
        <details open={fallen.length <= 10}>
          <summary>{say('preview.fallen', { count: fallen.length })}</summary>
          <ul>
            {fallen.map((each, i) => (
              <Obstacle
                key={i}
                at={keyOf({ record: each.record ?? 0, claim: each.claim ?? 0, id: '' })}
                label={each.label}
                field={each.field}
                cause={each}
              />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

interface ObstacleProperties {
  /** The key of the item. */
  at: string;
  label?: string;
  field: string | undefined;
  cause: Cause;
}

/** Why something is not loaded, with a button that goes to its item. */
function Obstacle({ at, label, field, cause }: ObstacleProperties) {
  const item = items.value.find((each) => keyOf(each) === at);
  const go = () => {
    tab.value = 'items';
    select(at);
  };
  return (
    <li>
      {item && (
        <button type="button" class="plain title" onClick={go}>
          <bdi dir="auto">{(label ?? item.label).slice(0, 200)}</bdi>
        </button>
      )}{' '}
      {field !== undefined && field !== '' && <code dir="ltr">{field}</code>}{' '}
      <Words own={causeOf(cause, items.value)} english={cause.reason} />
    </li>
  );
}
