import { t } from '../i18n/messages';
import { DifferenceBadge, StatusBadge } from '../parts/Badge';
import { Text } from '../parts/Named';
import { openLink } from './actions';
import type { ComparedNetwork } from './compare';

const tableLength = 50;

/** The links as a table: links that differ from the earlier moment of knowledge first, then the heaviest. */
export function LinkTable({ network }: { network: ComparedNetwork }) {
  const names = new Map(network.nodes.map(({ node: { actor } }) => [actor.id, actor.label]));
  const shown = [...network.links]
    .sort((a, b) => Number(b.difference !== undefined) - Number(a.difference !== undefined) || b.weight - a.weight)
    .slice(0, tableLength);
  return (
    <details class="table">
      <summary>{t('table')}</summary>
      <table>
        <tbody>
          {shown.map(({ a, b, weight, support, difference }) => {
            const [first, second] = [names.get(a), names.get(b)];
            return (
              first &&
              second && (
                <tr key={a + b}>
                  <td>
                    <button type="button" class="plain" onClick={() => openLink([a, b])}>
                      <Text label={first} /> — <Text label={second} />
                    </button>
                  </td>
                  <td>{t('events', { count: weight })}</td>
                  <td>
                    {support?.unverified && <StatusBadge status="UNVERIFIED" />}{' '}
                    {support?.denied && <StatusBadge status="DENIED" />}
                  </td>
                  <td>{difference && <DifferenceBadge difference={difference} />}</td>
                </tr>
              )
            );
          })}
        </tbody>
      </table>
    </details>
  );
}
