// Makes a repository of many released prompts with `git fast-import`: every version its own commit and tag, prompts in
// folders of twenty, a shared partial, front matter and schemas that repeat between versions as they do in life.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface RepositorySize {
  readonly prompts: number;
  readonly versions: number;
  /** Which versions the generated package holds. Default: those that aliases point at. */
  readonly emits?: "aliased" | "all" | undefined;
}

/** Fills `dir` (replaced when it exists). Half of the tags are annotated; the result is packed. */
export function makeRepository(dir: string, { prompts, versions, emits = "aliased" }: RepositorySize): void {
  if (existsSync(dir)) rmSync(dir, { recursive: true });
  mkdirSync(dir, { recursive: true });
  git(dir, ["init", "--quiet", "--initial-branch=main"]);
  git(dir, ["fast-import", "--quiet", "--done"], importStream(prompts, versions));
  git(dir, ["reset", "--quiet", "--hard", "main"]);
  git(dir, ["repack", "-adq"]);
  git(dir, ["pack-refs", "--all"]);
  writeFileSync(join(dir, "aliases.json"), aliases(prompts, versions));
  writeFileSync(join(dir, "cuecard.config.json"), `${JSON.stringify({ versions: emits })}\n`);
  mkdirSync(join(dir, "packages/prompts"), { recursive: true });
  writeFileSync(join(dir, "packages/prompts/package.json"), `${JSON.stringify(generatedPackage, undefined, 2)}\n`);
}

const generatedPackage = {
  name: "@bench/prompts",
  version: "0.0.0",
  type: "module",
  exports: {
    ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
    "./*": { types: "./dist/prompts/*.d.ts", default: "./dist/prompts/*.js" },
  },
};

export function promptName(index: number): string {
  return `team-${String(Math.floor(index / 20)).padStart(2, "0")}/prompt-${String(index).padStart(4, "0")}`;
}

/** Production stands two versions behind, staging at the newest; every twentieth prompt runs an A/B test. */
function aliases(prompts: number, versions: number): string {
  const lines = Array.from({ length: prompts }, (_, index) => {
    const stable = Math.max(1, versions - 2);
    const production =
      index % 20 === 7 && versions > 1 ? { [`v${versions - 1}`]: 90, [`v${versions}`]: 10 } : `v${stable}`;
    return `  ${JSON.stringify(promptName(index))}: ${JSON.stringify({ production, staging: `v${versions}` })}`;
  });
  return `{\n${lines.join(",\n")}\n}\n`;
}

function importStream(prompts: number, versions: number): string {
  const out: string[] = [];
  let mark = 0;
  const blob = (text: string): number => {
    out.push(`blob\nmark :${++mark}\ndata ${Buffer.byteLength(text)}\n${text}\n`);
    return mark;
  };
  const partial = blob(GUIDELINES);
  let time = 1_700_000_000;
  let parent: number | undefined;
  for (let version = 1; version <= versions; version++)
    for (let index = 0; index < prompts; index++) {
      const name = promptName(index);
      const file = blob(promptText(index, version));
      const commit = ++mark;
      const who = `Bench <bench@example.com> ${time++} +0000`;
      const message = `Version ${version} of ${name}`;
      out.push(`commit refs/heads/main\nmark :${commit}\ncommitter ${who}\ndata ${message.length}\n${message}\n`);
      if (parent === undefined) out.push(`M 100644 :${partial} prompts/_guidelines.md\n`);
      else out.push(`from :${parent}\n`);
      out.push(`M 100644 :${file} prompts/${name}.md\n\n`);
      parent = commit;
      const tag = `${name}@v${version}`;
      if (index % 2 === 0) out.push(`tag ${tag}\nfrom :${commit}\ntagger ${who}\ndata ${message.length}\n${message}\n`);
      else out.push(`reset refs/tags/${tag}\nfrom :${commit}\n\n`);
    }
  out.push("done\n");
  return out.join("");
}

/** Twelve shapes of front matter over all prompts; the body changes with every version. */
function promptText(index: number, version: number): string {
  const shape = index % 12;
  const variables = Array.from({ length: 2 + (shape % 5) }, (_, n) => `variable_${n}`);
  const schema = variables
    .map((name, n) => `    ${name}: ${n % 3 === 2 ? "number" : "string"}, what ${name} is\n`)
    .join("");
  return `---
description: Answers questions of kind ${shape} from the data at hand
model: anthropic/claude-sonnet-4
config: { temperature: 0.${shape % 10}, maxOutputTokens: ${500 + 100 * shape} }
input:
  schema:
${schema}    items?(array, what was found):
      title: string
      amount: number
tags: { team: team-${shape}, kind: analyst }
---
You are analyst ${index} of the finance team. This is revision ${version} of your instructions.
Answer in a friendly, precise tone; name every amount in dollars and say which period it covers.

{{> guidelines}}

${variables.map((name) => `${name}: {{${name}}}\n`).join("")}
{{#if items}}
What was found:
{{#each items}}
- {{title}}: {{amount}} dollars{{#unless @last}};{{/unless}}
{{/each}}
{{else}}
Nothing was found; say so.
{{/if}}
${"Keep to the facts that you were given, and say plainly where they end.\n".repeat(4 + (index % 5))}`;
}

const GUIDELINES = `Guidelines:
- Give dollar amounts with two decimals.
- State the period that every figure covers.
- Name your sources.
`;

export function git(cwd: string, args: readonly string[], input?: string): string {
  const result = spawnSync("git", args, { cwd, input: input ?? "", encoding: "utf8", maxBuffer: 1 << 28 });
  if (result.status !== 0) throw new Error(`git ${args[0]}: ${result.stderr}`);
  return result.stdout;
}
