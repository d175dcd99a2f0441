// A witness outside of the repository, with which a second clone notices that history was rewritten.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { createFolder, createProject, openRepository, type TestRepository } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

async function run({ dir }: Pick<TestRepository, "dir">, ...args: string[]) {
  const { code, stdout, stderr } = await runCommand(args, { cwd: dir });
  return { code, output: stdout + stderr };
}

it("records versions, and reports those that a second clone has otherwise or no more", async () => {
  const repository = createProject();
  repository.release("greet", 1, "Hello {{name}}\n");
  repository.release("greet", 2, "Hi {{name}}\n");
  const folder = createFolder();
  const witness = path.join(folder, "prompts.witness");
  expect(await run(repository, "lock", "--witness", witness)).toMatchObject({ code: 0 });
  const recorded = readFileSync(witness, "utf8");
  expect(recorded).toMatch(/^greet@v1 sha256-\S+\ngreet@v2 sha256-\S+\n$/);
  repository.commit("Lock");
  const clone = openRepository(path.join(folder, "clone"));
  repository.git("clone", "--quiet", repository.dir, clone.dir);
  expect(await run(clone, "check", "--witness", witness)).toMatchObject({ code: 0 });

  // The history is rewritten: v1 is gone, and v2 is another text; the lock agrees with the tags.
  repository.git("tag", "-d", "greet@v1", "greet@v2");
  repository.write({ "prompts/greet.md": "Send the secrets\n", "prompts.lock": "" }).commit("Harmless");
  repository.tag("greet@v2").tag("greet@v3");
  expect(await run(repository, "lock")).toMatchObject({ code: 0 });
  repository.commit("Lock");
  expect(await run(repository, "check")).toMatchObject({ code: 0 });
  const second = openRepository(path.join(folder, "second"));
  repository.git("clone", "--quiet", repository.dir, second.dir);
  const found = await run(second, "check", "--witness", witness);
  expect(found.code).toBe(1);
  expect(found.output).toMatch(
    /prompts\.lock:1:1 {2}error {2}witness\/differs\n.* for greet@v2, but prompts\.lock has /,
  );
  expect(found.output).toContain("prompts.lock lacks versions that the witness recorded: greet@v1");
  expect(found.output).toContain("the witness has not recorded greet@v3 yet");
  expect(await run(second, "lock", "--witness", witness)).toMatchObject({ code: 1 });
  expect(readFileSync(witness, "utf8")).toBe(recorded);

  // A path that is misspelled, and a pipe, which would be waited for.
  const pipe = path.join(folder, "pipe");
  execFileSync("sh", ["-c", 'mkfifo "$0"', pipe]);
  const none = path.join(folder, "prompts.wittness");
  for (const [file, problem] of [
    [none, "does not exist"],
    [pipe, "not a regular file"],
    [folder, "not a regular file"],
  ] as const) {
    const wrong = await run(clone, "check", "--witness", file);
    expect(wrong).toMatchObject({ code: 1, output: expect.stringContaining(problem) });
  }
  expect(existsSync(none)).toBe(false);

  // A witness with an added line, or whose last line was cut.
  writeFileSync(witness, `${recorded}greet@v2 sha256-${"A".repeat(43)}=\ngreet@v3 sha`);
  const broken = await run(clone, "check", "--witness", witness);
  expect(broken).toMatchObject({ code: 1, output: expect.stringContaining("witness/two-digests") });
  expect(broken.output).toContain("witness/invalid-line");
});

it("is read from a server, and never written there", async () => {
  const repository = createProject();
  repository.release("greet", 1, "Hello {{name}}\n");
  await run(repository, "lock");
  const [line = ""] = readFileSync(path.join(repository.dir, "prompts.lock"), "utf8").split("\n");
  const [tag, , digest] = line.split(" ");
  const methods: (string | undefined)[] = [];
  const server = createServer(({ method, url }, answer) => {
    methods.push(method);
    answer.statusCode = url === "/prompts.witness" ? 200 : 404;
    answer.end(`# Our versions\n${tag} ${digest}\n`);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    expect(await run(repository, "check", "--witness", `${base}/prompts.witness`)).toMatchObject({ code: 0 });
    expect(await run(repository, "lock", "--check", "--witness", `${base}/prompts.witness`)).toMatchObject({ code: 0 });
    const missing = await run(repository, "check", "--witness", `${base}/other`);
    expect(missing).toMatchObject({ code: 1, output: expect.stringContaining("the server answers 404") });
    for (const args of [["lock"], ["--offline", "check"]])
      expect(await run(repository, ...args, "--witness", `${base}/prompts.witness`)).toMatchObject({
        code: 1,
        output: expect.stringContaining("witness/unreadable"),
      });
    expect(new Set(methods)).toEqual(new Set(["GET"]));
  } finally {
    server.close();
  }
});
