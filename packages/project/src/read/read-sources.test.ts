import { createProject } from "@cuecard/testing";
import { expect, it, onTestFinished } from "vitest";
import { openRegistry } from "../open-registry.js";

it("reads the texts of the versions that findings are about, each with its own text of a shared partial", async () => {
  const repository = createProject();
  for (const [name, partial] of Object.entries({ a: "A {{nme\n", b: "B\n{{nme\n", c: "fine\n" })) {
    repository.write({ [`prompts/${name}.md`]: "{{> x}}\n", "prompts/_x.md": partial }).commit();
    repository.tag(`${name}@v1`);
  }
  const registry = await openRegistry({ dir: repository.dir, config: { versions: "all" } });
  onTestFinished(() => registry.close());
  const diagnostics = (await registry.check()).diagnostics.filter(({ severity }) => severity === "error");
  const sources = await registry.sources(diagnostics);
  expect(diagnostics.map((found) => [found.subject?.name, sources(found.file, found.ref, found)])).toEqual([
    ["a", "A {{nme\n"],
    ["b", "B\n{{nme\n"],
  ]);
  expect(sources("prompts/_x.md", "v1")).toBeUndefined();
  expect([sources("prompts/b.md", "v1"), sources("prompts/c.md", "v1")]).toEqual(["{{> x}}\n", undefined]);
});
