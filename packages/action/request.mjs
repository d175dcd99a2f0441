// Sends a request to GitHub's API, with the token that the step got.

const { GITHUB_API_URL: api = "https://api.github.com", CUECARD_TOKEN: token = "" } = process.env;

/**
 * @param path Below the address of the API: `repos/acme/shop/pulls`.
 * @param body What is sent as JSON; `undefined` for nothing.
 */
export function request(method, path, body) {
  return fetch(`${api}/${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "x-github-api-version": "2022-11-28",
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
}

/** Why a request failed, on one line and without what a log of GitHub would obey. */
export function reasonOf(error) {
  return String(error.cause?.message ?? error.message).replaceAll(/[\r\n%]/g, " ");
}
