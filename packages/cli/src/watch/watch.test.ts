// `build --watch` when the build itself throws: a bug, which ends it.

import { createProjectFolder } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { createTerminal } from "../../test/run-command.js";
import { openRegistry } from "../index.js";
import { commandContext } from "../support/command-context.js";
import { watch } from "./watch.js";

const seen = vi.hoisted(() => ({ closed: 0 }));

vi.mock("chokidar", () => ({
  watch: () => ({
    on() {},
    once: (_: string, ready: () => void) => ready(),
    close: async () => void seen.closed++,
  }),
}));

it("closes the watcher, which would keep the process alive", async () => {
  let builds = 0;
  const open: typeof openRegistry = async (options) => {
    const registry = await openRegistry(options);
    const build: typeof registry.build = async (wanted) => {
      if (++builds > 1) throw new Error("a bug of the second build");
      return registry.build(wanted);
    };
    return { ...registry, build };
  };
  const { terminal } = createTerminal({ cwd: createProjectFolder() });
  const watching = watch(await commandContext(terminal, {}), {}, open);
  await expect(watching).rejects.toThrow("a bug of the second build");
  expect(seen.closed).toBe(1);
});
