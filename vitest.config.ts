import path from "node:path";
import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// Tests import the packages' sources (the `cuecard-source` export condition), so that no stale build is tested.
const conditions = ["cuecard-source"];

/** The files that take longest, longest first: when they start first, the workers end at about the same time. */
const SLOWEST = [
  "e2e/tools/package-managers",
  "e2e/tools/task-runners",
  "e2e/tools/fresh-clone",
  "e2e/tools/deploying",
  "packages/cli/test/register",
  "scripts/docs/docs",
  "packages/cli/test/release-processes",
  "e2e/tools/first-project",
  "packages/cli/test/build",
  "e2e/generated-types",
  "packages/cli/test/action",
  "packages/cli/test/blame",
  "packages/cli/test/search",
  "packages/registry/test/release-remote",
  "packages/registry/test/release",
  "packages/cli/test/helpers",
  "packages/project/src/helpers/read-helpers",
  "packages/cli/test/hostile",
  "packages/cli/test/aliases-killed",
];

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const name = path.relative(import.meta.dirname, moduleId).replace(/\.test\.ts$/, "");
      return (SLOWEST.indexOf(name) + 1 || SLOWEST.length + 1) - 1;
    };
    return files.toSorted((a, b) => place(a) - place(b));
  }
}

/** Tests that install other tools, such as package managers: `npm run test:tools`. */
const TOOLS = "e2e/tools/**/*.test.ts";

/** Tests of packages that change nothing outside of their arguments. */
const FUNCTIONS = "packages/{model,build,runtime}/src/**/*.test.ts";

export default defineConfig({
  ssr: { resolve: { conditions } },
  resolve: { conditions },
  test: {
    sequence: { sequencer: SlowestFirst },
    // Every processor: by default, one is left idle.
    maxWorkers: "100%",
    testTimeout: 10_000,
    hookTimeout: 10_000,
    setupFiles: [path.join(import.meta.dirname, "packages/testing/src/remove-folders.ts")],
    projects: [
      {
        extends: true,
        test: {
          name: "product",
          include: ["packages/*/{src,test}/**/*.test.ts", "scripts/**/*.test.ts", "e2e/**/*.test.ts"],
          exclude: [...configDefaults.exclude, FUNCTIONS, TOOLS],
        },
      },
      {
        extends: true,
        // Pure functions: their tests share the modules that one worker has loaded.
        test: { name: "functions", include: [FUNCTIONS], isolate: false },
      },
      { extends: true, test: { name: "tools", include: [TOOLS] } },
    ],
  },
});
