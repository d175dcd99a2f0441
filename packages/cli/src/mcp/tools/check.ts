// The tool that looks for mistakes, as `cuecard check` does.

import type { Registry } from "@cuecard/project";
import { nearest } from "@cuecard/runtime";
import { RequestError } from "../../exit.js";
import { countFindings, plural } from "../../report/count.js";
import { formatText } from "../../report/format-text.js";
import { plain } from "../../terminal/paint.js";
import { numberOf, type Tool, textOf } from "./tool.js";

const DEFAULT_LIMIT = 50;

export const check: Tool = {
  name: "check",
  title: "Check prompts",
  description:
    "Find problems in prompts, versions, aliases, settings and prompts.lock. Each finding has a code, a place and what to do.",
  parameters: {
    prompt: { type: "string", description: "report only findings about this prompt" },
    limit: { type: "integer", description: `how many findings to return at most (default: ${DEFAULT_LIMIT})` },
  },
  output: {
    errors: { type: "integer" },
    warnings: { type: "integer" },
    diagnostics: { type: "array" },
    total: { type: "integer" },
  },
  run: (project, given, signal) =>
    project.use(async (registry) => {
      const prompt = textOf(given, "prompt");
      await requirePrompt(registry, prompt);
      const { diagnostics, prompts, versions } = await registry.check();
      const found = diagnostics.filter(({ subject }) => prompt === undefined || subject?.name === prompt);
      const shown = found.slice(0, numberOf(given, "limit") ?? DEFAULT_LIMIT);
      const { error, warning } = countFindings(found);
      const sources = await registry.sources(shown);
      const rest =
        found.length > shown.length ? `… and ${found.length - shown.length} more findings; pass prompt or limit\n` : "";
      const checked = `${plural(prompts, "prompt")}, ${plural(versions, "version")} checked`;
      return {
        text: `${formatText(shown, { sources, paint: plain })}${rest}${checked}${found.length === 0 ? ": no findings" : ""}\n`,
        data: { errors: error, warnings: warning, diagnostics: shown, total: found.length },
      };
    }, signal),
};

/** @throws RequestError if the prompt does not exist: no finding is about it, which must not look like a clean result. */
async function requirePrompt(registry: Registry, prompt: string | undefined): Promise<void> {
  if (prompt === undefined) return;
  const { names } = await registry.promptsAt();
  if (names.includes(prompt)) return;
  const near = nearest(prompt, names);
  throw new RequestError(
    `the prompt "${prompt}" does not exist`,
    near === undefined ? "list names all prompts" : `did you mean "${near}"?`,
  );
}
