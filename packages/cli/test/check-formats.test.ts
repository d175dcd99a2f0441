// The formats of `check` for CI services and code hosts, with findings of every kind. e2e/tools/sarif.test.ts validates SARIF.

import { createProject, prepared, type TestRepository } from "@cuecard/testing";
import { XMLValidator } from "fast-xml-parser";
import { expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** An error with a place, a warning with one, an error in a released version, and a note; with text that formats must escape. */
const project = prepared((): TestRepository => {
  const repository = createProject({
    "prompts/old.md": "---\ninput: { schema: { a: string } }\n---\n{{b}}",
    "prompts/a b & <c>.md": "Odd name",
    "aliases.json": '{ "old": { "production": "v1" } }\n',
  });
  repository.commit();
  repository.tag("old@v1");
  repository.write({
    "prompts/old.md": "---\ninput: { schema: { a: string } }\n---\nFixed {{a}}\n",
    "prompts/new.md": '---\ninput:\n  schema:\n    "x<y>&\\u0007": string\n---\n{{missing}} {name}\n',
  });
  return repository;
});

async function check(format: string, ...more: string[]) {
  const { stdout, stderr, code } = await runCommand(["check", "--format", format, ...more], { cwd: project().dir });
  return { stdout, stderr, code };
}

it("sarif has a rule for each code, and a region only in files of the working tree", async () => {
  const { stdout, stderr, code } = await check("sarif");
  const [run] = JSON.parse(stdout).runs;
  const codes = new Set(run.results.map(({ ruleId }: { ruleId: string }) => ruleId));
  expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([...codes].sort());
  for (const { ruleId, ruleIndex, locations, message, partialFingerprints } of run.results) {
    expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    const { artifactLocation, region } = locations[0].physicalLocation;
    expect(new URL(artifactLocation.uri, "file:///").href).toBe(`file:///${artifactLocation.uri}`);
    if (message.text.includes("@v1")) expect(region).toBeUndefined();
    expect(partialFingerprints["cuecard/v1"]).toMatch(/^[0-9a-f]{40}$/);
  }
  expect(run.results).toContainEqual(
    expect.objectContaining({
      ruleId: "template/undeclared-variable",
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "prompts/new.md", uriBaseId: "%SRCROOT%" },
            region: { startLine: 6, startColumn: 3, endLine: 6, endColumn: 10 },
          },
        },
      ],
    }),
  );
  expect([code, stderr]).toEqual([1, ""]);
});

it("gitlab has a key of its own for each finding, and a line", async () => {
  const { stdout, code } = await check("gitlab");
  const issues: { fingerprint: string; severity: string; location: { lines: { begin: number } } }[] =
    JSON.parse(stdout);
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  expect(new Set(issues.map(({ severity }) => severity))).toContain("critical");
  expect(issues.every(({ location }) => location.lines.begin >= 1)).toBe(true);
  expect(code).toBe(1);
});

it("junit is well-formed, and fails for errors; for warnings only with --strict", async () => {
  const counts: number[] = [];
  for (const more of [[], ["--strict"]]) {
    const { stdout } = await check("junit", ...more);
    expect(XMLValidator.validate(stdout)).toBe(true);
    const failures = stdout.split("<failure ").length - 1;
    expect(stdout).toContain(`failures="${failures}"`);
    counts.push(failures);
  }
  expect(counts[0]).toBeGreaterThan(0);
  expect(counts[1]).toBeGreaterThan(counts[0] ?? 0);
});

it.each(["sarif", "junit", "gitlab"])("%s says that nothing was found", async (format) => {
  const repository = createProject({ "prompts/ok.md": "Fine" });
  const { dir } = repository;
  repository.commit();
  repository.tag("ok@v1");
  await runCommand(["lock"], { cwd: dir });
  const { stdout, code } = await runCommand(["check", "--format", format], { cwd: dir });
  expect(stdout).toContain({ sarif: '"results": []', junit: 'name="no findings"', gitlab: "[]" }[format]);
  expect(code).toBe(0);
});

it("github annotates what a pull request changes before what it does not", async () => {
  const undeclared = (count: number) => "{{missing}}\n".repeat(count);
  const head = "---\ninput: { schema: { a: string } }\n---\n{{a}}\n";
  const repository = createProject({ "prompts/a.md": `${head}${undeclared(11)}`, "prompts/z.md": head });
  repository.commit();
  repository.git("checkout", "--quiet", "-b", "change");
  repository.write({
    "prompts/a.md": `${head}${undeclared(8)}{{fresh}}\n${undeclared(3)}`,
    "prompts/z.md": `${head}{{fresh}}\n`,
  });
  const { stdout } = await runCommand(["check", "--format", "github", "--base", "main"], { cwd: repository.dir });
  const errors = stdout.split("\n").filter((line) => line.startsWith("::error file="));
  expect(errors.slice(0, 2).map((line) => line.match(/file=([^,]+),line=(\d+)/)?.slice(1))).toEqual([
    ["prompts/a.md", "13"],
    ["prompts/z.md", "5"],
  ]);
  expect(errors).toHaveLength(10);
});
