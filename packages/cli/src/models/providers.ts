// Which providers of models the environment has a key for. Keys stay in this process.

import { UsageError } from "@cuecard/model";

export type KnownProvider = "openai" | "anthropic" | "google";

export interface Provider {
  /** `compatible`: another server with OpenAI's API. */
  readonly id: KnownProvider | "compatible";
  /** As people know it. */
  readonly name: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** A secret; `undefined` for a server that needs none. */
  readonly key: string | undefined;
  /** The environment variable that has the key. */
  readonly keyName: string;
  /** A model to begin with. */
  readonly defaultModel: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const OPENAI = "https://api.openai.com/v1";

/** The environment variables with the keys of providers. The AI SDK gave them these names. */
export const KEY_NAMES: Readonly<Record<KnownProvider, string>> = {
  openai: "OPENAI_API_KEY",
  anthropic: "ANTHROPIC_API_KEY",
  google: "GOOGLE_GENERATIVE_AI_API_KEY",
};

/**
 * @param given A server with OpenAI's API, in place of `OPENAI_BASE_URL`.
 * @throws UsageError if an address is not that of a server.
 */
export function readProviders(env: Environment, given: string | undefined): readonly Provider[] {
  const keyOf = (provider: KnownProvider) => {
    const keyName = KEY_NAMES[provider];
    return { keyName, key: env[keyName]?.trim() || undefined };
  };
  const address = (name: string) => readUrl(env[name], name);
  const own = given === undefined ? address("OPENAI_BASE_URL") : parseUrl(given, "--base-url");
  const isOpenAi = own === undefined || new URL(own).host === new URL(OPENAI).host;
  const first: Provider = isOpenAi
    ? { id: "openai", name: "OpenAI", baseUrl: own ?? OPENAI, defaultModel: "gpt-5", ...keyOf("openai") }
    : { id: "compatible", name: new URL(own).host, baseUrl: own, defaultModel: undefined, ...keyOf("openai") };
  const others: readonly Provider[] = [
    {
      ...{ id: "anthropic", name: "Anthropic", defaultModel: "claude-sonnet-4-5", ...keyOf("anthropic") },
      baseUrl: address("ANTHROPIC_BASE_URL") ?? "https://api.anthropic.com/v1",
    },
    {
      ...{ id: "google", name: "Google", defaultModel: "gemini-2.5-flash", ...keyOf("google") },
      baseUrl: address("GOOGLE_GENERATIVE_AI_BASE_URL") ?? "https://generativelanguage.googleapis.com/v1beta",
    },
  ];
  return [first, ...others].filter((provider) => provider.key !== undefined || provider.id === "compatible");
}

function readUrl(text: string | undefined, name: string): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : parseUrl(text, name);
}

/** @throws UsageError without the address: it may have a password. */
function parseUrl(text: string, name: string): string {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    throw new UsageError(`${name} requires an address such as http://localhost:11434/v1`);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new UsageError(`${name} requires an address that begins with http:// or https://`);
  if (url.username !== "" || url.password !== "")
    throw new UsageError(`${name} must not have a user name or password: set the server's key as OPENAI_API_KEY`);
  if (url.search !== "" || url.hash !== "") throw new UsageError(`${name} must not have a query or a fragment`);
  return url.href.replace(/\/+$/, "");
}

/** Prefixes and beginnings of models' names, by which their provider is known. */
const KNOWN: readonly (readonly [KnownProvider, prefix: RegExp, beginning: RegExp])[] = [
  ["openai", /^openai\//, /^(?:gpt-|chatgpt-|o\d)/],
  ["anthropic", /^anthropic\//, /^claude-/],
  ["google", /^(?:google|googleai|vertexai|gemini)\//, /^gemini-/],
];

export interface NamedModel {
  /** `undefined` if the name does not show it. */
  readonly provider: KnownProvider | undefined;
  /** As the provider's own API has it. */
  readonly model: string;
}

/** @param model As prompts have it: `anthropic/claude-sonnet-4`, `gpt-5`. */
export function parseModel(model: string): NamedModel {
  for (const [provider, prefix, beginning] of KNOWN) {
    if (prefix.test(model)) return { provider, model: model.replace(prefix, "") };
    if (beginning.test(model)) return { provider, model };
  }
  return { provider: undefined, model };
}
