import path from "node:path";
import { expect, it, vi } from "vitest";
import { root } from "../run-step.js";
import { testSchema } from "./test-schema.js";

// Starts a compiler.
vi.setConfig({ testTimeout: 60_000 });

// `npm test -- scripts/docs -u` writes the file.
it("packages/cli/schemas/test.schema.json is what the types of a test say", async () => {
  await expect(testSchema()).toMatchFileSnapshot(path.join(root, "packages/cli/schemas/test.schema.json"));
});
