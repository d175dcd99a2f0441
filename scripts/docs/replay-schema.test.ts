import path from "node:path";
import { expect, it, vi } from "vitest";
import { root } from "../run-step.js";
import { replaySchema } from "./replay-schema.js";

// Starts a compiler.
vi.setConfig({ testTimeout: 60_000 });

// `npm test -- scripts/docs -u` writes the file.
it("packages/cli/schemas/replay.schema.json is what the types of a replay say", async () => {
  await expect(replaySchema()).toMatchFileSnapshot(path.join(root, "packages/cli/schemas/replay.schema.json"));
});
