// The models that a provider offers, as it says itself. https://platform.openai.com/docs/api-reference/models/list,
// https://docs.anthropic.com/en/api/models-list, https://ai.google.dev/api/models

import type { Provider } from "./providers.js";

/** In milliseconds: the page waits for it. */
const MOST_TIME = 5_000;
/** More than any provider has; a list to choose from. */
const MOST_MODELS = 1_000;

/** An answer with the status of an error, in the form of the AI SDK's `APICallError`. */
class ListError extends Error {
  override readonly name = "ListError";
  readonly statusCode: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string;

  constructor(response: Response, body: string) {
    super(response.statusText);
    this.statusCode = response.status;
    this.responseHeaders = Object.fromEntries(response.headers);
    this.responseBody = body;
  }
}

/** @throws Error that `explainFailure` reads. */
export async function listModels(provider: Provider, send: typeof fetch): Promise<readonly string[]> {
  const url = `${provider.baseUrl}/models${QUERY[provider.id] ?? ""}`;
  const response = await send(url, { headers: headersFor(provider), signal: AbortSignal.timeout(MOST_TIME) });
  if (!response.ok) throw new ListError(response, await response.text());
  return readNames(await response.json())
    .slice(0, MOST_MODELS)
    .sort();
}

const QUERY: Partial<Record<Provider["id"], string>> = { anthropic: "?limit=1000", google: "?pageSize=1000" };

function headersFor({ id, key }: Provider): Record<string, string> {
  if (key === undefined) return {};
  if (id === "anthropic") return { "x-api-key": key, "anthropic-version": "2023-06-01" };
  return id === "google" ? { "x-goog-api-key": key } : { authorization: `Bearer ${key}` };
}

interface Listed {
  readonly data?: unknown;
  readonly models?: unknown;
}

interface ListedModel {
  readonly id?: unknown;
  readonly name?: unknown;
  /** Of Google: `generateContent`, `embedContent`, … */
  readonly supportedGenerationMethods?: unknown;
}

function readNames(answer: unknown): string[] {
  const { data, models } = (answer ?? {}) as Listed;
  const all = [data, models].find(Array.isArray) ?? [];
  return all.flatMap((model: unknown) => {
    const { id, name, supportedGenerationMethods: methods } = (model ?? {}) as ListedModel;
    if (Array.isArray(methods) && !methods.includes("generateContent")) return [];
    const found = id ?? name;
    return typeof found === "string" && found !== "" ? [found.replace(/^models\//, "")] : [];
  });
}
