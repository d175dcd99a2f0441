// Completion of commands, options, prompts, versions and aliases: what `cuecard complete` answers, and in real shells.

import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createFolder, createProject, prepared, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { readBashLine } from "../src/completion/bash-line.js";
import { CUECARD } from "./built-program.js";
import { runCommand } from "./run-command.js";

// Starts shells and the command.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A project in a subfolder, with a tag prefix, next to another one. */
const shared = prepared((): TestRepository => {
  const repository = createProject({
    "bot/cuecard.config.json": '{ "tagPrefix": "bot/" }',
    "bot/prompts/greet.md": "Hello",
    "bot/prompts/finance/forecast.md": "Forecast",
    "bot/prompts/_rules.md": "Rules",
    "bot/prompts/README.md": "Read me",
    "bot/prompts.lock": `greet@v1 ${"0".repeat(40)} sha256-${"A".repeat(43)}=\nold@v7 ${"0".repeat(40)} sha256-${"A".repeat(43)}=\n`,
    "bot/aliases.json": '{ "greet": { "production": "v1", "dev": "working" }, "$(id)": { "production": "v1" } }',
  });
  repository.commit();
  for (const tag of ["bot/greet@v2", "bot/greet@v10", "bot/other@v1", "greet@v3"]) repository.tag(tag);
  return repository;
});

describe("cuecard complete", () => {
  const refs = ["production", "dev", "working", "latest", "v10", "v2", "v1"];
  const prompts = ["finance/forecast", "greet", "old"];
  it.each<[string, readonly string[]]>([
    ["re", ["render", "review", "replay", "release", "register", "retire"]],
    ["vers", []],
    [
      "render --",
      ["--var", "--input", "--key", "--messages", "--json", "--help", "--version", "--cwd", "--offline", "--no-color"],
    ],
    ["check --format ", ["text", "json", "github", "sarif", "junit", "gitlab"]],
    ["check --format=j", ["--format=json", "--format=junit"]],
    ["completion ", ["bash", "zsh", "fish"]],
    ["show ", prompts],
    ["show --json gr", ["greet"]],
    ["show greet", ["greet", ...refs.map((ref) => `greet@${ref}`)]],
    ["show greet@v", ["greet@v10", "greet@v2", "greet@v1"]],
    ["show old@", ["old@latest", "old@v7"]],
    ["diff greet@v1..v", ["greet@v1..v10", "greet@v1..v2", "greet@v1..v1"]],
    ["diff greet ", [...refs, ...prompts]],
    ["diff greet v1 v2", ["v2"]],
    ["retire greet@v1 old@v", ["old@v7"]],
    ["history g", ["greet"]],
    ["alias ", ["set", "delete", "list", "help", ...prompts]],
    ["alias greet p", ["production"]],
    ["alias set finance/forecast ", ["production", "dev"]],
    ["alias set greet staging ", ["v10", "v2", "v1", "latest", "working"]],
    ["promote --from ", ["production", "dev"]],
    ["rollback greet production --to ", ["v10", "v2", "v1", "latest", "working"]],
    ["build --as ", ["production=working", "dev=working"]],
    ["check prompts/g", [":paths"]],
    ["show prompts/g", [":paths"]],
    ["render greet --input ", [":paths"]],
    ["render greet --var ", []],
    ["search --variable ", []],
    ["show -- --", [":paths"]],
    ["nonsense ", []],
  ])("%s", async (line, expected) => {
    const { code, stdout } = await runCommand(["complete", "--", ...line.split(" ")], {
      cwd: path.join(shared().dir, "bot"),
    });
    const words = stdout.split("\n").map((candidate) => candidate.split("\t")[0]);
    expect(words.filter((word) => word !== "")).toEqual(expected);
    expect(code).toBe(0);
  });

  it("works on the project that --cwd names, and where there is none", async () => {
    const { dir } = shared();
    const ask = async (cwd: string, ...words: string[]) =>
      (await runCommand(["complete", "--", ...words], { cwd })).stdout;
    expect(await ask(dir, "--cwd", "bot", "show", "greet@p")).toBe("greet@production\talias\n");
    expect(await ask(dir, "show", "--cwd=bot", "greet@p")).toBe("greet@production\talias\n");
    expect(await ask(createFolder(), "show", "")).toBe(":paths\n");
  });

  it("prints what a description says beside a candidate", async () => {
    const { stdout } = await runCommand(["complete", "--", "rol"], { cwd: createFolder() });
    expect(stdout).toBe("rollback\tpoint an alias back at its earlier target\n");
  });
});

