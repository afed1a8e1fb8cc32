import { Fragment } from 'preact';
import { language, t } from '../i18n/messages';
import { listParts } from '../i18n/format';
import { Text } from './Named';
import type { NamedNode } from './speakers';

/** The names of nodes, separated as the language does it. Without nodes it says that no voice is named. */
export function NodeNames({ nodes }: { nodes: readonly NamedNode[] }) {
  if (nodes.length === 0) return <>{t('claim.noVoice')}</>;
  return (
    <>
      {listParts(
        language.value,
        nodes.map(({ id }) => id),
      ).map(({ type, value }, i) => {
        const node = type === 'element' && nodes.find(({ id }) => id === value);
        return <Fragment key={i}>{node ? <Text label={node.label} /> : value}</Fragment>;
      })}
    </>
  );
}
