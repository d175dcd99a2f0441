// Git settings, hooks and attributes that come with a repository, each of which names a program: no command that reads runs one.

import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createFolder, createProject, gitEnvironment, prepared, runGit, type TestRepository } from "@cuecard/testing";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git many times.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

beforeEach(() => {
  vi.stubEnv("HOME", createFolder("home"));
  vi.stubEnv("GIT_CONFIG_GLOBAL", undefined);
  return () => vi.unstubAllEnvs();
});

/** A program that leaves a mark. */
function createProgram(): { readonly program: string; readonly hasRun: () => boolean } {
  const folder = createFolder("programs");
  const [program, mark] = [path.join(folder, "evil"), path.join(folder, "ran")];
  writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> ${mark}\nexit 1\n`);
  chmodSync(program, 0o755);
  const hasRun = () => {
    const ran = existsSync(mark);
    rmSync(mark, { force: true });
    return ran;
  };
  return { program, hasRun };
}

const SIGNATURES = ["SSH SIGNATURE", "PGP SIGNATURE", "SIGNED MESSAGE"];

/** Three versions, whose tags have what look like signatures of all formats. */
const signed = prepared((): TestRepository => {
  const repository = createProject({
    "aliases.json": '{ "greet": { "production": "v1", "dev": "working" } }\n',
    ".gitattributes": "* diff=evil filter=evil merge=evil\n",
    "src/use.ts": 'import { load } from "@acme/prompts";\nload("greet", "production");\n',
  });
  for (const [index, format] of SIGNATURES.entries()) {
    const version = index + 1;
    repository.write("prompts/greet.md", `Hello {{name}} ${version}\n`).commit();
    const tag = `greet@v${version}`;
    const commit = repository.git("rev-parse", "HEAD");
    const head = `object ${commit}\ntype commit\ntag ${tag}\ntagger Ada <ada@example.com> 1767225600 +0000\n\nNotes\n`;
    const text = `${head}-----BEGIN ${format}-----\nAAAA\n-----END ${format}-----\n`;
    const oid = execFileSync("git", ["hash-object", "-t", "tag", "-w", "--stdin", "--literally"], {
      cwd: repository.dir,
      input: text,
      encoding: "utf8",
    }).trim();
    repository.git("update-ref", `refs/tags/${tag}`, oid);
  }
  return repository;
});

/** Every setting of git that names a program, as far as we know. */
function settingsThatRun(program: string, folder: string): [key: string, value: string][] {
  const shell = `!${program}`;
  const named = [
    ..."core.fsmonitor core.pager core.editor core.sshCommand core.gitProxy core.askPass core.alternateRefsCommand".split(
      " ",
    ),
    ..."sequence.editor diff.external diff.evil.textconv diff.evil.command filter.evil.clean filter.evil.smudge".split(
      " ",
    ),
    ..."filter.evil.process merge.evil.driver interactive.diffFilter uploadpack.packObjectsHook".split(" "),
    ..."gpg.program gpg.openpgp.program gpg.ssh.program gpg.x509.program gpg.ssh.defaultKeyCommand".split(" "),
    ..."gc.recentObjectsHook trailer.evil.command trailer.evil.cmd web.browser browser.evil.cmd".split(" "),
    ..."remote.origin.uploadpack remote.origin.receivepack remote.origin.vcs receive.procReceiveRefs".split(" "),
    ..."pager.for-each-ref pager.cat-file pager.rev-parse pager.ls-files pager.config pager.var pager.tag".split(" "),
  ].map((key): [string, string] => [key, program]);
  return [
    ...named,
    ...["for-each-ref", "cat-file", "rev-parse", "ls-files", "version", "config", "verify-tag", "var"].map(
      (command): [string, string] => [`alias.${command}`, shell],
    ),
    ["core.hooksPath", folder],
    ["filter.evil.required", "true"],
    ["credential.helper", shell],
    ["credential.https://example.com.helper", shell],
    ["submodule.evil.update", shell],
    ["protocol.ext.allow", "always"],
    ["gpg.format", "openpgp"],
    ["gpg.ssh.allowedSignersFile", "aliases.json"],
    ["fetch.recurseSubmodules", "true"],
    ["maintenance.auto", "true"],
  ];
}

const HOOKS =
  "post-index-change reference-transaction post-checkout pre-commit commit-msg pre-auto-gc pre-push fsmonitor-watchman post-merge".split(
    " ",
  );

const READING = [
  "check",
  "check --require-signed --format github",
  "check --fix --dry-run",
  "list",
  "show greet@v1",
  "diff greet@v1 greet@v2",
  "diff greet@v1 working --rendered",
  "history greet",
  "blame greet",
  "usages",
  "search greet",
  "render greet@v2 --var name=Ada",
  "alias list",
  "scores greet",
  "lock --check",
  "build",
  "release --dry-run",
  "promote greet --from dev --to production --dry-run",
];

describe("a repository whose own git settings name programs", () => {
  it.each(["config", "config.worktree", "an included file"])("in %s: reading runs none", async (where) => {
    const repository = signed();
    const { program, hasRun } = createProgram();
    const folder = path.dirname(program);
    // A repository inside of this one has settings of its own.
    const inner = path.join(repository.dir, "prompts/inner");
    runGit(repository.dir, ["init", "--quiet", inner]);
    runGit(inner, ["commit", "--quiet", "--allow-empty", "-m", "Inner"]);
    runGit(repository.dir, [
      "-c",
      "core.hooksPath=",
      "update-index",
      "--add",
      "--cacheinfo",
      `160000,${runGit(inner, ["rev-parse", "HEAD"])},prompts/inner`,
    ]);
    runGit(inner, ["config", "core.fsmonitor", program]);
    const gitDir = path.join(repository.dir, ".git");
    const included = path.join(folder, "included");
    if (where === "config.worktree") repository.git("config", "extensions.worktreeConfig", "true");
    if (where === "an included file") repository.git("config", "include.path", included);
    const file = where === "an included file" ? included : path.join(gitDir, where);
    for (const [key, value] of settingsThatRun(program, folder))
      repository.git("config", "--file", file, "--add", key, value);
    mkdirSync(path.join(gitDir, "hooks"), { recursive: true });
    for (const hook of HOOKS)
      for (const place of [path.join(gitDir, "hooks"), folder]) {
        writeFileSync(path.join(place, hook), readFileSync(program));
        chmodSync(path.join(place, hook), 0o755);
      }
    // git itself runs them.
    const plain = { cwd: repository.dir, env: { ...process.env, ...gitEnvironment } };
    for (const args of [
      ["verify-tag", "greet@v1"],
      ["verify-tag", "greet@v2"],
    ]) {
      spawnSync("git", args, plain);
      expect([args, hasRun()]).toEqual([args, true]);
    }
    repository.write("prompts/greet.md", "Hello {{name}} 4\n");
    spawnSync("git", ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "status"], plain);
    expect(hasRun()).toBe(true);
    const ran: string[] = [];
    for (const command of where === "config" ? READING : READING.slice(0, 2)) {
      repository.write("prompts/greet.md", `Hello {{name}} ${(READING.indexOf(command) % 2) + 3}\n`);
      const { code, stderr } = await runCommand(command.split(" "), { cwd: repository.dir });
      expect([command, code === 2, stderr]).toEqual([command, false, expect.not.stringContaining("bug")]);
      if (hasRun()) ran.push(command);
    }
    expect(ran).toEqual([]);
  });

  it.each(["~/.gitconfig", "GIT_CONFIG_GLOBAL"])(
    "reads the signatures with the user's own programs (%s)",
    async (where) => {
      const repository = signed();
      const { program, hasRun } = createProgram();
      const home = process.env["HOME"] ?? "";
      const file = path.join(home, where === "~/.gitconfig" ? ".gitconfig" : "settings");
      if (where === "GIT_CONFIG_GLOBAL") vi.stubEnv(where, file);
      writeFileSync(file, `[gpg "ssh"]\n\tprogram = ${program}\n`);
      repository.git("config", "gpg.ssh.allowedSignersFile", "aliases.json");
      await runCommand(["check", "--require-signed"], { cwd: repository.dir });
      expect(hasRun()).toBe(true);
    },
  );
});

describe("a partial clone whose own settings name a program to fetch with", () => {
  const missing = (dir: string) => {
    const blob = runGit(dir, ["rev-parse", "HEAD:prompts/greet.md"]);
    const tag = runGit(dir, ["rev-parse", "greet@v2"]);
    return { blob, tag, file: (oid: string) => path.join(dir, ".git/objects", oid.slice(0, 2), oid.slice(2)) };
  };

  it.each<[name: string, settings: (program: string) => Record<string, string>]>([
    ["ext::", (program) => ({ "remote.origin.url": `ext::${program} x`, "protocol.ext.allow": "always" })],
    ["uploadpack", (program) => ({ "remote.origin.url": "/", "remote.origin.uploadpack": program })],
    ["sshCommand", (program) => ({ "remote.origin.url": "ssh://localhost/x", "core.sshCommand": program })],
    ["gitProxy", (program) => ({ "remote.origin.url": "git://localhost/x", "core.gitProxy": program })],
    [
      "insteadOf",
      (program) => ({
        "remote.origin.url": "https://localhost/x",
        [`url.ext::${program} .insteadOf`]: "https://localhost/",
        "protocol.allow": "always",
      }),
    ],
  ])("%s", async (_, settings) => {
    const repository = signed();
    const { program, hasRun } = createProgram();
    const { blob, tag, file } = missing(repository.dir);
    for (const [key, value] of Object.entries({
      "core.repositoryFormatVersion": "1",
      "extensions.partialClone": "origin",
      ...settings(program),
    }))
      repository.git("config", key, value);
    for (const oid of [blob, tag]) rmSync(file(oid));
    // git itself fetches what is missing.
    spawnSync("git", ["cat-file", "-e", blob], { cwd: repository.dir, env: { ...process.env, ...gitEnvironment } });
    expect(hasRun()).toBe(true);
    for (const command of ["check", "list", "check --require-signed", "show greet@v3", "history greet"]) {
      const { stdout, stderr } = await runCommand(command.split(" "), { cwd: repository.dir });
      expect([command, hasRun()]).toEqual([command, false]);
      if (command === "check") expect(stdout + stderr).toContain("name programs to run");
    }
  });
});
