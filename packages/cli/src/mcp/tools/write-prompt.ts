// The tool that writes: a prompt's file to a branch, as a commit. What the user has checked out stays as it is.

import type { Diagnostic } from "@cuecard/model";
import type { Registry } from "@cuecard/project";
import { RequestError } from "../../exit.js";
import { formatText } from "../../report/format-text.js";
import { plain } from "../../terminal/paint.js";
import { printableLine } from "../../terminal/text.js";
import { flagOf, type Tool, textOf } from "./tool.js";

export const writePrompt: Tool = {
  name: "write_prompt",
  title: "Write a prompt to a branch",
  description:
    "Write the whole file of a prompt, with its front matter, as a commit on a branch whose name begins with cuecard/. The prompt must compile. The user's files, index and current branch stay as they are, and nothing is pushed or released: a person reviews the branch and merges it.",
  parameters: {
    name: { type: "string", description: 'the prompt, such as "finance/forecast"; it may be new', required: true },
    source: { type: "string", description: "the text of the prompt's file, with its front matter", required: true },
    message: { type: "string", description: "the commit's message (default: Edit and the prompt's name)" },
    branch: { type: "string", description: "the branch (default: cuecard/ and the prompt's name)" },
    dryRun: { type: "boolean", description: "check the prompt and report what would be written" },
  },
  output: {
    branch: { type: "string" },
    file: { type: "string" },
    commit: { type: ["string", "null"] },
    created: { type: "boolean" },
    diagnostics: { type: "array" },
  },
  writes: true,
  run: (project, given, signal) =>
    project.use(async (registry) => {
      const source = textOf(given, "source") ?? "";
      const { plan, diagnostics } = await registry.planProposal({
        ...{ name: textOf(given, "name") ?? "", source },
        ...{ message: textOf(given, "message"), branch: textOf(given, "branch") },
      });
      if (plan === undefined) throw await refusal(registry, diagnostics, source);
      const { branch, file } = plan;
      const findings = await format(registry, diagnostics, source);
      if (flagOf(given, "dryRun")) {
        const what = plan.unchanged ? `${branch} already has this text` : `${file} would be committed to ${branch}`;
        const data = { branch, file, commit: null, created: false, diagnostics: [...diagnostics] };
        return { text: `${findings}${printableLine(what)}\n`, data };
      }
      const { result, diagnostics: problems } = await registry.applyProposal(plan);
      if (result === undefined) throw await refusal(registry, problems, source);
      const { commit, created } = result;
      const text = created
        ? `Committed ${file} to ${branch} (${commit.slice(0, 10)})\nNext: git diff HEAD...${branch}; then git push origin ${branch} and open a pull request`
        : `${file} already has this text; nothing was written`;
      return { text: `${findings}${text}\n`, data: { branch, file, commit, created, diagnostics: [...diagnostics] } };
    }, signal),
};

async function refusal(registry: Registry, diagnostics: readonly Diagnostic[], source: string): Promise<RequestError> {
  return new RequestError(`nothing was written\n${await format(registry, diagnostics, source)}`.trimEnd());
}

/** @param source The text of the draft, which some findings point into. */
async function format(registry: Registry, diagnostics: readonly Diagnostic[], source: string): Promise<string> {
  const known = await registry.sources(diagnostics);
  return formatText(diagnostics, {
    sources: (file, ref, finding) => (finding?.revision === "draft" ? source : known(file, ref, finding)),
    paint: plain,
  });
}
