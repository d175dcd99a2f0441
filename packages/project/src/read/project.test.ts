import { greetProject } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { BuildCache } from "../cache/build-cache.js";
import { readSettings } from "../settings/read-settings.js";
import { ALL_TEXTS, createProject } from "./project.js";

// Hashing every released text would cost more than remembering its partials saves.
it("remembers the partials of working texts only", async () => {
  const { dir } = greetProject();
  const cache = new BuildCache(dir, "prompts");
  const remembered = vi.spyOn(cache, "rememberReferences");
  const settings = await readSettings(dir);
  const project = createProject({
    ...settings,
    git: "auto",
    frozen: false,
    cache,
    onFetch: undefined,
    onProgress: undefined,
  });
  const { diagnostics } = await project.snapshot({ texts: ALL_TEXTS });
  await project.repository.close();
  cache.close();
  expect(diagnostics).toEqual([]);
  expect(remembered.mock.calls).toEqual([
    ["partials", "---\ndescription: Greets\n---\nHi {{name}}, welcome to {{place}}!", []],
  ]);
});
