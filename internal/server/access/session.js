// Begins a session with the token in the address's fragment, which browsers do not send to the server.
const token = new URLSearchParams(location.hash.slice(1)).get('token');
const show = (text) => { document.getElementById('state').textContent = text; };
history.replaceState(null, '', location.pathname);
if (!token) {
  show('This address has no token. The server prints one that does: /session#token=…');
} else {
  fetch(location.pathname, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token }),
  }).then((response) => {
    if (response.ok) {
      location.replace('.');
    } else if (response.status === 401) {
      show('The server does not know this token. A token that it made when it started is valid until it stops.');
    } else {
      show(`The server answered ${response.status}.`);
    }
  }).catch(() => show('The server does not answer.'));
}
