// Proposing in the pages of `cuecard dev`, as people do who use no git: in Chromium, with the real process and a real remote, beside an
// engineer's unfinished work.

import { chmodSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createFolder, createProject, openRepository, runGit, type TestRepository } from "@cuecard/testing";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { launchBrowser } from "./browser.js";
import { findViolations } from "./page-problems.js";
import { type DevServer, openContext, openPage, startDev } from "./start-dev.js";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const GREET = `---
description: Greets a customer
examples:
  - name: Ada
    input: { name: Ada }
---
{{> tone}}
Hello {{name}}!
`;

let browser: Browser;
let project: TestRepository;
let remote: TestRepository;
let server: DevServer;
let context: BrowserContext;

beforeAll(async () => {
  browser = await launchBrowser();
  const dir = createFolder("remote.git");
  runGit(dir, ["init", "--quiet", "--bare", "--initial-branch=main"]);
  remote = openRepository(dir);
  // As hosts of code do.
  const page = "https://git.example.com/acme/bot/-/merge_requests/new?branch=";
  const hook = `read old new ref\necho "To create a merge request, visit:"\necho "  ${page}\${ref#refs/heads/}"`;
  remote.write("hooks/post-receive", `#!/bin/sh\n${hook}\n`);
  chmodSync(path.join(dir, "hooks/post-receive"), 0o755);
  project = createProject({
    "prompts/support/greet.md": GREET,
    "prompts/_tone.md": "Be kind.\n",
    "prompts/plain.md": "Say {{word}}.\n",
    "src/app.ts": "export {};\n",
  }).identify();
  project.commit("Prompts");
  project.tag("support/greet@v1", "First").tag("plain@v1", "First");
  project.write("prompts/support/greet.md", GREET.replace("Hello", "Hello dear")).commit("Dear");
  project.tag("support/greet@v2", "Dear customers");
  project.write("aliases.json", '{ "support/greet": { "production": "v2", "staging": "v2" } }\n').commit("Two");
  project.write("aliases.json", '{ "support/greet": { "production": "v1", "staging": "v2" } }\n').commit("One");
  project.git("remote", "add", "origin", dir);
  project.git("push", "--quiet", "-u", "origin", "main", "--tags");
  project.write({ "src/app.ts": "// unfinished\n", "src/staged.ts": "", "notes.txt": "untracked" });
  project.git("add", "src/staged.ts");
  server = await startDev(project.dir);
  context = await openContext(browser, server);
});

afterAll(async () => {
  await server?.stop();
  await browser?.close();
});

async function visit(place: string): Promise<Page> {
  const { page, problems } = await openPage(context, server, place);
  onTestFinished(async () => {
    await page.close();
    expect(problems.filter((problem) => !problem.includes("422"))).toEqual([]);
  });
  return page;
}

/** All files of the working tree, git's index and HEAD. */
function stateOf(): unknown {
  const { dir, git } = project;
  const files = readdirSync(dir, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(dir, path.join(parentPath, name)))
    .filter((file) => !/^(?:\.git\/(?!index$|HEAD$)|node_modules\/)/.test(file));
  return [
    files.sort().map((file) => [file, readFileSync(path.join(dir, file), "latin1")]),
    git("--no-optional-locks", "status", "--porcelain=v2"),
  ];
}

const reviewed = (page: Page) => page.locator("section[aria-labelledby=review][aria-busy=false]").waitFor();
const proposeButton = (page: Page) => page.getByRole("button", { name: /^Propose$|^Write the branch$/ });
const heading = (page: Page) => page.locator("#proposed");

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env["SCREENSHOTS"];
  if (folder === undefined) return;
  for (const width of [390, 1024, 1600])
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path.join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  await page.setViewportSize({ width: 1280, height: 800 });
}

