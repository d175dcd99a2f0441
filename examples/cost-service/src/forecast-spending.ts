// By a weighted alias: production is split between two versions. The key keeps a cost center on its version.

import { load } from "@cuecard/prompts";
import type { ModelRequest } from "./model-request.js";

export interface MonthlySpending {
  readonly month: string;
  readonly dollars: number;
}

export function forecastSpending(costCenter: string, months: readonly MonthlySpending[]): ModelRequest {
  const prompt = load("finance/forecast", "production", { key: costCenter });
  return {
    model: prompt.model,
    system: undefined,
    messages: prompt.messages({ cost_center: costCenter, months }),
    promptUri: prompt.uri,
  };
}
