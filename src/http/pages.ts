/** The page behind the sign-in link: exchanges the code in the fragment, then lists what can be asked and lets one try it. No outside resource is loaded. */
export const docsPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Taproot</title>
<link rel="stylesheet" href="/docs.css">
<body>
<h1>Taproot</h1>
<p id="who">Every relationship of every key account, as of any day, as known on any other day. <a href="/openapi.json">OpenAPI</a></p>
<form id="try">
  <select id="method"><option>GET</option><option>POST</option></select>
  <input id="path" value="/v1/accounts" size="60" spellcheck="false">
  <button>Send</button>
  <textarea id="body" rows="6" placeholder="JSON body of a command" hidden></textarea>
</form>
<pre id="answer"></pre>
<h2>Routes</h2>
<ul id="routes"></ul>
<script src="/docs.js"></script>
</body>
</html>
`;

/** The page's script, served apart so that no inline script has to be allowed. */
export const docsScript = `'use strict';
const at = (id) => document.getElementById(id);
async function signIn() {
  const code = location.hash.slice(1);
  if (!code) return;
  history.replaceState(null, '', location.pathname);
  const reply = await fetch('/v1/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code }) });
  at('who').append(reply.ok ? ' Signed in.' : ' This sign-in link was used already.');
}
async function send(event) {
  event.preventDefault();
  const method = at('method').value;
  const options = method === 'POST' ? { method, headers: { 'content-type': 'application/json' }, body: at('body').value || '{}' } : { method };
  const reply = await fetch(at('path').value, options);
  const text = await reply.text();
  let shown = text;
  try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch { /* not JSON: shown as it is */ }
  at('answer').textContent = reply.status + ' ' + reply.statusText + '\\n\\n' + shown.slice(0, 200000);
}
async function routes() {
  const contract = await (await fetch('/openapi.json')).json();
  for (const [path, methods] of Object.entries(contract.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.textContent = method.toUpperCase() + ' ' + path;
      link.href = '#';
      link.addEventListener('click', (event) => {
        event.preventDefault();
        at('method').value = method.toUpperCase();
        at('body').hidden = method !== 'post';
        at('path').value = path;
        scrollTo(0, 0);
      });
      item.append(link, ' ' + operation.summary);
      at('routes').append(item);
    }
  }
}
at('method').addEventListener('change', () => { at('body').hidden = at('method').value !== 'POST'; });
at('try').addEventListener('submit', send);
signIn().then(routes);
`;

/** The page's style. */
export const docsStyle = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fdfdfb; }
h1 { color: #2f5d34; } input, select, button, textarea { font: inherit; padding: .3rem .5rem; } textarea { display: block; width: 100%; margin-top: .5rem; font-family: monospace; }
textarea[hidden] { display: none; } pre { background: #f2f2ec; padding: 1rem; overflow: auto; max-height: 30rem; } li { font-size: .9rem; } a { color: #2f5d34; }
`;
