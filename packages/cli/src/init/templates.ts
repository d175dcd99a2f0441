// The texts of the files that `init` writes.

import { ALIASES_FILE, CONFIG_FILE, type Config, LOCK_FILE } from "@cuecard/project";
import { packageVersion } from "../package.js";
import { entryPoints } from "./entry-points.js";
import { ACTION_FOLDER, RELEASE_WORKFLOW_FILE } from "./facts.js";

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

/** The paths whose changes are released, as lines of YAML. */
function pathLines(folder: string, prompts: string): string {
  const prefix = folder === "" ? "" : `${folder}/`;
  const own = [`${prompts}/**`, ALIASES_FILE, LOCK_FILE, CONFIG_FILE, "package.json"].map((path) => prefix + path);
  return [...own, `${ACTION_FOLDER}/**`, RELEASE_WORKFLOW_FILE]
    .map((path) => `      - ${JSON.stringify(path)}`)
    .join("\n");
}

const SETUP_NODE = `      - uses: actions/setup-node@6044e13b5dc448c55e2357c09f80417699197238 # v6.2.0
        with:
          node-version: 24`;

/**
 * It runs for every pull request: code that loads prompts may be anywhere, and a required check that is skipped blocks the merge.
 *
 * @param folder The project, relative to the repository's root: `""` or `services/bot`.
 */
export function workflowFile(folder: string): string {
  return `# Checks prompts, versions and aliases in pull requests, and annotates the lines with problems.
name: Prompts

on: pull_request

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
${SETUP_NODE}
      - uses: ./${ACTION_FOLDER}
${withFolder(folder)}`;
}

function withFolder(folder: string): string {
  return folder === "" ? "" : `        with:\n          working-directory: ${JSON.stringify(folder)}\n`;
}

/** The release workflow. Its runs do not overlap: each does what the default branch needs when it starts. */
export function releaseWorkflowFile(folder: string, prompts: string, defaultBranch: string): string {
  return `# After a merge: releases the prompts that changed, and prepares the pull request that promotes them.
name: Release prompts

on:
  push:
    branches: [${JSON.stringify(defaultBranch)}]
    paths:
${pathLines(folder, prompts)}
  workflow_dispatch:

permissions: {}

concurrency:
  group: release-prompts

jobs:
  release:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: write # for tags, the lines of prompts.lock, and the branch of the pull request
      pull-requests: write # for the pull request that promotes
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          persist-credentials: false
${SETUP_NODE}
      - uses: ./${ACTION_FOLDER}/release
${withFolder(folder)}`;
}

/**
 * The workflow that publishes the catalog. Releases are made with the token of a job, which starts no workflow for a push, so their
 * workflow starts this one. Only the job that deploys may write.
 */
export function catalogWorkflowFile(folder: string, defaultBranch: string): string {
  const branches = `branches: [${JSON.stringify(defaultBranch)}]`;
  return `# Publishes the catalog of prompts with GitHub Pages. Settings → Pages → Source must be "GitHub Actions".
name: Prompt catalog

on:
  push:
    ${branches}
  workflow_run:
    workflows: [Release prompts]
    types: [completed]
    ${branches}
  workflow_dispatch:

permissions: {}

concurrency:
  group: prompt-catalog

jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          fetch-depth: 0 # dates, authors and moves come from the history
          persist-credentials: false
${SETUP_NODE}
      - uses: ./${ACTION_FOLDER}/catalog
        id: catalog
${withFolder(folder)}      - uses: actions/upload-pages-artifact@7b1f4a764d45c48632c6b24a0339c27f5614fb0b # v4.0.0
        with:
          path: \${{ steps.catalog.outputs.path }}
  deploy:
    needs: build
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: \${{ steps.deploy.outputs.page_url }}
    steps:
      - uses: actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5
        id: deploy
`;
}

export function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
