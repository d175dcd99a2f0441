// By URI, as it stands in settings and traces; the compiler reads it, too. A chat prompt gives system text and messages.

import { load } from "@cuecard/prompts";
import type { ModelRequest } from "./model-request.js";

export function triageAlert(alert: string, onCall: string): ModelRequest {
  const prompt = load("prompts:/incident_triage@production");
  const { system, messages } = prompt.format({ alert, on_call: onCall });
  return { model: prompt.model, system, messages, promptUri: prompt.uri };
}
