// Prompts as people write them, including those of this repository: the compiler reports nothing.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { compileText } from "../../test/render.js";

const FOLDERS = [
  path.join(import.meta.dirname, "../../test/prompts"),
  path.join(import.meta.dirname, "../../../../prompts"),
];

it("a long text without any tag", () => {
  expect(compileText("Be brief. ".repeat(90_000)).diagnostics).toEqual([]);
});

describe.each(FOLDERS)("%s", (folder) => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".md"));
  const isPartial = (file: string) => path.basename(file).startsWith("_");
  const texts = new Map(files.map((file) => [file, readFileSync(path.join(folder, file), "utf8")]));
  const partials = Object.fromEntries(
    files.filter(isPartial).map((file) => [path.basename(file, ".md").slice(1), texts.get(file) ?? ""]),
  );

  it.each(files.filter((file) => !isPartial(file)))("%s", (file) => {
    const { content, diagnostics } = compileText(texts.get(file) ?? "", partials);
    expect(diagnostics.map(({ code, message, range }) => `${range?.start.line}: ${code}: ${message}`)).toEqual([]);
    expect(content).toBeDefined();
  });
});
