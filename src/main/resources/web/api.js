/** Requests to Wayside: reads, and changes with the token that protects against other sites' requests. */

const PATIENCE = 15000;

/** The JSON at a path; throws an Error with Wayside's own sentence if it refuses. */
export async function read(path) {
  return ask(path, { cache: 'no-store' });
}

/** Sends a command, with a body of JSON if there is one, and gives the answer. */
export async function change(path, body) {
  const headers = { 'X-XSRF-TOKEN': token() };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  return ask(path, { method: 'POST', headers, body: body === undefined ? undefined : JSON.stringify(body) });
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    throw new Error(`Wayside does not answer (${error.message}).`);
  }
  if (response.status === 401) {
    location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search + location.hash)}`);
  }
  if (!response.ok) {
    throw new Error(await reason(response));
  }
  return response.json();
}

async function reason(response) {
  try {
    return (await response.json()).error ?? `Wayside answered ${response.status}.`;
  } catch {
    return `Wayside answered ${response.status}.`;
  }
}

/** The cookie's name has the port, because another server on the same host has a token of its own. */
function token() {
  const port = location.port || (location.protocol === 'https:' ? '443' : '80');
  const names = [`XSRF-TOKEN-${port}`, 'XSRF-TOKEN'];
  const cookies = new Map(document.cookie.split('; ').map((each) => each.split('=', 2)));
  return cookies.get(names.find((name) => cookies.has(name))) ?? '';
}
