// A server with tokens knows a browser by the cookie of a session, which scripts cannot read. The token is sent once.
import { signal } from '@preact/signals';

const address = 'session';

/** What the server lets a reader do; undefined until it is known. `none`: it needs a token. */
export const access = signal<'none' | 'read' | 'write' | undefined>(undefined);

/** Asks for the name of the reader's token, empty without one, and what it allows. */
export async function sessionName(): Promise<string> {
  try {
    const response = await fetch(address, { headers: { accept: 'application/json' } });
    const session = (await response.json()) as { name?: string; access?: 'read' | 'write' };
    access.value = response.ok ? (session.access ?? 'read') : 'none';
    return session.name ?? '';
  } catch {
    return '';
  }
}

/** Begins a session. It returns false if the server does not know the token, and rejects if it does not answer. */
export async function signIn(token: string): Promise<boolean> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (!response.ok && response.status !== 401) throw new Error(`status ${response.status}`);
  return response.ok;
}

/** Ends the session. It rejects if that failed. */
export async function signOut(): Promise<void> {
  const response = await fetch(address, { method: 'DELETE', headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`status ${response.status}`);
}
