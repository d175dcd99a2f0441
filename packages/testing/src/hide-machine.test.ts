import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { createFolder } from "./folders.js";
import { hideMachine } from "./hide-machine.js";

afterEach(() => {
  vi.unstubAllEnvs();
  hideMachine();
});

it.each(["CI", "GIT_DIR", "GIT_AUTHOR_NAME", "CUECARD_GIT", "GITHUB_BASE_REF", "EDITOR", "NO_COLOR", "OPENAI_API_KEY"])(
  "removes %s",
  (name) => {
    vi.stubEnv(name, "x");
    hideMachine();
    expect(process.env[name]).toBeUndefined();
  },
);

it("gives git the same settings and identity whatever the user has", () => {
  const home = createFolder("home");
  writeFileSync(path.join(home, ".gitconfig"), "[user]\n\tname = Eve\n[commit]\n\tgpgSign = true\n");
  vi.stubEnv("HOME", home);
  vi.stubEnv("GIT_CONFIG_GLOBAL", undefined);
  const settings = () => execFileSync("git", ["config", "--list"], { cwd: home, encoding: "utf8" });
  expect(settings()).toContain("user.name=Eve");
  hideMachine();
  expect(settings()).toContain("user.name=Ada");
  expect(settings()).not.toContain("commit.gpgsign");
});
