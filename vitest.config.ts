import { defineConfig } from "vitest/config";

// Tests import the packages' sources (the `cuecard-source` export condition), so that no stale build is tested.
const conditions = ["cuecard-source"];

export default defineConfig({
  ssr: { resolve: { conditions } },
  resolve: { conditions },
  test: {
    include: ["packages/*/{src,test}/**/*.test.ts", "scripts/**/*.test.ts", "e2e/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
