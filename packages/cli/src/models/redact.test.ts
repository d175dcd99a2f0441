import type { RunEvent } from "@cuecard/project";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainFailure } from "./explain-failure.js";
import { readProviders } from "./providers.js";
import { redactEvent, StreamRedactor, secretsOf } from "./redact.js";

/** Keys with all that JSON and addresses write in another way, and dummies named like members and kinds of events. */
const KEYS = ['sk-"quoted"-key', "sk\\back\\slash", "sk-ключ-ünï-key", "sk-a+b/c=d&e f", "reasoning", "tool-call"];

describe.each(KEYS)("with the key %s", (key) => {
  const secrets = secretsOf([key]);
  const escaped = JSON.stringify(key).slice(1, -1);
  const provider = readProviders({ OPENAI_API_KEY: key }, undefined)[0];
  if (provider === undefined) throw new Error("no provider");

  it.each<[RunEvent, RunEvent]>([
    [
      { type: "tool-call", name: key, input: { [`a ${key}`]: [`b ${key}`, { c: key, d: 1, e: null }] } },
      { type: "tool-call", name: "[key]", input: { "a [key]": ["b [key]", { c: "[key]", d: 1, e: null }] } },
    ],
    [
      { type: "reasoning", text: `it is ${key}` },
      { type: "reasoning", text: "it is [key]" },
    ],
    [
      { type: "warning", message: `${key}!` },
      { type: "warning", message: "[key]!" },
    ],
    [
      { type: "error", problem: key, hint: key, detail: `{"error":"${escaped}"}`, retryAfter: 2 },
      { type: "error", problem: "[key]", hint: "[key]", detail: '{"error":"[key]"}', retryAfter: 2 },
    ],
    [
      {
        ...{ type: "done", finishReason: "stop", usage: { reasoning: 3 }, total: 5 },
        answer: { isValid: true, value: { answer: key } },
      },
      {
        ...{ type: "done", finishReason: "stop", usage: { reasoning: 3 }, total: 5 },
        answer: { isValid: true, value: { answer: "[key]" } },
      },
    ],
    [
      { type: "done", finishReason: "stop", usage: {}, total: 5, answer: { isValid: false, problem: `not ${key}` } },
      { type: "done", finishReason: "stop", usage: {}, total: 5, answer: { isValid: false, problem: "not [key]" } },
    ],
  ])("cleans %j", (event, expected) => {
    expect(redactEvent(event, secrets)).toEqual(expected);
  });

  it.each([0, 990, 997, 1_100])("finds it in a refusal, also where it would be cut after %d characters", (length) => {
    const filler = "x".repeat(length);
    const asked = { provider, model: "m", secrets };
    const wanted = `${filler}[key]`;
    const cut = wanted.length > 1_000 ? `${wanted.slice(0, 1_000)}…` : wanted;
    expect(explainFailure({ statusCode: 400, message: `${filler}${key}` }, asked)).toMatchObject({ detail: cut });
    expect(explainFailure({ statusCode: 400, responseBody: `${filler}${escaped}` }, asked).detail).toBe(cut);
  });

  it("finds it in a text, however that is cut, as it is and within JSON", () => {
    fc.assert(
      fc.property(fc.constantFrom(key, escaped), fc.array(fc.nat(60), { maxLength: 6 }), (form, cuts) => {
        const text = `The key is ${form}, not ${form.slice(0, -1)}.`;
        const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length].sort((a, b) => a - b);
        const redactor = new StreamRedactor(secrets);
        const parts = places.slice(1).map((end, index) => redactor.push(text.slice(places[index], end)));
        expect([...parts, redactor.end()].join("")).toBe(`The key is [key], not ${form.slice(0, -1)}.`);
      }),
    );
  });
});