async function checkAccess(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const)
    for (const width of [390, 1024, 1600]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      expect(await findViolations(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    }
  await page.setViewportSize({ width: 1280, height: 800 });
}

describe("changes", () => {
  it("are none before something is edited", async () => {
    const page = await visit("changes.html");
    await page.getByText("Nothing is edited").waitFor();
    await expect.poll(() => page.locator(".bar .count").count()).toBe(0);
    await shoot(page, "none");
  });

  it("are proposed with a message, pushed, and marked; nothing else changes", async () => {
    const page = await visit("changes.html");
    project.write({
      "prompts/support/greet.md": GREET.replace("Hello", "Good day"),
      "prompts/_tone.md": "Be formal.\nAnd brief.\n",
      "prompts/other.md": "Unfinished {{thought}}\n",
    });
    await page.getByText("3 files differ").waitFor();
    await page.getByRole("checkbox", { name: "prompts/other.md" }).uncheck();
    await page.getByText("Adds").or(page.getByText("Good day")).first().waitFor();
    await reviewed(page);
    await page.locator(".review h3", { hasText: "support/greet" }).waitFor();
    await expect.poll(() => page.locator(".review h3", { hasText: "other" }).count()).toBe(0);
    await expect.poll(() => page.getByText("Ada <ada@example.com>").isVisible()).toBe(true);
    // Planning writes objects, and must not be taken for a change.
    let planned = 0;
    page.on("request", (request) => {
      if (request.url().endsWith("plan-proposal")) planned++;
    });
    await shoot(page, "changes");
    await checkAccess(page);
    expect(planned).toBeLessThanOrEqual(2);
    const before = stateOf();
    await page.getByRole("textbox", { name: "What it is for" }).fill("Be formal");
    await page.getByRole("textbox", { name: "New branch" }).fill("cuecard/formal");
    await reviewed(page);
    await page.getByText("Your files stay as they are.").waitFor();
    await proposeButton(page).click();
    await heading(page).waitFor();
    await expect.poll(() => heading(page).textContent()).toBe("Proposed");
    expect(await page.evaluate("document.activeElement.id")).toBe("proposed");
    const link = page.getByRole("link", { name: "Open a pull request" });
    expect(await link.getAttribute("href")).toBe(
      "https://git.example.com/acme/bot/-/merge_requests/new?branch=cuecard/formal",
    );
    await shoot(page, "proposed");
    await checkAccess(page);
    expect(stateOf()).toEqual(before);
    expect(remote.git("log", "-1", "--format=%s by %an", "cuecard/formal")).toBe("Be formal by Ada");
    expect(remote.git("diff", "--name-only", "main...cuecard/formal")).toBe(
      "prompts/_tone.md\nprompts/support/greet.md",
    );
    await page.getByRole("button", { name: "Back to the changes" }).click();
    await expect.poll(() => page.getByText("proposed in cuecard/formal").count()).toBe(2);
    await expect.poll(() => page.locator(".bar .count").textContent()).toBe("1");
  });

  it("are added to a branch that was proposed", async () => {
    project.write("prompts/_tone.md", "Be formal.\nAnd very brief.\n");
    const page = await visit("changes.html");
    await page.getByRole("checkbox", { name: "prompts/other.md" }).uncheck();
    await page.getByRole("checkbox", { name: "prompts/_tone.md" }).check();
    await page.getByRole("combobox", { name: "Branch" }).selectOption("cuecard/formal");
    await reviewed(page);
    await page.getByText("Your files stay as they are.").waitFor();
    await proposeButton(page).click();
    await heading(page).waitFor();
    expect(remote.git("rev-list", "--count", "main..cuecard/formal")).toBe("2");
  });

  it("show what is wrong, and are not proposed", async () => {
    project.write("prompts/other.md", "Unfinished {{#if}}\n");
    const page = await visit("changes.html");
    await page.locator(".proposal-findings", { hasText: "is never closed" }).waitFor();
    await shoot(page, "broken");
    await checkAccess(page);
    expect(await proposeButton(page).getAttribute("aria-disabled")).toBe("true");
    project.write("prompts/other.md", "Finished {{thought}}\n");
    await page.getByText("Your files stay as they are.").waitFor();
  });

  it("keep their review while the branch has no valid name", async () => {
    const page = await visit("changes.html");
    await reviewed(page);
    const field = page.getByRole("textbox", { name: "new branch" });
    await field.fill("foo bar..x");
    await page.locator("#branch-problem", { hasText: 'a space or ".."' }).waitFor();
    expect(await field.getAttribute("aria-invalid")).toBe("true");
    await expect.poll(() => page.locator(".review h3", { hasText: "other" }).count()).toBe(1);
    expect(await proposeButton(page).getAttribute("aria-disabled")).toBe("true");
    await shoot(page, "misnamed");
    await checkAccess(page);
    await field.fill("fine");
    await page.getByText("Your files stay as they are.").waitFor();
    await expect.poll(() => page.locator("#branch-problem").textContent()).toBe("");
  });

  it("are kept in this clone if they cannot be pushed", async () => {
    project.git("remote", "set-url", "origin", path.join(remote.dir, "missing"));
    const page = await visit("changes.html");
    await page.getByText("Your files stay as they are.").waitFor();
    await proposeButton(page).click();
    await heading(page).waitFor();
    await expect.poll(() => heading(page).textContent()).toBe("Committed, but not pushed");
    await shoot(page, "not-pushed");
    await checkAccess(page);
    project.git("remote", "set-url", "origin", remote.dir);
    await page.getByRole("button", { name: "Back to the changes" }).click();
    const other = page.locator(".changed-file", { hasText: "prompts/other.md" });
    await other.getByText("in cuecard/other, not pushed").waitFor();
    await shoot(page, "to-push");
    await checkAccess(page);
    await other.getByRole("button", { name: "Push cuecard/other" }).click();
    await heading(page).waitFor();
    await expect.poll(() => heading(page).textContent()).toBe("Proposed");
    await page.getByRole("button", { name: "Back to the changes" }).click();
    await other.getByText("proposed in cuecard/other").waitFor();
    expect(remote.git("branch", "--list", "cuecard/other")).not.toBe("");
  });

  it("are dropped one by one, if that is confirmed", async () => {
    const page = await visit("changes.html");
    const tone = page.locator(".changed-file", { hasText: "_tone.md" });
    await tone.getByRole("button", { name: "Discard", exact: true }).click();
    await tone.getByRole("button", { name: "Discard prompts/_tone.md" }).click();
    await tone.waitFor({ state: "detached" });
    expect(readFileSync(path.join(project.dir, "prompts/_tone.md"), "utf8")).toBe("Be kind.\n");
  });
});

describe("moves of environments", () => {
  it("are proposed from the page that reviews a promotion", async () => {
    project.write("aliases.json", '{ "support/greet": { "production": "v1", "staging": "v2", "mine": "v1" } }\n');
    const page = await visit("promotions/staging.to.production.html");
    await page.getByRole("link", { name: "Propose this promotion" }).click();
    await page.getByRole("heading", { name: "Promote staging to production" }).waitFor();
    await reviewed(page);
    await page.locator(".review h3", { hasText: "support/greet@production" }).waitFor();
    await page.getByRole("combobox", { name: "Share of callers" }).selectOption("25");
    await page.getByText("v1 75% / v2 25%").first().waitFor();
    await shoot(page, "promotion");
    await checkAccess(page);
    const before = stateOf();
    // Callers have to pass a key now.
    await page.getByRole("checkbox", { name: "Propose it although it breaks callers" }).check();
    await page.getByText("Your files stay as they are.").waitFor();
    await proposeButton(page).click();
    await heading(page).waitFor();
    expect(stateOf()).toEqual(before);
    const branch = "cuecard/promote-all-prompts-from-staging-to-production-for-25";
    expect(JSON.parse(remote.git("show", `${branch}:aliases.json`))).toEqual({
      "support/greet": { production: { v1: 75, v2: 25 }, staging: "v2" },
    });
    project.git("checkout", "--quiet", "--", "aliases.json");
  });

  it("go back from a prompt's page", async () => {
    const page = await visit("prompts/support/greet.html");
    await page.locator(".would-change", { hasText: "Roll back" }).getByRole("link", { name: "production" }).click();
    await page.getByRole("heading", { name: "Roll back production of support/greet" }).waitFor();
    await page.locator(".review h3", { hasText: "v1 → v2" }).waitFor();
    await shoot(page, "rollback");
    await proposeButton(page).click();
    await heading(page).waitFor();
    expect(remote.git("show", "cuecard/roll-back-support-greet-in-production:aliases.json")).toContain(
      '"production": "v2"',
    );
  });

  it("break callers only with consent", async () => {
    project.git("stash", "--quiet", "--include-untracked");
    project.write("prompts/support/greet.md", GREET.replace("{{name}}", "{{name}} of {{company}}")).commit("Company");
    project.tag("support/greet@v3", "Company");
    const refused = await visit("changes.html?from=latest&to=production&name=support/greet");
    await expect.poll(() => refused.getByRole("alert").textContent()).toContain('"input" lacks "company"');
    project.write(
      "prompts/support/greet.md",
      GREET.replace("{{name}}", "{{name}} of {{company}}").replace("Ada }", "Ada, company: Acme }"),
    );
    project.commit("Example");
    project.tag("support/greet@v4", "Company");
    const page = await visit("changes.html?from=latest&to=production&name=support/greet");
    await page.getByRole("checkbox", { name: "Propose it although it breaks callers" }).waitFor();
    await shoot(page, "breaking");
    await checkAccess(page);
    expect(await proposeButton(page).getAttribute("aria-disabled")).toBe("true");
    await page.getByRole("checkbox", { name: "Propose it although it breaks callers" }).check();
    await page.getByText("Your files stay as they are.").waitFor();
    await proposeButton(page).click();
    await heading(page).waitFor();
  });
});
