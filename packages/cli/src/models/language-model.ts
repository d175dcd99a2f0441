// The AI SDK's models of our providers. With its providers, the SDK is 1.7 MB, which load with the first run.

import { createAnthropic } from "@ai-sdk/anthropic";
import { createGoogle } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModel } from "ai";
import type { Provider } from "./providers.js";

export function languageModel(provider: Provider, model: string, send: typeof fetch): LanguageModel {
  const { id, key, baseUrl: baseURL } = provider;
  // Only a compatible server can be without a key.
  const settings = { baseURL, apiKey: key ?? "", fetch: send };
  switch (id) {
    case "openai":
      return createOpenAI(settings)(model);
    case "anthropic":
      return createAnthropic(settings)(model);
    case "google":
      return createGoogle(settings)(model);
    case "compatible":
      return createOpenAICompatible({
        ...{ name: provider.name, baseURL, fetch: send, includeUsage: true, supportsStructuredOutputs: true },
        ...(key === undefined ? {} : { apiKey: key }),
      })(model);
  }
}
