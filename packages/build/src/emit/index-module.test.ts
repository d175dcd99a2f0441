// Prompts → the package's main module, and its declarations.

import { describe, expect, it } from "vitest";
import { makeSnapshot, type SnapshotTexts } from "../../test/make-snapshot.js";
import { compile } from "../compile.js";

function emit(texts: SnapshotTexts): ReadonlyMap<string, string> {
  return compile(makeSnapshot(texts), { versions: "all", working: false }).files;
}

const TWO: SnapshotTexts = { versions: { "greet@v1": { "greet.md": "Hi" }, "a/b@v1": { "a/b.md": "Hello {{name}}" } } };

describe("emitIndexModule", () => {
  it("contains the code of every prompt, each in a function of its own", () => {
    const files = emit(TWO);
    const code = files.get("index.js") ?? "";
    expect(code).toContain('const prompts = new Map();\n\nprompts.set("a/b", () => {\nconst templateV1 = {\n');
    expect(code).toContain("\nreturn { __proto__: null, v1, latest: v1 };\n});\n");
    expect(code).toContain("\nexport const load = createLoad(prompts);\n");
    for (const name of ["greet", "a/b"]) {
      const [, statements] = /^import .*\n\n([\s\S]*)\nexport \{/m.exec(files.get(`prompts/${name}.js`) ?? "") ?? [];
      expect(code).toContain(`prompts.set("${name}", () => {\n${statements}`);
    }
  });

  it("imports what any of its prompts uses", () => {
    expect(emit(TWO).get("index.js")).toContain(
      'import { asText, createAt, createFind, createIncludes, createLoad, createReferences, namesOf, plainInputValidator, textPrompt } from "@cuecard/runtime";\n',
    );
  });

  it("quotes aliases that are not names", () => {
    const aliases = { greet: { "my-alias": { kind: "version", version: 1 } as const } };
    expect(emit({ ...TWO, aliases }).get("index.js")).toContain(
      'return { __proto__: null, v1, latest: v1, "my-alias": v1 };',
    );
  });
});
