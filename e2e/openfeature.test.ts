// Feature flags that select versions, with the real OpenFeature SDK: what a flag leads to, and everything that makes it lead nowhere.

import { prompts } from "@cuecard/prompts/follow";
import { PromptArgumentError, withFlags } from "@cuecard/runtime/openfeature";
import {
  type EvaluationContext,
  type EvaluationDetails,
  type FlagValue,
  type Hook,
  InMemoryProvider,
  type JsonValue,
  OpenFeature,
  type Provider,
  type ResolutionDetails,
} from "@openfeature/server-sdk";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";

/** A flag for each value, named after it; for beta users `v3`, for others the default variant. */
const VALUES = ["v1", "2", "v3", "v9", "staging", "production", "dev", "latest", "prod", "", "constructor", "working"];
const URIS = ["prompts:/cost_analyst_prompt/3", "prompts:/cost_analyst_prompt@staging", "prompts:/incident_triage/2"];
const flag = (variants: Record<string, string>, contextEvaluator?: (context: EvaluationContext) => string) => ({
  variants,
  defaultVariant: "on",
  disabled: false,
  ...(contextEvaluator && { contextEvaluator }),
});
const configuration = {
  ...Object.fromEntries([...VALUES, ...URIS].map((value) => [`to:${value}`, flag({ on: value })])),
  "beta-version": flag({ on: "v2", beta: "v3" }, ({ beta }) => (beta === true ? "beta" : "on")),
  disabled: { ...flag({ on: "v3" }), disabled: true },
  number: { ...flag({ on: "v3" }), variants: { on: 3 } },
};

class BrokenProvider implements Provider {
  readonly metadata = { name: "broken" };
  readonly runsOn = "server";
  fail = (): Promise<ResolutionDetails<never>> => Promise.reject(new Error("the flag service is down"));
  resolveBooleanEvaluation = this.fail;
  resolveStringEvaluation = this.fail;
  resolveNumberEvaluation = this.fail;
  resolveObjectEvaluation = this.fail as <T extends JsonValue>() => Promise<ResolutionDetails<T>>;
}

beforeAll(async () => {
  await OpenFeature.setProviderAndWait(new InMemoryProvider(configuration));
  await OpenFeature.setProviderAndWait("broken", new BrokenProvider());
});
afterAll(() => OpenFeature.close());

const client = OpenFeature.getClient();
const flags = withFlags(prompts, client);
const ada = { targetingKey: "ada" };
const analyst = (flagKey: string, alias: "production" | "staging" = "production") =>
  flags.load(flagKey, ada, (load) => load("cost_analyst_prompt", alias));

it("loads what the flag names for the caller, and returns how it was decided", async () => {
  const choose = (beta: boolean) =>
    flags.load("beta-version", { ...ada, beta }, (load) => load("cost_analyst_prompt", "production"));
  const { prompt, flag, fallback } = await choose(true);
  expect(prompt.version).toBe(3);
  expect(prompt.format({ user_context: "", query: "Why?" })).toContain("Question: Why?");
  expect(flag).toMatchObject({ flagKey: "beta-version", value: "v3", variant: "beta", reason: "TARGETING_MATCH" });
  expect(fallback).toBeUndefined();
  expect((await choose(false)).prompt.version).toBe(2);
});

it("has the types of load", async () => {
  const { prompt } = await analyst("to:v3");
  expectTypeOf(prompt.name).toEqualTypeOf<"cost_analyst_prompt">();
  // @ts-expect-error: the prompt needs its query
  const call = () => prompt.format({ user_context: "" });
  // @ts-expect-error: no prompt has this name
  const other = () => flags.load("to:v3", ada, (load) => load("cost_analyst", "production"));
  // @ts-expect-error: a weighted alias needs a key
  const weighted = () => flags.load("to:v1", ada, (load) => load("finance/forecast", "production"));
  // @ts-expect-error: the context needs a targetingKey
  const anyone = () => flags.load("to:v3", {}, (load) => load("cost_analyst_prompt", "production"));
  expect([call, other, weighted, anyone].every((one) => typeof one === "function")).toBe(true);
});

