// Prompts → the package's main module, and its declarations.

import { describe, expect, it } from "vitest";
import { makeSnapshot, type SnapshotTexts } from "../../test/make-snapshot.js";
import { compile } from "../compile.js";

function emit(texts: SnapshotTexts): ReadonlyMap<string, string> {
  return compile(makeSnapshot(texts), { versions: "all", working: false }).files;
}

const TWO: SnapshotTexts = { versions: { "greet@v1": { "greet.md": "Hi" }, "a/b@v1": { "a/b.md": "Hello {{name}}" } } };

describe("emitIndexModule", () => {
  it("contains every prompt in its compact form, each in a function of its own", () => {
    const code = emit(TWO).get("index.js") ?? "";
    expect(code).toContain(
      `const prompts = new Map();\n\nprompts.set("a/b", function () {\nreturn unpack('{"name":"a/b","versions":[1],`,
    );
    expect(code).toContain(`"template":[["Hello {{name}}"]],`);
    expect(code).toContain(`"aliases":[["latest",0]],"lines":[]}', [
  ($) => textPrompt($, { render: (input) => "Hello " + asText(input.name), input: plainInputValidator, accepts: `);
    expect(code).toContain(`prompts.set("greet", function () {\nreturn unpack('{"name":"greet",`);
    expect(code).toContain("\nexport const load = createLoad(prompts);\n");
  });

  it("imports what any of its prompts uses", () => {
    expect(emit(TWO).get("index.js")).toContain(
      'import { asText, createAt, createFind, createIncludes, createLoad, createReferences, namesOf, plainInputValidator, textPrompt, unpack } from "@cuecard/runtime";\n',
    );
  });
});
