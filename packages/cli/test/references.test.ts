// What a build remembers of texts: only of working ones, since hashing every released text costs more than it spares.

import { greetProject } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { BuildCache } from "../../project/src/cache/build-cache.js";
import { runCommand } from "./run-command.js";

it("remembers the partials of working texts only", async () => {
  const { dir } = greetProject();
  const remembered = vi.spyOn(BuildCache.prototype, "rememberReferences");
  const asked = vi.spyOn(BuildCache.prototype, "references");
  expect((await runCommand(["check"], { cwd: dir })).code).toBe(0);
  const working = "---\ndescription: Greets\n---\nHi {{name}}, welcome to {{place}}!";
  expect(remembered.mock.calls).toEqual([[working, []]]);
  expect(asked.mock.calls).toEqual([[working]]);
});