it.each([
  ["to:v1", 1],
  ["to:2", 2],
  ["to:v3", 3],
  ["to:staging", 3],
  ["to:production", 2],
  ["to:latest", 3],
  ["to:prompts:/cost_analyst_prompt/3", 3],
  ["to:prompts:/cost_analyst_prompt@staging", 3],
])("%s leads production to v%i", async (flagKey, version) => {
  const { prompt, fallback } = await analyst(flagKey);
  expect(prompt).toMatchObject({ version });
  expect(fallback).toBeUndefined();
  expect(prompt.telemetry()).toMatchObject({ "cuecard.prompt.alias": "production" });
});

it.each<[flagKey: string, alias: "production" | "staging", code: string, reason: string]>([
  ["no such flag", "production", "flag-error", "FLAG_NOT_FOUND"],
  ["number", "production", "flag-error", "TYPE_MISMATCH"],
  ["disabled", "production", "no-value", "the flag disabled has no value"],
  ["to:", "production", "no-value", "the flag to: has no value"],
  ["to:v9", "production", "unknown-version", "this package does not contain cost_analyst_prompt@v9"],
  ["to:prod", "production", "unknown-alias", "its aliases are dev, production, staging"],
  ["to:constructor", "production", "unknown-alias", "no version or alias constructor"],
  ["to:working", "production", "working-file", "can lead to the working file only if"],
  ["to:dev", "production", "working-file", "can lead to the working file only if"],
  ["to:v1", "staging", "breaks-callers", 'input "time_context" is no longer accepted'],
  ["to:prompts:/incident_triage/2", "production", "other-prompt", "is not a version of cost_analyst_prompt"],
])("%s leaves %s: %s", async (flagKey, alias, code, reason) => {
  const { prompt, fallback } = await analyst(flagKey, alias);
  expect(prompt).toMatchObject({ version: alias === "staging" ? 3 : 2 });
  expect(fallback).toMatchObject({ code, reason: expect.stringContaining(reason) });
});

describe("a version in the code", () => {
  it.each(["v2", 2, "2" as "v2", "latest"] as const)("%j stays", async (ref) => {
    const { prompt, fallback } = await flags.load("to:v1", ada, (load) => load("cost_analyst_prompt", ref));
    expect(prompt).toMatchObject({ version: ref === "latest" ? 3 : 2 });
    expect(fallback?.code).toBe(ref === "latest" ? "unknown-alias" : "fixed-version");
  });
});

describe("weighted aliases", () => {
  const forecast = (flagKey: string, targetingKey: string) =>
    flags.load(flagKey, { targetingKey }, (load, caller) => load("finance/forecast", "production", caller));
  const keys = Array.from({ length: 100 }, (_, n) => `user-${n}`);

  it("take the targeting key as their key", async () => {
    for (const key of keys) {
      const { load } = prompts.follow({ source: () => undefined });
      const { version } = load("finance/forecast", "production", { key });
      expect((await forecast("no such flag", key)).prompt.version).toBe(version);
      expect((await forecast("to:production", key)).prompt.version).toBe(version);
    }
  });

  it("can be one version for a caller", async () => {
    for (const key of keys.slice(0, 20)) expect((await forecast("to:2", key)).prompt.version).toBe(2);
  });

  it("throw without a key, as load does", async () => {
    const call = flags.load("to:production", {} as never, (load, caller) =>
      load("finance/forecast", "production", caller),
    );
    await expect(call).rejects.toThrow("finance/forecast@production is split between versions: pass { key }");
  });
});

