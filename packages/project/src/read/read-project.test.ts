import { greetProject } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { BuildCache } from "../cache/build-cache.js";
import { openProject } from "../settings/open-project.js";
import { readProject } from "./read-project.js";

// Hashing every released text would cost more than remembering its partials saves.
it("remembers the partials of working texts only", async () => {
  const { dir } = greetProject();
  const cache = new BuildCache(dir, "prompts");
  const remembered = vi.spyOn(cache, "rememberReferences");
  const asked = vi.spyOn(cache, "references");
  const { diagnostics } = await readProject(await openProject(dir), { cache, frozen: false });
  cache.close();
  expect(diagnostics).toEqual([]);
  const working = "---\ndescription: Greets\n---\nHi {{name}}, welcome to {{place}}!";
  expect(new Set(remembered.mock.calls.map(([text]) => text))).toEqual(new Set([working]));
  expect(new Set(asked.mock.calls.map(([text]) => text))).toEqual(new Set([working]));
});
