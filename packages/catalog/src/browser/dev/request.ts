// Requests to the server of `cuecard dev`.

/** The server refused the request; the message says why. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** The server has ended, or no longer knows this browser. */
export class Unreachable extends Refused {}

/**
 * @param path Below `/@api/`.
 * @param body Sent as JSON.
 * @throws Refused if the server refuses, or is no longer there.
 */
export async function ask<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return (await post(path, body, signal)).json();
}

/** The same for answers that come in parts. */
export async function post(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const headers = { "content-type": "application/json" };
  const init: RequestInit = { method: "POST", headers, body: JSON.stringify(body), signal: signal ?? null };
  const response = await fetch(`/@api/${path}`, init).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new Unreachable("cuecard dev has ended, or cannot be reached", { cause: error });
  });
  if (response.ok) return response;
  if (response.status === 403) throw new Unreachable("open the address that cuecard dev printed");
  const { error } = await response.json().catch(() => ({ error: response.statusText }));
  throw new Refused(String(error));
}
