// What a service does with a generated package and the runtime's entry points. It runs unmodified wherever the package runs.

import { at, find, load, PromptArgumentError, PromptInputError, PromptNotFoundError, promptNames } from "@acme/prompts";
import { dev } from "@acme/prompts/finance/forecast";
import { prompts } from "@acme/prompts/follow";
import { toAiSdk } from "@cuecard/runtime/ai-sdk";
import { toAnthropic } from "@cuecard/runtime/anthropic";
import { toBedrock } from "@cuecard/runtime/bedrock";
import { toGoogle } from "@cuecard/runtime/google";
import { toLangChain } from "@cuecard/runtime/langchain";
import { toLangfusePrompt } from "@cuecard/runtime/langfuse";
import { toLangSmithMetadata } from "@cuecard/runtime/langsmith";
import { toMistral } from "@cuecard/runtime/mistral";
import { linkedPrompts } from "@cuecard/runtime/mlflow";
import { toOpenAiChat, toOpenAiResponse } from "@cuecard/runtime/openai";
import { withFlags } from "@cuecard/runtime/openfeature";
import { recordPrompt } from "@cuecard/runtime/otel";

function errorOf(call) {
  try {
    return call();
  } catch (error) {
    // Not the class's name, which minifiers shorten.
    const isKnown = [PromptArgumentError, PromptInputError, PromptNotFoundError].some((type) => error instanceof type);
    return `${isKnown && error.name}: ${error.message.split("\n")[0]}`;
  }
}

/** A line for each thing that it uses. */
export async function use() {
  const chat = load("triage", "dev");
  const input = { alert: "Spending rose 240 %", image: "data:image/png;base64,iVBORw0KGgo=" };
  const live = prompts.follow({ source: async () => ({ greet: { production: "v2" } }) });
  const before = live.load("greet", "production").version;
  await live.refresh();
  const client = { getStringDetails: async (flagKey) => ({ flagKey, value: "v2", reason: "STATIC" }) };
  const flagged = await withFlags(prompts, client).load("greet-version", { targetingKey: "ada" }, (load) =>
    load("greet", "production"),
  );
  const attributes = [];
  recordPrompt(chat, input, {
    span: { isRecording: () => true, setAttributes: (all) => void attributes.push(...Object.keys(all)) },
  });
  const requests = [toAiSdk, toAnthropic, toBedrock, toGoogle, toLangChain, toMistral, toOpenAiChat, toOpenAiResponse];
  return [
    promptNames.join(),
    load("greet", "production").format({ name: "Ada" }),
    load("prompts:/greet/2").format({ name: "Ada" }),
    at("dev")("greet").format({ name: "Ada" }),
    dev.format({ months: ["May", "June"] }),
    ["a", "b", "ä", "日本", "😀", "\ud800"].map((key) => load("greet", "half", { key }).version).join(),
    `${find("greet", "v9")}`,
    errorOf(() => load("gret", "dev")),
    errorOf(() => load("greet", "half")),
    errorOf(() => load("greet", "dev").format({ nmae: "Ada" })),
    errorOf(() => load("checked", "dev").format({ code: "A" })),
    load("checked", "dev").format({ code: "a" }),
    JSON.stringify(chat.parseOutput('```json\n{ "severity": "act" }\n```')),
    requests.map((request) => Object.keys(request(chat, input)).length).join(),
    [toLangfusePrompt, toLangSmithMetadata, linkedPrompts].map((make) => typeof make(chat)).join(),
    attributes.filter((name) => name.startsWith("gen_ai.")).join(),
    `${before} ${live.load("greet", "production").version} ${flagged.prompt.version} ${flagged.fallback}`,
  ].join("\n");
}
