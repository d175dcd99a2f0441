// The tools that explore the registry. Each answers what the command of its name prints, as text and as data.

import type { Diagnostic } from "@cuecard/model";
import type { Found, Outcome, Registry } from "@cuecard/project";
import { parseRef } from "@cuecard/project";
import { RequestError } from "../../exit.js";
import { plural } from "../../report/count.js";
import { comparisonJson, formatComparison } from "../../report/format-comparison.js";
import { formatHistory, historyJson, onlyAlias } from "../../report/format-history.js";
import { formatListing } from "../../report/format-listing.js";
import { formatPrompt, promptJson } from "../../report/format-prompt.js";
import { formatQueryError, formatResults, isPartOfFilter } from "../../report/format-search.js";
import { formatText } from "../../report/format-text.js";
import { undefinedToNull } from "../../report/json.js";
import { plain } from "../../terminal/paint.js";
import type { OutputStream } from "../../terminal/terminal.js";
import { flagOf, numberOf, type Parameter, type Tool, textOf } from "./tool.js";

const REFERENCE = 'such as "greet" (its latest version), "greet@production", "greet@v3" or "greet@working" (the file)';

const KEY: Parameter = { type: "string", description: "caller key that selects the version of a weighted alias" };

const LIMIT: Parameter = { type: "integer", description: "how many to return at most (default: 100)" };
const DEFAULT_LIMIT = 100;

/** Of a pipe, which has no width. */
const stream: OutputStream = { write() {}, interactive: false, columns: undefined };
const options = { paint: plain, width: undefined };

export const list: Tool = {
  name: "list",
  title: "List prompts",
  description: "List the prompts of this repository with their latest version and their aliases.",
  parameters: { limit: LIMIT },
  output: { prompts: { type: "array" }, total: { type: "integer" } },
  run: (project, given, signal) =>
    project.use(async (registry) => {
      const { prompts, diagnostics } = await registry.list();
      const shown = prompts.slice(0, numberOf(given, "limit") ?? DEFAULT_LIMIT);
      const text =
        prompts.length === 0 ? "This project has no prompts that can be read.\n" : formatListing(shown, options);
      const more = describeMore(prompts.length - shown.length, "use search to find some of them");
      return {
        text: text + more + (await formatErrors(registry, prompts.length === 0 ? diagnostics : [])),
        data: { prompts: shown.map(undefinedToNull), total: prompts.length },
      };
    }, signal),
};

export const search: Tool = {
  name: "search",
  title: "Search prompts",
  description:
    "Find prompts by words, or by a filter such as: name LIKE 'finance/%' AND tags.team = 'finops' AND text LIKE '%refund%'. Fields: name, text, description, model, alias, version, variables, tags.<key>.",
  parameters: {
    query: { type: "string", description: "words to find, or a filter", required: true },
    allVersions: {
      type: "boolean",
      description:
        "search all versions and working files (default: the latest versions, and those that aliases point at)",
    },
    limit: LIMIT,
  },
  output: { results: { type: "array" }, total: { type: "integer" } },
  run: (project, given, signal) =>
    project.use(async (registry) => {
      const query = textOf(given, "query") ?? "";
      const isFilter = isPartOfFilter(query);
      const outcome = await registry.search({
        ...(isFilter ? { query } : { words: query.split(/\s+/).filter((word) => word !== "") }),
        allVersions: flagOf(given, "allVersions"),
      });
      if (outcome.kind === "invalid") throw new RequestError(formatQueryError(query, outcome.error));
      const { results, searched } = (await unwrap(registry, outcome)).value;
      const shown = results.slice(0, numberOf(given, "limit") ?? DEFAULT_LIMIT);
      const text =
        results.length === 0
          ? `No match in ${plural(searched, "version")}.\n`
          : formatResults(shown, plain, undefined) + describeMore(results.length - shown.length, "narrow the search");
      return { text, data: { results: shown.map(undefinedToNull), total: results.length } };
    }, signal),
};

export const show: Tool = {
  name: "show",
  title: "Show a prompt",
  description: "Show one version of a prompt: its variables, template, model, settings, aliases and notes.",
  parameters: { ref: { type: "string", description: `the version, ${REFERENCE}`, required: true }, key: KEY },
  output: {
    name: { type: "string" },
    version: { type: ["integer", "string"] },
    template: { type: "string" },
    inputSchema: { type: "object" },
  },
  run: (project, given, signal) =>
    project.use(async (registry) => {
      const outcome = await registry.load(textOf(given, "ref") ?? "", { key: textOf(given, "key") });
      const { value } = await unwrap(registry, outcome);
      return { text: formatPrompt(value, plain, Number.POSITIVE_INFINITY), data: promptJson(value) };
    }, signal),
};

export const diff: Tool = {
  name: "diff",
  title: "Compare versions",
  description:
    "Compare two versions of a prompt: changes that break callers, other changes, and the text word by word.",
  parameters: {
    before: { type: "string", description: `the first version, ${REFERENCE}`, required: true },
    after: { type: "string", description: "the second version (default: the working file of the same prompt)" },
    key: KEY,
  },
  output: { before: { type: "object" }, after: { type: "object" }, breaking: { type: "boolean" } },
  run: (project, given, signal) =>
    project.use(async (registry) => {
      const before = textOf(given, "before") ?? "";
      const after = textOf(given, "after") ?? `${parseRef(before)?.name ?? before}@working`;
      const { value } = await unwrap(registry, await registry.compare(before, after, { key: textOf(given, "key") }));
      return { text: formatComparison(value, plain, Number.POSITIVE_INFINITY), data: comparisonJson(value) };
    }, signal),
};

export const history: Tool = {
  name: "history",
  title: "History of a prompt",
  description: "Show who released each version of a prompt and when, its notes and scores, and how its aliases moved.",
  parameters: {
    name: { type: "string", description: "the prompt, even if its file was deleted", required: true },
    alias: { type: "string", description: "show only the moves of this alias" },
  },
  output: { name: { type: "string" }, versions: { type: "array" }, moves: { type: "array" } },
  run: (project, given, signal) =>
    project.use(async (registry) => {
      const { value } = await unwrap(registry, await registry.history(textOf(given, "name") ?? ""));
      const shown = onlyAlias(value, textOf(given, "alias"));
      return {
        text: formatHistory(shown, plain, stream),
        data: historyJson(shown) as Readonly<Record<string, unknown>>, // An object: what `--json` prints.
      };
    }, signal),
};

/** @throws RequestError if it does not exist, or is broken. */
async function unwrap<T>(registry: Registry, outcome: Outcome<T>): Promise<Found<T>> {
  if (outcome.kind === "found") return outcome;
  if (outcome.kind === "unknown") throw new RequestError(outcome.problem, outcome.hint);
  throw new RequestError(`the project has errors\n${await formatErrors(registry, outcome.diagnostics)}`);
}

async function formatErrors(registry: Registry, diagnostics: readonly Diagnostic[]): Promise<string> {
  return formatText(diagnostics, { sources: await registry.sources(diagnostics), paint: plain });
}

function describeMore(count: number, instead: string): string {
  return count > 0 ? `… and ${count} more; ${instead}\n` : "";
}
