// Prompts → the declarations of the package's main module. How compilers judge them: e2e/generated-types.test.ts.

import { describe, expect, it } from "vitest";
import { makeSnapshot, type SnapshotTexts } from "../../test/make-snapshot.js";
import { compile } from "../compile.js";

function emit(texts: SnapshotTexts): string {
  return compile(makeSnapshot(texts), { versions: "all", working: false }).files.get("index.d.ts") ?? "";
}

const TWO: SnapshotTexts = { versions: { "greet@v1": { "greet.md": "Hi" }, "a/b@v1": { "a/b.md": "Hello {{name}}" } } };

describe("emitIndexTypes", () => {
  it("maps every name to its references, and says which there are", () => {
    const types = emit(TWO);
    expect(types).toContain(`export interface Prompts {
  "a/b": import("./prompts/a/b.js").Refs;
  greet: import("./prompts/greet.js").Refs;
}
`);
    expect(types).toContain('interface Known {\n  "a/b": "latest, v1";\n  greet: "latest, v1";\n}\n');
    expect(types).not.toContain("Unweighted");
    expect(types).not.toContain("Retire");
  });

  it("leaves out weighted aliases where no key is passed", () => {
    const arms = [
      { version: 1, weight: 1 },
      { version: 2, weight: 1 },
    ];
    const types = emit({
      versions: { ...TWO.versions, "greet@v2": { "greet.md": "Hi!" } },
      aliases: { greet: { production: { kind: "split", arms } } },
    });
    expect(types).toContain(`interface Unweighted extends Omit<Prompts, "greet"> {
  greet: Omit<import("./prompts/greet.js").Refs, "production">;
}
`);
    expect(types).toContain('greet: "latest, production (with { key }), v1, v2";');
  });

  it("cuts long lists of names", () => {
    const names = Array.from({ length: 14 }, (_, n) => `p${n + 10}`);
    const types = emit({ versions: Object.fromEntries(names.map((name) => [`${name}@v1`, { [`${name}.md`]: "Hi" }])) });
    expect(types).toContain("the prompts are p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21 and 2 more;");
  });

  it("declares retired versions", () => {
    expect(emit({ ...TWO, retired: { "greet@v1": "use a/b" } })).toContain(
      'interface Retirements {\n  greet: import("./prompts/greet.js").Retirements;\n}\n',
    );
  });
});
