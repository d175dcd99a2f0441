// A pull request that changes who may sign versions, or what a check accepts: `check --base` names the change.

import { createProject } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ADA = "ada@example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMB0Y1";
const EVE = "eve@example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMB0Y2";

it("names changed signers and settings, and nothing else", async () => {
  const repository = createProject({
    "prompts/greet.md": "Hello {{name}}\n",
    "package.json": '{ "name": "acme", "cuecard": { "allowedSigners": ".github/allowed_signers" } }\n',
    ".github/allowed_signers": `# Our team\n${ADA}\n`,
  });
  repository.commit();
  repository.git("checkout", "--quiet", "-b", "change");
  const found = async () => {
    repository.commit();
    const { stdout } = await runCommand(["check", "--base", "main", "--json"], { cwd: repository.dir });
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; message: string; file: string }[] };
    return diagnostics
      .filter(({ code }) => code.startsWith("config/"))
      .map(({ code, file, message }) => `${file} ${code}: ${message}`);
  };
  // Other settings, comments, and the same settings in another file.
  repository.remove("package.json").write({
    "cuecard.config.json": '{ "allowedSigners": ".github/allowed_signers", "validation": false }\n',
    ".github/allowed_signers": `# The team\n${ADA}\n\n`,
  });
  expect(await found()).toEqual([]);
  repository.write(".github/allowed_signers", `${EVE}\n`);
  expect(await found()).toEqual([
    ".github/allowed_signers config/signers-changed: the change of .github/allowed_signers adds keys of eve@example.com and removes keys of ada@example.com",
  ]);
  repository.write({
    "cuecard.config.json": '{ "allowedSigners": "prompts/signers", "workingAliases": ["dev", "production"] }\n',
    "prompts/signers": `${ADA}\n${EVE}\n`,
    ".github/allowed_signers": `${ADA}\n`,
  });
  expect((await found()).sort()).toEqual([
    'cuecard.config.json config/trust-changed: the setting "allowedSigners" is changed from ".github/allowed_signers" to "prompts/signers", which decides what a check accepts',
    'cuecard.config.json config/trust-changed: the setting "workingAliases" is changed from ["dev"] to ["dev","production"], which decides what a check accepts',
    "prompts/signers config/signers-changed: the change of prompts/signers adds keys of eve@example.com",
  ]);
});