describe("lines of bash", () => {
  const breaks = " \t\n\"'@><=;|&(:";
  it.each<[string, readonly string[], string]>([
    ["cuecard ", [""], ""],
    ["cuecard  show gre", ["show", "gre"], "gre"],
    ["cuecard show greet@v", ["show", "greet@v"], "@v"],
    ["cuecard show greet@", ["show", "greet@"], "@"],
    ["cuecard check --format=j", ["check", "--format=j"], "j"],
    ["cuecard show prompts:/gr", ["show", "prompts:/gr"], "/gr"],
    ['cuecard search "two words" x', ["search", "two words", "x"], "x"],
    ['cuecard search \'it is\' "a \\" b" c\\ d', ["search", "it is", 'a " b', "c d"], "d"],
    ['cuecard show "gre', ["show", "gre"], "gre"],
    ["cd x && cuecard sh", ["sh"], "sh"],
  ])("%s", (line, words, replaced) => {
    const read = readBashLine(line, breaks);
    expect(read.words).toEqual(words);
    expect(words.at(-1)?.slice(read.kept)).toBe(replaced);
  });
});

describe("in a shell", () => {
  /** Runs a script in a shell that finds `cuecard` on its PATH. */
  const runIn = (shell: string, args: readonly string[], script: string) => {
    const bin = createFolder("bin");
    const program = path.join(bin, "cuecard");
    const command = [process.execPath, CUECARD].map((part) => `'${part}'`).join(" ");
    writeFileSync(program, `#!/bin/sh\nexec ${command} "$@"\n`);
    chmodSync(program, 0o755);
    const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env["PATH"]}` };
    const cwd = path.join(shared().dir, "bot");
    const { stdout, stderr } = spawnSync(shell, [...args, "-c", script], { cwd, env, encoding: "utf8" });
    return { stdout, stderr };
  };
  const isInstalled = (shell: string) => spawnSync(shell, ["--version"]).error === undefined;

  it("bash completes without further packages, and runs nothing that was typed", () => {
    const line = '"$(touch run-by-completion)" greet@prod';
    const script = `
      eval "$(cuecard completion bash)"
      complete -p cuecard
      COMP_LINE='cuecard diff ${line}'; COMP_POINT=\${#COMP_LINE}; COMP_WORDBREAKS=$' \\t\\n"\\'@><=;|&(:'
      _cuecard; echo "\${COMPREPLY[@]}"; ls run-by-completion`;
    const { stdout, stderr } = runIn("bash", ["--norc"], script);
    expect(stdout).toBe("complete -o default -F _cuecard cuecard\n@production\n");
    expect(stderr).toMatch(/^ls: .*run-by-completion/);
  });

  it.skipIf(!isInstalled("fish"))("fish completes with descriptions", () => {
    const { stdout } = runIn("fish", [], "cuecard completion fish | source; complete -C 'cuecard show greet@p'");
    expect(stdout).toBe("greet@production\talias\n");
  });

  it.skipIf(!isInstalled("zsh"))("zsh accepts the script", () => {
    const script = 'compdef() { print "$@" }; eval "$(cuecard completion zsh)"; whence -w _cuecard';
    expect(runIn("zsh", ["-f"], script)).toEqual({ stdout: "_cuecard cuecard\n_cuecard: function\n", stderr: "" });
  });
});
