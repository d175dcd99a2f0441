// Prompts → the package for `require`, which is the package for `import` in another form.

import type { AliasTarget } from "@cuecard/model";
import { describe, expect, it, vi } from "vitest";
import { makeSnapshot } from "../../test/make-snapshot.js";
import { writePackage } from "../../test/write-package.js";
import { compile } from "../compile.js";

// This file starts Node: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 30_000 });

const v = (version: number): AliasTarget => ({ kind: "version", version });
const { files } = compile(
  makeSnapshot({
    versions: {
      "greet@v1": { "greet.md": "Hi {{shout name}}" },
      "greet@v2": { "greet.md": "Hello {{name}}" },
      "a/b/c@v1": { "a/b/c.md": '{{role "system"}}Be calm.{{role "user"}}{{shout name}}' },
    },
    aliases: {
      greet: {
        "my-alias": v(1),
        constructor: v(2),
        half: { kind: "split", arms: [1, 2].map((version) => ({ version, weight: 1 })) },
      },
    },
  }),
  {
    versions: "all",
    working: false,
    helpers: {
      signatures: [
        { name: "shout", positional: [], rest: { name: "words", type: "any" }, named: [], returns: ["string"] },
      ],
      entry: "helpers/shout.js",
      commonJsEntry: "helpers/shout.cjs",
      files: new Map([
        ["helpers/shout.js", "export const shout = (word) => word + '!';\n"],
        ["helpers/shout.cjs", "exports.shout = (word) => word + '!';\n"],
      ]),
    },
  },
);

describe("the package for `require`", () => {
  it("exports and renders what the package for `import` does, with one copy of each prompt", () => {
    const code = `import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const show = (main, greet, deep) => ({
  exports: [main, greet, deep].map((module) => Object.keys(module).filter((name) => name !== "my-alias").sort()),
  references: [main.references("greet"), main.promptNames],
  texts: [
    ...["v1", "my-alias", "constructor"].map((ref) => main.load("greet", ref).format({ name: "Ada" })),
    ...["1", "2", "3", "4"].map((key) => main.load("greet", "half", { key }).format({ name: key })),
    greet.half.choose({ key: "1" }).format({ name: "1" }),
    deep.latest.format({ name: "Ada" }),
  ],
});
const modules = ["index", "prompts/greet", "prompts/a/b/c"];
const imported = show(...(await Promise.all(modules.map((name) => import(\`./dist/\${name}.js\`)))));
const required = modules.map((name) => require(\`./dist/\${name}.cjs\`));
const [main, greet] = required;
const result = {
  imported,
  required: show(...required),
  shared: main.load("greet", "v2") === greet.v2,
  compiled: greet.__esModule,
};`;
    const result = writePackage(files).run(code) as Record<"imported" | "required" | "shared" | "compiled", unknown>;
    expect(result.required).toEqual(result.imported);
    expect(result.required).toMatchObject({ texts: expect.arrayContaining(["Hi Ada!", "Hello Ada"]) });
    expect(result).toMatchObject({ shared: true, compiled: true });
  });

  it("declares the same types, with modules of its own", () => {
    const types = files.get("index.d.ts") ?? "";
    expect(types).toContain('import("./prompts/a/b/c.js")');
    expect(files.get("index.d.cts")).toBe(types.replaceAll(/(import\("\.\/prompts\/[^"]+)\.js"/g, '$1.cjs"'));
    expect(files.get("prompts/greet.d.cts")).toBe(files.get("prompts/greet.d.ts"));
  });
});

it("names the types of each module for Deno", () => {
  expect(files.get("index.js")).toContain('\n// @ts-self-types="./index.d.ts"\n');
  expect(files.get("prompts/a/b/c.js")).toContain('\n// @ts-self-types="./c.d.ts"\n');
});
