import { ToolbarButton, useGraphiQL } from '@graphiql/react';
import { useEffect, useState } from 'react';
import { linkTo } from './link.js';

/** A toolbar button that copies a link to the query in the editor. */
export function CopyLink() {
  const { queryEditor, variableEditor } = useGraphiQL(
    ({ queryEditor, variableEditor }) => ({ queryEditor, variableEditor }));
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    const link = linkTo(location, { query: queryEditor.getValue(), variables: variableEditor.getValue() });
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      // The clipboard needs HTTPS and the user's permission. Without them, show the link to copy by hand.
      window.prompt('Copy this link', link);
    }
  }
  return (
    <ToolbarButton label={copied ? 'Link copied' : 'Copy a link to this query'} onClick={copy}>
      <svg className="graphiql-toolbar-icon" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5"
        strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
        {copied ? (
          <path d="M3 8.5l3.5 3.5L13 4.5" />
        ) : (
          <path d={'M6.7 9.3a2.7 2.7 0 0 0 3.8 0l2.2-2.2a2.7 2.7 0 0 0-3.8-3.8l-.8.8' +
            'M9.3 6.7a2.7 2.7 0 0 0-3.8 0L3.3 8.9a2.7 2.7 0 0 0 3.8 3.8l.8-.8'} />
        )}
      </svg>
    </ToolbarButton>
  );
}
