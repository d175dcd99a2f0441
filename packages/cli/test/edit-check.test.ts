// An edited text has the findings that `cuecard check` reports once it is saved.

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createRepository } from "@cuecard/testing";
import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openRegistry } from "../src/index.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const FRAGMENTS = [
  "Hello {{name}}!\n",
  "{{#each items}}- {{this}} {{@index}}\n{{/each}}\n",
  "🙂 {{nme}} ",
  "{{> rules}} ",
  "{{> missing}} ",
  "{{#if name}}x{{endif}}",
  "{{",
  "{name} ",
  '{{role "sytem"}}\n',
  "{{json}}",
  "{{#each name}}{{/if}}",
  "é\u200b ",
  "\n\n",
];

const HEADS = [
  "",
  "---\ninput:\n  schema:\n    name: string\n    items(array): string\n---\n",
  "---\ndesciption: 🙂 a\nmodel: a: b\n---\n",
  "---\nmodel: x\n",
  "---\nexamples:\n  - name: A\n    input: { nme: Ada }\ninput:\n  schema: Person\n---\n",
];

const text = fc
  .tuple(fc.constantFrom(...HEADS), fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 5 }))
  .map(([head, parts]) => head + parts.join(""));
const sent = fc.tuple(text, fc.boolean(), fc.boolean()).map(([plain, hasMark, isWindows]) => {
  const lines = isWindows ? plain.replaceAll("\n", "\r\n") : plain;
  return hasMark ? `\ufeff${lines}` : lines;
});

async function openProject() {
  const repository = createRepository();
  repository.write({
    "prompts/_rules.md": "Be brief, {{name}}.\n",
    "prompts/use.md": "{{> rules}}\n",
    "prompts/schemas/Person.yaml": "type: object\nproperties: { name: { type: string } }\n",
  });
  repository.release("edited", 1, "Hello {{name}}!\n");
  const registry = await openRegistry({ dir: repository.dir });
  onTestFinished(() => registry.close());
  return { repository, registry };
}

/** Line and column of an offset, as findings count them: without a byte-order mark. */
function placeOf(exact: string, offset: number): string {
  const before = exact.slice(0, offset).replace(/^\ufeff/, "");
  return `${before.split("\n").length}:${before.length - before.lastIndexOf("\n")}`;
}

async function compare(file: string, texts: fc.Arbitrary<string>) {
  const { repository, registry } = await openProject();
  const place = path.join(repository.dir, file);
  const saved = readFileSync(place);
  await fc.assert(
    fc.asyncProperty(texts, async (exact) => {
      const { result } = await registry.checkEdit({ file, text: exact });
      writeFileSync(place, exact);
      const { diagnostics } = await registry.check();
      writeFileSync(place, saved);
      const own = diagnostics.filter((finding) => finding.file === file && finding.ref === undefined);
      const expected = own.map(({ code, message, hint, range }) =>
        [
          code,
          message,
          hint,
          range && `${range.start.line}:${range.start.column}-${range.end.line}:${range.end.column}`,
        ].join(" "),
      );
      const found = (result?.findings ?? []).filter((finding) => finding.file === file);
      const actual = found.map(({ code, message, hint, range }) =>
        [code, message, hint, range && `${placeOf(exact, range.from)}-${placeOf(exact, range.to)}`].join(" "),
      );
      expect(actual.sort()).toEqual([...new Set(expected)].sort());
    }),
    { numRuns: 12 },
  );
}

describe("an edited text has the findings that it will have when it is saved", () => {
  it("of a prompt", () => compare("prompts/edited.md", sent));
  it("of a partial", () => compare("prompts/_rules.md", sent));
});

it("of two programs that save at once, one saves and the other gets its text", async () => {
  const { repository, registry } = await openProject();
  const other = await openRegistry({ dir: repository.dir });
  onTestFinished(() => other.close());
  const file = "prompts/edited.md";
  for (let round = 0; round < 10; round++) {
    const digest = (await registry.editSource(file)).result?.digest ?? "";
    const texts = [`First ${round}`, `Second ${round}`];
    const saves = await Promise.all(
      [registry, other].map((one, index) => one.saveEdit({ file, text: texts[index] ?? "", digest })),
    );
    const won = saves.map(({ result }) => result?.saved);
    expect(won.toSorted()).toEqual([false, true]);
    const text = texts[won.indexOf(true)];
    expect(saves[won.indexOf(false)]?.result).toMatchObject({ conflict: { text } });
    expect(readFileSync(path.join(repository.dir, file), "utf8")).toBe(text);
  }
});
