import path from "node:path";
import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// Tests import the packages' sources (the `cuecard-source` export condition), so that no stale build is tested.
const conditions = ["cuecard-source"];

/** The files that take longest, longest first: when they start first, the workers end at about the same time. */
const SLOWEST = [
  "e2e/tools/everywhere",
  "e2e/tools/package-managers",
  "e2e/tools/mlflow",
  "e2e/tools/task-runners",
  "e2e/tools/fresh-clone",
  "e2e/tools/deploying",
  "packages/cli/test/action-release",
  "scripts/docs/docs",
  "packages/cli/test/release-processes",
  "packages/cli/test/register",
  "packages/cli/test/cache-trust",
  "e2e/tools/first-project",
  "packages/cli/test/build",
  "e2e/generated-types",
  "e2e/sdk-requests",
  "packages/cli/test/helpers",
  "packages/registry/test/release-remote",
  "packages/project/src/helpers/read-helpers",
  "packages/cli/test/lifecycle-script",
];

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification) => {
      const name = path.relative(import.meta.dirname, moduleId).replace(/\.test\.ts$/, "");
      const found = SLOWEST.indexOf(name);
      if (found >= 0) return found;
      // Files that share modules come one after the other: between them, a worker keeps its modules.
      return SLOWEST.length + SHARING.findIndex((group) => group.name === project.name);
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

/** Tests that install other tools, such as package managers, or play whole pipelines: `npm run test:tools`. */
const TOOLS = [
  "e2e/tools/**/*.test.ts",
  "packages/cli/test/action.test.ts",
  "packages/cli/test/action-release.test.ts",
  "packages/cli/test/propose-anywhere.test.ts",
  "packages/cli/test/propose.test.ts",
];

/**
 * Groups of files that share loaded modules in a worker, because to load them takes longer than most tests. Each group has its own
 * workers. Tests that start git hundreds of times are apart from those that hold type checkers: to start a program takes several
 * times longer from a process that uses much memory, because its page tables are copied.
 */
const SHARING = [
  { name: "cli", include: ["packages/cli/{src,test}/**/*.test.ts"] },
  { name: "registry", include: ["packages/registry/{src,test}/**/*.test.ts"] },
  {
    name: "product",
    include: ["packages/!(cli|registry)/{src,test}/**/*.test.ts", "scripts/**/*.test.ts", "e2e/**/*.test.ts"],
  },
];

/** Tests that replace a module: other tests must not find it in its place. */
const REPLACING = ["packages/project/src/cache/compiled-file", "packages/cli/src/watch/watch"];

/** Tests that do not share loaded modules with others. The slowest start many programs or hold large type checkers. */
const ISOLATED = [...SLOWEST, ...REPLACING].map((name) => `${name}.test.ts`);

export default defineConfig({
  ssr: { resolve: { conditions } },
  resolve: { conditions },
  test: {
    sequence: { sequencer: SlowestFirst },
    // Every processor: by default, one is left idle.
    maxWorkers: "100%",
    // Most tests take less than a second. On a machine that does other work as well, each takes many times longer.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 20_000 } },
    setupFiles: [path.join(import.meta.dirname, "packages/testing/src/setup.ts")],
    projects: [
      ...SHARING.map((group) => ({
        extends: true as const,
        test: { ...group, exclude: [...configDefaults.exclude, ...ISOLATED, ...TOOLS], isolate: false },
      })),
      { extends: true, test: { name: "isolated", include: ISOLATED, exclude: [...configDefaults.exclude, ...TOOLS] } },
      { extends: true, test: { name: "tools", include: TOOLS } },
    ],
  },
});
