// A generated package of prompts that are given as texts, with the runtime beside it.

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CHECKOUT, packageEntry } from "./paths.js";

type Compiler = typeof import("../packages/build/src/index.js");

/** A working file. */
export interface PromptTexts {
  readonly name: string;
  readonly text: string;
  /** Texts of partials, by name. */
  readonly partials?: Readonly<Record<string, string>>;
}

/** @returns The package's dist folder. */
export async function writePackage(dir: string, prompts: readonly PromptTexts[]): Promise<string> {
  const { compile } = (await import(packageEntry("build"))) as Compiler;
  const working = prompts.map(({ name, text, partials = {} }) => ({
    name,
    digest: `sha256-${name}`,
    content: {
      prompt: { path: `prompts/${name}.md`, text },
      partials: Object.entries(partials).map(([partial, body]) => ({ path: `prompts/_${partial}.md`, text: body })),
    },
  }));
  const snapshot = {
    promptsDir: "prompts",
    working,
    workingNames: [],
    workingPartials: [],
    schemaNames: [],
    versions: [],
    aliases: [],
    scores: [],
  };
  const { files, diagnostics } = compile(snapshot, { versions: "all", working: true });
  if (files.size === 0) throw new Error(JSON.stringify(diagnostics));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(dir, "dist", path)), { recursive: true });
    writeFileSync(join(dir, "dist", path), text);
  }
  writeFileSync(join(dir, "package.json"), '{ "type": "module", "sideEffects": false }');
  mkdirSync(join(dir, "node_modules/@cuecard"), { recursive: true });
  symlinkSync(join(CHECKOUT, "packages/runtime"), join(dir, "node_modules/@cuecard/runtime"), "junction");
  return join(dir, "dist");
}
