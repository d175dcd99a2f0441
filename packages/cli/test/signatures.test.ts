// `check --require-signed` with real keys: what each kind of signature and date proves.

import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createFolder, createProject, runGit, type TestRepository } from "@cuecard/testing";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and the programs that verify signatures.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let keys: string;
beforeAll(() => {
  keys = createFolder("keys");
  for (const name of ["ada", "eve"])
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path.join(keys, name)]);
});

const publicKey = (name: string) => readFileSync(path.join(keys, `${name}.pub`), "utf8").trim();

/** A project whose settings let Ada sign, with the text of the file of signers. */
function signedProject(signers = `ada@example.com ${publicKey("ada")}\n`): TestRepository {
  const repository = createProject({
    "cuecard.config.json": '{ "allowedSigners": ".github/allowed_signers" }\n',
    ".github/allowed_signers": signers,
  });
  repository.git("config", "gpg.format", "ssh");
  repository.git("config", "user.signingKey", path.join(keys, "ada"));
  return repository;
}

const at = (date: string) => ({ GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date });

/** Commits and signs a version of greet, each at its own date. */
function release({ dir, write }: TestRepository, version: number, committed: string, tagged: string): void {
  write("prompts/greet.md", `Hello {{name}} ${version}\n`);
  runGit(dir, ["add", "--all"]);
  runGit(dir, ["commit", "--quiet", "-m", `v${version}`], at(committed));
  sign(dir, version, tagged);
}

function sign(dir: string, version: number, tagged: string, options: readonly string[] = []): void {
  const tag = `greet@v${version}`;
  runGit(dir, ["tag", "-s", "-m", "Notes", ...options, tag, ...(options.length > 0 ? [`${tag}^{}`] : [])], at(tagged));
}

/** The codes and messages of the findings about tags and aliases. */
async function check({ dir }: TestRepository, ...args: string[]): Promise<string[]> {
  const { stdout } = await runCommand(["check", "--json", ...args], { cwd: dir });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; message: string; severity: string }[] };
  return diagnostics
    .filter(({ code }) => !/^(?:lock|prompt)\//.test(code))
    .map(({ code, message, severity }) => `${severity} ${code}: ${message}`);
}

const signed = (repository: TestRepository, ...args: string[]) => check(repository, "--require-signed", ...args);

describe("the date of a signed tag", () => {
  it("cannot be before the tag's commit, or before the version before it", async () => {
    const valid = `ada@example.com valid-before="20240101" ${publicKey("ada")}\n`;
    const repository = signedProject(valid);
    release(repository, 1, "2023-01-01T00:00:00Z", "2023-03-01T00:00:00Z");
    expect(await signed(repository)).toEqual([]);
    release(repository, 2, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
    expect(await signed(repository)).toEqual([expect.stringMatching(/^error tag\/bad-signature: .*greet@v2/)]);
    sign(repository.dir, 2, "2023-06-01T00:00:00Z", ["-f"]);
    expect(await signed(repository)).toEqual([
      "error tag/backdated: the tag greet@v2 is dated 2023-06-01T00:00:00Z, before its own commit (2026-01-01T00:00:00Z)",
    ]);
    release(repository, 3, "2023-02-01T00:00:00Z", "2023-02-01T00:00:00Z");
    expect((await signed(repository)).at(-1)).toBe(
      "error tag/backdated: the tag greet@v3 is dated 2023-02-01T00:00:00Z, before the version before it, greet@v2 (2023-06-01T00:00:00Z)",
    );
  });

  it("may differ by what two clocks differ, and follows when earlier versions are signed again", async () => {
    const repository = signedProject();
    release(repository, 1, "2026-01-01T00:05:00Z", "2026-01-01T00:00:00Z");
    release(repository, 2, "2026-01-02T00:00:00Z", "2026-01-02T00:00:00Z");
    expect(await signed(repository)).toEqual([]);
    sign(repository.dir, 1, "2026-03-01T00:00:00Z", ["-f"]);
    expect(await signed(repository)).toEqual([expect.stringMatching(/^error tag\/backdated: the tag greet@v2 /)]);
    sign(repository.dir, 2, "2026-03-01T00:00:00Z", ["-f"]);
    expect(await signed(repository)).toEqual([]);
  });
});

const hasGpg = spawnSync("gpg", ["--version"]).status === 0;

it.runIf(hasGpg)("accepts only keys of the allowed-signers file, also beside a keyring with others", async () => {
  const home = createFolder("gnupg");
  chmodSync(home, 0o700);
  vi.stubEnv("GNUPGHOME", home);
  const gpg = (...args: string[]) => execFileSync("gpg", ["--homedir", home, "--batch", "--quiet", ...args]);
  try {
    gpg("--passphrase", "", "--quick-generate-key", "Ada <ada@example.com>", "ed25519", "sign", "never");
    const repository = signedProject();
    release(repository, 1, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
    repository.git("config", "gpg.format", "openpgp");
    repository.git("config", "user.signingKey", "ada@example.com");
    release(repository, 2, "2026-01-02T00:00:00Z", "2026-01-02T00:00:00Z");
    expect(await signed(repository)).toEqual([
      "error tag/bad-signature: the signature of the tag greet@v2 is not valid: it is an OpenPGP signature, and only the SSH keys of the allowed-signers file may sign",
    ]);
    // Without the file, the user's own settings decide: the keyring, and git's file of signers.
    repository.write("cuecard.config.json", "{}\n");
    repository.git("config", "gpg.ssh.allowedSignersFile", ".github/allowed_signers");
    expect(await signed(repository)).toEqual([]);
    execFileSync("ssh-keygen", ["-q", "-k", "-f", path.join(keys, "revoked"), path.join(keys, "ada.pub")]);
    repository.git("config", "gpg.ssh.revocationFile", path.join(keys, "revoked"));
    expect(await signed(repository)).toEqual([expect.stringMatching(/^error tag\/bad-signature: .*greet@v1/)]);
  } finally {
    execFileSync("gpgconf", ["--homedir", home, "--kill", "all"]);
    vi.unstubAllEnvs();
  }
});

it("accepts no file of signers that is a link", async () => {
  const repository = signedProject();
  release(repository, 1, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
  const outside = path.join(createFolder(), "signers");
  writeFileSync(outside, `eve@example.com ${publicKey("eve")}\n`);
  repository.remove(".github");
  mkdirSync(path.join(repository.dir, ".github"));
  symlinkSync(outside, path.join(repository.dir, ".github/allowed_signers"));
  expect(await signed(repository)).toEqual([expect.stringMatching(/^error project\/not-a-file: .*symbolic link/)]);
  expect(await signed(repository, "--allowed-signers", outside)).toEqual([
    expect.stringMatching(/^error tag\/bad-signature: .*greet@v1/),
  ]);
});

it("accepts no alias at a working file but for those that the settings list", async () => {
  const repository = signedProject();
  release(repository, 1, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
  repository.write("aliases.json", '{ "greet": { "production": "working", "dev": "working" } }\n');
  expect(await check(repository)).toEqual([
    expect.stringMatching(/^warning alias\/working-locally: greet@production /),
  ]);
  expect(await signed(repository)).toEqual([
    "error alias/working-unsigned: greet@production points at the working file, which has no signature",
  ]);
  expect(await signed(repository, "--frozen")).toContainEqual(
    expect.stringMatching(/^error alias\/working-frozen: greet@production /),
  );
});
