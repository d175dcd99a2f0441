import path from "node:path";
import { expect, it, vi } from "vitest";
import { root } from "../run-step.js";
import { diagnosticsSchema } from "./diagnostics-schema.js";

// Starts a compiler.
vi.setConfig({ testTimeout: 60_000 });

// `npm test -- scripts/docs -u` writes the file.
it("packages/cli/schemas/diagnostics.schema.json is what the catalogue's types say", async () => {
  const file = path.join(root, "packages/cli/schemas/diagnostics.schema.json");
  await expect(diagnosticsSchema()).toMatchFileSnapshot(file);
});
