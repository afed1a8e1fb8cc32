import { Fragment } from 'preact';
import { t } from '../i18n/messages';
import { Text } from './Named';
import type { NamedNode } from './speakers';

/** The names of nodes, with commas between them. Without nodes it says that no voice is named. */
export function NodeNames({ nodes }: { nodes: readonly NamedNode[] }) {
  if (nodes.length === 0) return <>{t('claim.noVoice')}</>;
  return (
    <>
      {nodes.map((node, i) => (
        <Fragment key={node.id}>
          {i > 0 && ', '}
          <Text label={node.label} />
        </Fragment>
      ))}
    </>
  );
}
