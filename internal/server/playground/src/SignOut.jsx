import { ToolbarButton } from '@graphiql/react';
import { signOut } from './session.js';

/** A toolbar button that ends the session and asks for a token again. */
export function SignOut() {
  async function leave() {
    try {
      await signOut();
      location.reload(); // Nothing that was read stays on the page.
    } catch (error) {
      window.alert(`The session has not ended. ${error.message}`);
    }
  }
  return (
    <ToolbarButton label="Sign out" onClick={leave}>
      <svg className="graphiql-toolbar-icon" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5"
        strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
        <path d="M6 2.5H3v11h3M10 5l3 3-3 3M13 8H6.5" />
      </svg>
    </ToolbarButton>
  );
}
