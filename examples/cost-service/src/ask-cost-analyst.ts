// By name and alias: whatever `production` points at in aliases.json is what is deployed.

import { load } from "@cuecard/prompts";
import type { ModelRequest } from "./model-request.js";

/** @param userContext Who is asking, and what they may see. */
export function askCostAnalyst(query: string, userContext: string): ModelRequest {
  const prompt = load("cost_analyst_prompt", "production");
  return {
    model: prompt.model,
    system: undefined,
    messages: [{ role: "user", content: prompt.format({ query, user_context: userContext }) }],
    promptUri: prompt.uri,
  };
}
