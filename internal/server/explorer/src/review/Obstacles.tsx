import { say } from '../i18n/review';
import { keyOf } from '../proposal/items';
import type { Outcome } from '../proposal/types';
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
            {faults.map(({ record, claim, id, field, reason }, i) => (
              <Reason
                key={i}
                at={keyOf({ record: record ?? 0, claim: claim ?? 0, id: id ?? '' })}
                field={field}
                reason={reason}
              />
            ))}
          </ul>
        </section>
      )}
      {rejects && rejects.length > 0 && (
        <section class="failure">
          <h3>{say('preview.rejects', { count: rejects.length })}</h3>
          <ul>
            {rejects.map(({ record, pointer, reason }, i) => (
              <Reason key={i} at={String(record ?? '')} field={pointer} reason={reason} />
            ))}
          </ul>
        </section>
      )}
      {fallen && fallen.length > 0 && (
        <details open={fallen.length <= 10}>
          <summary>{say('preview.fallen', { count: fallen.length })}</summary>
          <ul>
            {fallen.map(({ record, claim, label, field, reason }, i) => (
              <Reason
                key={i}
                at={keyOf({ record: record ?? 0, claim: claim ?? 0, id: '' })}
                label={label}
                field={field}
                reason={reason}
              />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

interface ReasonProperties {
  /** The key of the item. */
  at: string;
  label?: string;
  field: string | undefined;
  reason: string;
}

/** Why something is not loaded, with a button that goes to its item. The server's words are English. */
function Reason({ at, label, field, reason }: ReasonProperties) {
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
      <span lang="en" dir="ltr">
        {field !== undefined && field !== '' && <code>{field}</code>} {reason}
      </span>
    </li>
  );
}
