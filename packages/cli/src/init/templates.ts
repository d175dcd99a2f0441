// The texts of the files that `init` writes.

import { ALIASES_FILE, CONFIG_FILE, type Config, LOCK_FILE } from "@cuecard/project";
import { packageVersion } from "../package.js";
import { entryPoints } from "./entry-points.js";
import { ACTION_FOLDER, WORKFLOW_FILE } from "./facts.js";

export function samplePrompt(): string {
  return `---
description: Greets a person and offers help
model: anthropic/claude-sonnet-4
input:
  schema:
    name: string, who is greeted
    topic?: string, what they came for
examples:
  - name: a first visit
    input: { name: Ada }
  - name: with a topic
    input: { name: Ada, topic: this month's invoice }
---
Greet {{name}} in one warm, plain sentence.
{{#if topic}}
Then offer to help with {{topic}}, and ask one question that helps you start.
{{else}}
Then ask what they would like help with.
{{/if}}
`;
}

/** @param schemas Path prefix of the folder with the JSON Schemas, relative to the file. */
export function aliasesFile(schemas: string | undefined, sample: boolean): string {
  const aliases = sample ? { greet: { dev: "working" } } : {};
  return asJson(schemas === undefined ? aliases : { $schema: `${schemas}aliases.schema.json`, ...aliases });
}

export function configFile(
  schemas: string | undefined,
  { prompts, out, tagPrefix, trimMessages }: Pick<Config, "prompts" | "out" | "tagPrefix" | "trimMessages">,
): string {
  const settings = {
    prompts,
    ...(tagPrefix === "" ? {} : { tagPrefix }),
    out,
    ...(trimMessages ? { trimMessages } : {}),
  };
  return asJson(schemas === undefined ? settings : { $schema: `${schemas}config.schema.json`, ...settings });
}

export function generatedManifest(name: string): string {
  return asJson({
    name,
    version: "0.0.0",
    private: true,
    description: "The prompts of this repository, compiled by cuecard",
    type: "module",
    sideEffects: false,
    files: ["dist"],
    ...entryPoints,
    dependencies: { "@cuecard/runtime": `^${packageVersion()}` },
  });
}

/** @param folder The project, relative to the repository's root: `""` or `services/bot`. */
export function workflowFile(folder: string, prompts: string): string {
  const prefix = folder === "" ? "" : `${folder}/`;
  const paths = [`${prompts}/**`, ALIASES_FILE, LOCK_FILE, CONFIG_FILE, "package.json"];
  const shared = [`${ACTION_FOLDER}/**`, WORKFLOW_FILE];
  return `# Checks prompts, versions and aliases in pull requests, and annotates the lines with problems.
name: Prompts

on:
  pull_request:
    paths:
${[...paths.map((path) => prefix + path), ...shared].map((path) => `      - ${JSON.stringify(path)}`).join("\n")}

permissions:
  contents: read
  pull-requests: write # for the comment with the review

concurrency:
  group: prompts-\${{ github.ref }}
  cancel-in-progress: true

jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          persist-credentials: false
      - uses: actions/setup-node@6044e13b5dc448c55e2357c09f80417699197238 # v6.2.0
        with:
          node-version: 24
      - uses: ./${ACTION_FOLDER}
${folder === "" ? "" : `        with:\n          working-directory: ${JSON.stringify(folder)}\n`}`;
}

export function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
