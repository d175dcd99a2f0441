import path from "node:path";
import { expect, it } from "vitest";
import { root } from "../run-step.js";
import { diagnosticsPage } from "./diagnostics-page.js";

// `npm test -- scripts/docs -u` writes the page.
it("docs/diagnostics.md is what the catalogue says", async () => {
  await expect(diagnosticsPage()).toMatchFileSnapshot(path.join(root, "docs/diagnostics.md"));
});

it("shows no message with a missing argument", () => {
  expect(diagnosticsPage().match(/.*(?:undefined|\[object Object\]|NaN).*/g) ?? []).toEqual([]);
});
