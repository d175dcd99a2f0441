// `build --watch` when the build itself throws: a bug, which ends it.

import { createProjectFolder } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

const seen = vi.hoisted(() => ({ builds: 0, closed: 0 }));

vi.mock("../../project/src/build/build.js", () => ({
  buildProject: async () => {
    if (++seen.builds > 1) throw new Error("a bug of the second build");
    return { diagnostics: [], snapshot: undefined, package: undefined, locked: [], helperFiles: [] };
  },
}));
vi.mock("chokidar", () => ({
  watch: () => ({
    on() {},
    once: (_: string, ready: () => void) => ready(),
    close: async () => void seen.closed++,
  }),
}));

it("closes the watcher, which would keep the process alive", async () => {
  const { code, stderr } = await runCommand(["build", "--watch"], { cwd: createProjectFolder() });
  expect(stderr).toContain("a bug of the second build");
  expect(code).toBe(70);
  expect(seen.closed).toBe(1);
});