describe("a client that fails", () => {
  const load = async (getStringDetails: () => unknown) =>
    withFlags(prompts, { getStringDetails } as never).load("f", ada as never, (load) =>
      load("incident_triage", "production"),
    );

  it("leaves the compiled version if its provider fails", async () => {
    const broken = withFlags(prompts, OpenFeature.getClient("broken"));
    const { prompt, flag, fallback } = await broken.load("f", ada, (load) => load("incident_triage", "production"));
    expect(prompt.version).toBe(1);
    expect(flag).toMatchObject({ reason: "ERROR", errorCode: "GENERAL" });
    expect(fallback).toEqual({ code: "flag-error", reason: "GENERAL: the flag service is down" });
  });

  it.each<[what: string, answer: () => unknown, reason: string]>([
    [
      "throws",
      () => {
        throw new Error("no");
      },
      "GENERAL: no",
    ],
    ["rejects with nothing", () => Promise.reject(undefined), "GENERAL: nothing"],
    ["returns nothing", () => undefined, "GENERAL: the client returned nothing"],
    ["returns a number", () => ({ flagKey: "f", value: 3 }), "GENERAL: the client returned an object"],
  ])("leaves it if it %s", async (_, answer, reason) => {
    const { prompt, fallback } = await load(answer);
    expect(prompt.version).toBe(1);
    expect(fallback).toEqual({ code: "flag-error", reason });
  });

  it.each<[what: string, details: object, fallback: object | undefined]>([
    ["no error", { value: "v1", errorCode: null }, undefined],
    [
      "an error code that is not a string",
      { value: "v1", errorCode: 7 },
      { code: "flag-error", reason: "a number (7)" },
    ],
    [
      "a long message of several lines",
      { value: "", errorCode: "A\nB", errorMessage: `a\n${"x".repeat(100)}` },
      { code: "flag-error", reason: `A\\u000aB: a\\u000a${"x".repeat(55)}…` },
    ],
    [
      "a getter that throws",
      {
        value: "v1",
        get errorCode(): string {
          throw new Error("gone");
        },
      },
      { code: "flag-error", reason: "GENERAL: gone" },
    ],
    [
      "a value of several lines",
      { value: `a\u2028\n${"x".repeat(1000)}` },
      { code: "unknown-alias", reason: expect.stringMatching(/^[ -~…]{1,200}$/) },
    ],
    [
      "a URI of several lines",
      { value: `prompts:/${"x".repeat(1000)}/1` },
      { code: "other-prompt", reason: expect.stringMatching(/^[ -~…]{1,200}$/) },
    ],
    ["a long number", { value: "9".repeat(1000) }, { reason: expect.stringMatching(/^[ -~…]{1,200}$/) }],
  ])("reports %s", async (_, details, fallback) => {
    const loaded = await load(() => details);
    expect(loaded.prompt.version).toBe(1);
    if (fallback === undefined) expect(loaded.fallback).toBeUndefined();
    else expect(loaded.fallback).toMatchObject(fallback);
  });

  it("waits for an asynchronous function, and says if nothing was loaded", async () => {
    const { prompt, fallback } = await flags.load("to:v9", ada, async (load) => {
      await Promise.resolve();
      return load("cost_analyst_prompt", "production");
    });
    expectTypeOf(prompt.name).toEqualTypeOf<"cost_analyst_prompt">();
    expect([prompt.version, fallback?.code]).toEqual([2, "unknown-version"]);
    expect(await flags.load("to:v1", ada, () => 1)).toMatchObject({ prompt: 1, fallback: { code: "not-loaded" } });
    expect((await flags.load("no such flag", ada, () => 1)).fallback?.code).toBe("flag-error");
  });

  it("runs hooks of the evaluation", async () => {
    const seen: EvaluationDetails<FlagValue>[] = [];
    const hook: Hook = { after: (_, details) => void seen.push(details) };
    await flags.load("to:v3", ada, (load) => load("cost_analyst_prompt", "production"), { hooks: [hook] });
    expect(seen).toMatchObject([{ flagKey: "to:v3", value: "v3" }]);
  });

  it("leaves it for a context that cannot be read", async () => {
    const context = {
      get targetingKey(): string {
        throw new Error("gone");
      },
    };
    const { prompt, fallback } = await flags.load("to:v2", context, (load) => load("incident_triage", "production"));
    expect(prompt.version).toBe(1);
    expect(fallback?.code).toBe("flag-error");
  });

  it("and wrong arguments are typed errors", async () => {
    expect(() => withFlags(undefined as never, client)).toThrow(PromptArgumentError);
    expect(() => withFlags({ follow: () => undefined } as never, client)).toThrow("the entry point `follow`");
    expect(() => withFlags(prompts, undefined as never)).toThrow("pass an OpenFeature client");
    await expect(flags.load("to:v3", ada, undefined as never)).rejects.toThrow(PromptArgumentError);
    const wrong = flags.load("to:v3", ada, (load) =>
      load("cost_analist_prompt" as "cost_analyst_prompt", "production"),
    );
    await expect(wrong).rejects.toThrow('did you mean "cost_analyst_prompt"?');
  });
});
