// A server with tokens knows a browser by the cookie of a session, which scripts cannot read. The token is sent once.

const address = 'session';

/** Returns the name of the reader's token; empty if there is none, or if the server needs none. */
export async function sessionName(): Promise<string> {
  try {
    const response = await fetch(address, { headers: { accept: 'application/json' } });
    return response.ok ? ((await response.json()) as { name: string }).name : '';
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
