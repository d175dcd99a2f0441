import path from "node:path";
import { expect, it, vi } from "vitest";
import { root } from "../run-step.js";
import { reviewSchema } from "./review-schema.js";

// Starts a compiler.
vi.setConfig({ testTimeout: 60_000 });

// `npm test -- scripts/docs -u` writes the file.
it("packages/cli/schemas/review.schema.json is what the types of a review say", async () => {
  await expect(reviewSchema()).toMatchFileSnapshot(path.join(root, "packages/cli/schemas/review.schema.json"));
});
