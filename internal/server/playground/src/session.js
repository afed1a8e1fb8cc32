// A server with tokens recognises a browser by the cookie of a session, which scripts cannot read. The token itself is
// sent once and stored nowhere.
const address = new URL('session', document.baseURI);

/** Returns {name}, the name of this browser's token or '' if it has none, or null if the server requires a token. */
export async function currentSession() {
  try {
    const response = await fetch(address, { headers: { accept: 'application/json' } });
    return response.status === 401 ? null : await response.json();
  } catch {
    return { name: '' }; // If the server is unavailable, the first query reports it.
  }
}

/** Begins a session. Returns false if the server does not know the token. */
export async function signIn(token) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (!response.ok && response.status !== 401) throw await failure(response);
  return response.ok;
}

/** Ends the session. */
export async function signOut() {
  const response = await fetch(address, { method: 'DELETE', headers: { accept: 'application/json' } });
  if (!response.ok) throw await failure(response);
}

async function failure(response) {
  return new Error(`The server answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
}
