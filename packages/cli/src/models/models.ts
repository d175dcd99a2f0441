// The models on which `cuecard dev` runs prompts when it was started with `--model-calls`. Nothing that is sent or answered is kept.

import type { ModelChoice, ModelProvider, ModelRequest, Models, RunEvent } from "@cuecard/project";
import { RequestError } from "../exit.js";
import { explainFailure } from "./explain-failure.js";
import { guardFetch } from "./guarded-fetch.js";
import { listModels } from "./list-models.js";
import { KEY_NAMES, type KnownProvider, type Provider, parseModel, readProviders } from "./providers.js";
import { redact, redactEvents, secretsOf } from "./redact.js";

export interface ModelSettings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A server with OpenAI's API, in place of `OPENAI_BASE_URL`. */
  readonly baseUrl: string | undefined;
  /** For how many milliseconds a provider may send nothing. Default: five minutes. */
  readonly silence?: number;
}

/** How many runs there can be at a time: of two versions in two tabs. */
const MOST_RUNS = 4;

/** Shorter values are words that servers without keys accept: "ollama". */
const SHORTEST_SECRET = 8;

export class ModelRunner {
  readonly providers: readonly Provider[];
  readonly #secrets: readonly string[];
  readonly #silence: number | undefined;
  readonly #listed = new Map<Provider, readonly string[]>();
  #running = 0;

  /** @throws UsageError if an address is not that of a server. */
  constructor({ env, baseUrl, silence }: ModelSettings) {
    this.providers = readProviders(env, baseUrl);
    const keys = Object.values(KEY_NAMES).flatMap((name) => env[name]?.trim() ?? []);
    this.#secrets = secretsOf(keys.filter((key) => key.length >= SHORTEST_SECRET));
    this.#silence = silence;
  }

  /** @param wanted The prompt's own model. */
  async offer(wanted: string | undefined): Promise<Models> {
    const providers = await Promise.all(this.providers.map((provider) => this.#describe(provider)));
    return { isOn: true, providers, ...this.#choose(wanted, providers) };
  }

  /**
   * @returns Events as lines of JSON. The run ends when they are no longer read.
   * @throws RequestError if the provider is not there, or too much is running.
   */
  run(request: ModelRequest, { provider: id, model }: ModelChoice, signal: AbortSignal): ReadableStream<Uint8Array> {
    const provider = this.providers.find((one) => one.id === id);
    if (provider === undefined) throw new RequestError("cuecard dev has no key for this provider");
    if (model.trim() === "") throw new RequestError("choose a model");
    if (this.#running >= MOST_RUNS)
      throw new RequestError(`${MOST_RUNS} runs are in progress: stop one, or wait until one has ended`);
    const stop = new AbortController();
    const events = this.#events(request, { provider, model }, AbortSignal.any([signal, stop.signal]));
    return toLines(redactEvents(events, this.#secrets), () => stop.abort());
  }

  async *#events(
    request: ModelRequest,
    { provider, model }: { readonly provider: Provider; readonly model: string },
    signal: AbortSignal,
  ): AsyncGenerator<RunEvent> {
    this.#running++;
    try {
      const [{ languageModel }, { runModel }] = await Promise.all([
        import("./language-model.js"),
        import("./run-model.js"),
      ]);
      const send = guardFetch(this.#silence);
      yield* runModel({
        ...{ request, provider, model, signal, secrets: this.#secrets },
        languageModel: languageModel(provider, model, send),
      });
    } finally {
      this.#running--;
    }
  }

  async #describe(provider: Provider): Promise<ModelProvider> {
    const { id, name, baseUrl } = provider;
    const described = { id, name, host: new URL(baseUrl).host };
    const known = this.#listed.get(provider);
    if (known !== undefined) return { ...described, models: known };
    try {
      const listed = await listModels(provider, guardFetch());
      const models = listed.map((model) => redact(model, this.#secrets));
      this.#listed.set(provider, models);
      return { ...described, models };
    } catch (error) {
      return { ...described, models: [], problem: explainFailure(error, { provider, secrets: this.#secrets }) };
    }
  }

  #choose(wanted: string | undefined, described: readonly ModelProvider[]): { chosen?: ModelChoice; note?: string } {
    const [first] = this.providers;
    if (first === undefined) return {};
    const named = wanted === undefined ? undefined : parseModel(wanted);
    const own = this.providers.find(({ id }) => id === named?.provider);
    if (named !== undefined && own !== undefined) return { chosen: { provider: own.id, model: named.model } };
    const offered = (id: string) => described.find((one) => one.id === id)?.models ?? [];
    const server = this.providers.find(({ id }) => id === "compatible");
    const served =
      server && [wanted, named?.model].find((name) => name !== undefined && offered(server.id).includes(name));
    if (server !== undefined && served !== undefined) return { chosen: { provider: server.id, model: served } };
    const model = first.defaultModel ?? offered(first.id)[0] ?? "";
    const chosen = { provider: first.id, model };
    if (wanted === undefined) return { chosen };
    return {
      chosen,
      note: `The prompt's own model, ${wanted}, is not available here: ${explainAbsence(named?.provider, server)}.`,
    };
  }
}

/** @param server The one that is used in place of OpenAI. A key would not bring OpenAI back. */
function explainAbsence(provider: KnownProvider | undefined, server: Provider | undefined): string {
  if (provider === undefined) return "its provider is not known";
  if (provider === "openai" && server !== undefined)
    return `${server.name}, which is used in place of OpenAI, does not list it`;
  return `${KEY_NAMES[provider]} is not set`;
}

function toLines(events: AsyncGenerator<RunEvent>, stop: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await events.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    cancel() {
      stop();
      // Not waited for: it ends when the provider's stream has.
      void events.return(undefined);
    },
  });
}
