// Model settings in `config`: which values and names are reported, where, and for which model.

import { describe, expect, it } from "vitest";
import { compileText } from "../../test/render.js";

/** What is reported, each as `line:column message`. */
function findings(config: string, model = ""): string[] {
  const { content, diagnostics } = compileText(`---\n${model && `model: ${model}\n`}config: ${config}\n---\nHello`);
  expect(content).toBeDefined();
  return diagnostics.map(({ severity, message, range }) => {
    expect(severity).toBe("warning");
    return `${range?.start.line}:${range?.start.column} ${message}`;
  });
}

describe("a value that model APIs refuse", () => {
  it.each([
    ["{ temperature: -0.5 }", '2:24 "config.temperature" must be a number from 0 to 2, but is a number (-0.5)'],
    ["{ temperature: 2.1 }", "a number from 0 to 2"],
    ['{ temperature: "0.2" }', 'but is a string ("0.2")'],
    ["{ temperature: warm }", "a number from 0 to 2"],
    ["{ top_p: 1.5 }", "a number from 0 to 1"],
    ["{ topP: -0.1 }", "a number from 0 to 1"],
    ["{ top_p: high }", "a number from 0 to 1"],
    ["{ top_k: 10.5 }", "an integer of at least 1"],
    ["{ topK: 0 }", "an integer of at least 1"],
    ["{ max_tokens: 0 }", "an integer of at least 1"],
    ["{ max_tokens: 100.5 }", "an integer of at least 1"],
    ["{ maxTokens: -10 }", "an integer of at least 1"],
    ["{ maxOutputTokens: 0 }", "an integer of at least 1"],
    ["{ max_output_tokens: true }", "but is a boolean (true)"],
    ["{ max_completion_tokens: 1k }", "an integer of at least 1"],
    ["{ frequency_penalty: 2.5 }", "a number from -2 to 2"],
    ["{ frequencyPenalty: strong }", "a number from -2 to 2"],
    ["{ presence_penalty: -3 }", "a number from -2 to 2"],
    ["{ presencePenalty: [] }", "but is an array of 0"],
    ["{ seed: 1.5 }", "an integer, but is"],
    ["{ random_seed: -1 }", "an integer of at least 0"],
    ["{ stop: 3 }", "a string or a list of strings"],
    ["{ stop: [a, 1] }", "a string or a list of strings"],
    ["{ stop_sequences: END }", "a list of strings"],
    ["{ stopSequences: [END, 123] }", "a list of strings"],
    ["{ n: 0 }", "an integer from 1 to 128"],
    ["{ n: 129 }", "an integer from 1 to 128"],
    ["{ candidateCount: 9 }", "an integer from 1 to 8"],
    ["{ logprobs: yes }", "true, false or an integer from 0 to 20"],
    ["{ top_logprobs: 21 }", "an integer from 0 to 20"],
    ["{ stream: yes }", "true or false"],
    ["{ reasoning_effort: 3 }", "a string, but is"],
    ["{ temperature: { default: 1 } }", "but is an object"],
  ])("%s", (config, said) => {
    const found = findings(config);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(said);
  });

  it.each([
    ["{ temperature: 1.2 }", "anthropic/claude-sonnet-4", "a number from 0 to 1 for Anthropic's models"],
    ["{ temperature: 1.2 }", "claude-opus-4-1", "from 0 to 1 for Anthropic's"],
    ["{ temperature: 1.2 }", "us.anthropic.claude-sonnet-4-v1:0", "from 0 to 1 for Anthropic's"],
    ["{ temperature: 1.2 }", "vertexai/claude-sonnet-4", "from 0 to 1 for Anthropic's"],
    ["{ top_k: -1 }", "claude-opus-4-1", "an integer of at least 0 for Anthropic's"],
    ["{ temperature: 1.6 }", "mistral/mistral-large-latest", "from 0 to 1.5 for Mistral's"],
    ["{ temperature: 1.6 }", "mistral-large-latest", "from 0 to 1.5 for Mistral's"],
  ])("%s with %s", (config, model, said) => {
    const found = findings(config, model);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(said);
  });
});

describe("a name", () => {
  it.each([
    ["{ temprature: 1 }", '2:11 "config.temprature" looks like a misspelled model setting', "temperature"],
    ["{ temparature: 1 }", "temparature", "temperature"],
    ["{ tempreature: 1 }", "tempreature", "temperature"],
    ["{ Temperature: 1 }", "Temperature", "temperature"],
    ["{ maxtokens: 1 }", "maxtokens", "maxTokens"],
    ["{ max-tokens: 1 }", "max-tokens", "maxTokens"],
    ["{ max_token: 1 }", "max_token", "max_tokens"],
    ["{ maxOutputToken: 1 }", "maxOutputToken", "maxOutputTokens"],
    ["{ TopP: 1 }", "TopP", "topP"],
    ["{ stop_sequence: [a] }", "stop_sequence", "stop_sequences"],
    ["{ presence_penality: 1 }", "presence_penality", "presence_penalty"],
  ])("%s is misspelled", (config, said, nearest) => {
    const { diagnostics } = compileText(`---\nconfig: ${config}\n---\nHello`);
    expect(findings(config)).toEqual([expect.stringContaining(said)]);
    expect(diagnostics[0]?.hint).toBe(`did you mean "${nearest}"?`);
  });

  it("is there twice", () => {
    expect(findings("{ max_tokens: 1, maxTokens: 2 }")).toEqual([
      '2:26 "config.maxTokens" and "config.max_tokens" are the same setting',
    ]);
  });
});

describe("nothing is reported", () => {
  it.each([
    ["{ temperature: 0, top_p: 1, top_k: 1, max_tokens: 1, frequency_penalty: -2, presence_penalty: 2, seed: -1 }"],
    ["{ temperature: 2, topP: 0, topK: 40, maxOutputTokens: 8192, stopSequences: [], candidateCount: 8, n: 128 }"],
    ["{ stop: END, seed: 0, logprobs: true, top_logprobs: 0, stream: false }"],
    ["{ stop: [a, b], logprobs: 5, temperature: null, reasoning_effort: low }"],
    // Two APIs have different names for what is almost the same.
    ["{ max_tokens: 100, max_completion_tokens: 100 }"],
    // Unknown names are other APIs' settings.
    ["{ min_tokens: 5, minOutputTokens: 5, top_n: 3, top_a: 1, repetition_penalty: 1.1, max_new_tokens: 5 }"],
    ["{ reasoning_format: raw, reasoning: high, max_input_tokens: 5, num_tokens: 5, speed: 1, stops: 1, size: 1 }"],
    ["{ responseFormat: { temprature: 1 }, providerOptions: { openai: { temperature: 9 } }, constructor: 1 }"],
  ])("for %s", (config) => {
    expect(findings(config)).toEqual([]);
  });

  it.each([
    ["{ temperature: 1.2 }", "openai/gpt-5"],
    ["{ temperature: 1.2 }", "together/mistral-7b"],
    ["{ temperature: 1.8 }", "mistralai/Mixtral-8x7B-Instruct-v0.1"],
    ["{ temperature: 1.8 }", "mistral:7b"],
    ["{ top_k: 0 }", "anthropic/claude-sonnet-4"],
    ["{ temperature: 1.5 }", "mistral/mistral-large-latest"],
  ])("for %s with %s", (config, model) => {
    expect(findings(config, model)).toEqual([]);
  });
});
