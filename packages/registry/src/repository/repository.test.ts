import { execFileSync } from "node:child_process";
import { chmodSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createFolder, greetProject } from "@cuecard/testing";
import { expect, it, onTestFinished, vi } from "vitest";
import { openRepository, type Repository } from "./repository.js";

function open(dir: string): Repository {
  const repository = openRepository({ dir, promptsDir: "prompts", git: "native", partialReferences: () => [] });
  onTestFinished(() => repository.close());
  return repository;
}

/** Puts a program in front of git that fails for one of git's commands, once the returned function was called. */
function breakGit(command: string): () => void {
  const folder = createFolder();
  const git = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  const isBroken = `[ -e ${folder}/broken ] && case " $* " in *" ${command} "*)`;
  writeFileSync(
    path.join(folder, "git"),
    `#!/bin/sh\n${isBroken} echo "fatal: no luck" >&2; exit 1;; esac\nexec ${git} "$@"\n`,
  );
  chmodSync(path.join(folder, "git"), 0o755);
  vi.stubEnv("PATH", `${folder}${path.delimiter}${process.env["PATH"]}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  return () => writeFileSync(path.join(folder, "broken"), "");
}

it("opens after an earlier attempt failed", async () => {
  const { dir } = greetProject();
  const [gitDir, away] = [path.join(dir, ".git"), path.join(dir, "away")];
  renameSync(gitDir, away);
  const repository = open(dir);
  await expect(repository.open()).rejects.toThrow("is not inside a git repository");
  renameSync(away, gitDir);
  expect((await repository.open()).tags.names()).toContain("greet@v1");
});

it("lists the tags again after a listing failed", async () => {
  const { dir } = greetProject();
  const repository = open(dir);
  const breaks = breakGit("for-each-ref");
  await repository.open();
  repository.refresh();
  breaks();
  await expect(repository.open()).rejects.toThrow("no luck");
  vi.unstubAllEnvs();
  expect((await repository.open()).tags.names()).toContain("greet@v1");
});

it("closes without a second failure if the process for objects did not start", async () => {
  const { dir } = greetProject();
  const repository = open(dir);
  breakGit("version")();
  const { reader, tags } = await repository.open();
  await expect(reader.readObject((await tags.refs())[0]?.oid ?? "")).rejects.toThrow("no luck");
  await expect(repository.close()).resolves.toBeUndefined();
});
