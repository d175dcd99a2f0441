// Editing in the pages of `cuecard dev`, as people do who use no git: in Chromium, with the real process, while others write the files.

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createProject, type TestRepository } from "@cuecard/testing";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { launchBrowser } from "./browser.js";
import { type DevServer, findViolations, openContext, openPage, startDev } from "./start-dev.js";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const GREET = `---
# Reviewed by support.
description: Greets a customer
tags: { team: support }
input:
  schema:
    name: string, who is greeted
    tone?(enum, how): [warm, brief]
examples:
  - name: Ada
    input: { name: Ada }
---
{{role "system"}}
{{> tone}}
{{role "user"}}
Hello {{name}}!
`;
const FILE = "prompts/support/greet.md";
const EDIT = `edit.html?file=${FILE}`;

let browser: Browser;
let project: TestRepository;
let server: DevServer;
let context: BrowserContext;

const onDisk = (file = FILE) => readFileSync(path.join(project.dir, file), "utf8");
const writeDisk = (text: string, file = FILE) => writeFileSync(path.join(project.dir, file), text);

beforeAll(async () => {
  browser = await launchBrowser();
  project = createProject({
    [FILE]: GREET,
    "prompts/_tone.md": "Be kind.",
    "prompts/schemas/Recipe.json": '{ "type": "object" }',
    "prompts/plain.md": "Say {{word}}.",
  });
  project.commit("Prompts");
  project.tag("support/greet@v1", "First");
  project.write({ "aliases.json": '{ "support/greet": { "production": "v1" } }' });
  project.commit("Production");
  server = await startDev(project.dir);
  context = await openContext(browser, server);
});

afterAll(async () => {
  await server?.stop();
  await browser?.close();
});

/** A page of the site; with editors, once the compiler has answered. Each test begins with the same files, and without drafts. */
async function visit(place: string): Promise<Page> {
  const { page, problems } = await openPage(context, server, place);
  onTestFinished(async () => {
    await page.evaluate("localStorage.clear()").catch(() => {});
    await page.close({ runBeforeUnload: false });
    expect(problems).toEqual([]);
  });
  if (place.startsWith("edit.html?file")) await settled(page);
  return page;
}

const settled = (page: Page) => page.locator('.edit[data-checked="true"]').waitFor();
const state = (page: Page) => page.locator(".edit").getAttribute("data-state");
const isState = (page: Page, wanted: string) => page.locator(`.edit[data-state="${wanted}"]`).waitFor();
const textOf = (page: Page) => page.locator(".cm-content .cm-line").allInnerTexts();

async function typeAtEnd(page: Page, text: string): Promise<void> {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(text);
}

describe("a prompt", () => {
  it("is edited from its page: what the draft renders is shown at once, and saved to the file as it was", async () => {
    writeDisk(GREET);
    const page = await visit("prompts/support/greet.html");
    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await settled(page);
    expect(await state(page)).toBe("saved");
    await typeAtEnd(page, "Good morning.");
    await isState(page, "unsaved");
    await page.locator(".edit-preview .message.user", { hasText: "Hello Ada!\nGood morning." }).waitFor();
    expect(onDisk()).toBe(GREET);
    await page.keyboard.press("Control+s");
    await isState(page, "saved");
    expect(onDisk()).toBe(`${GREET}Good morning.`);
    writeDisk(GREET);
  });

  it("begins with a name, which is checked as it is typed, and a text", async () => {
    const page = await visit("index.html");
    await page.keyboard.press("Shift+N");
    const name = page.getByLabel("Name");
    await name.fill("support/ok bye");
    await page.getByText('the segment "ok bye" may contain only letters').waitFor();
    await name.fill("Support/greet");
    await page.getByText("The prompt support/greet exists already").waitFor();
    await name.fill("support/bye");
    await page.getByRole("button", { name: "Open the editor" }).click();
    await settled(page);
    await page.getByText("Not saved yet").waitFor();
    expect(await page.locator(".edit-findings .error").count()).toBe(0);
    await page.getByRole("button", { name: /^Save/ }).click();
    await isState(page, "saved");
    expect(onDisk("prompts/support/bye.md")).toContain('{{role "system"}}');
    rmSync(path.join(project.dir, "prompts/support/bye.md"));
    await page.getByText("The file was deleted on disk").waitFor();
  });
});

it("shows findings at their place, and as a list that keys reach", async () => {
  writeDisk(GREET);
  const page = await visit(EDIT);
  await typeAtEnd(page, "{{nme}}");
  const finding = page.locator(".edit-findings li", { hasText: "nme" });
  await finding.waitFor();
  await page.locator(".cm-lintRange-error", { hasText: "nme" }).hover();
  await page.locator(".cm-tooltip-lint", { hasText: 'did you mean "name"?' }).waitFor();
  await finding.getByRole("button", { name: /Go to line/ }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("name");
  await finding.waitFor({ state: "detached" });
  expect((await textOf(page)).at(-1)).toContain("{{name}}");
});

it("leaves the editor with Tab, and is usable with keys alone", async () => {
  writeDisk(GREET);
  const page = await visit("index.html");
  await page.keyboard.press("/");
  await page.keyboard.type("greet");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/greet\.html/);
  await page.keyboard.press("Shift+E");
  await settled(page);
  for (let presses = 0; !(await page.evaluate(isEditorFocused)); presses++) {
    expect(presses).toBeLessThan(80);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Control+End");
  await page.keyboard.type("By keys.");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(isEditorFocused)).toBe(false);
  await page.keyboard.press("Control+s");
  await isState(page, "saved");
  expect(onDisk()).toBe(`${GREET}By keys.`);
  writeDisk(GREET);
});

const isEditorFocused = "document.activeElement?.shadowRoot?.activeElement?.classList.contains('cm-content') === true";

describe("what is not saved", () => {
  it("comes back after a reload, and in another tab when its own is gone", async () => {
    writeDisk(GREET);
    const page = await visit(EDIT);
    await typeAtEnd(page, "Kept.");
    page.once("dialog", (dialog) => dialog.accept());
    await page.reload();
    await page.getByText("were not saved. Here they are again").waitFor();
    expect((await textOf(page)).at(-1)).toBe("Kept.");
    await page.close();
    const next = await visit(EDIT);
    await next.getByText("were not saved. Here they are again").waitFor();
    await next.getByRole("button", { name: "Drop them" }).click();
    await isState(next, "saved");
    expect(await textOf(next)).not.toContain("Kept.");
  });

  it("stays when the server ends, and can be saved when it runs again", async () => {
    writeDisk(GREET);
    const own = await startDev(project.dir);
    const ownContext = await openContext(browser, own);
    const { page } = await openPage(ownContext, own, EDIT);
    await settled(page);
    await own.stop();
    await typeAtEnd(page, "Alone.");
    await page.keyboard.press("Control+s");
    await page.getByText("Not connected").waitFor();
    expect(await findViolations(page)).toEqual([]);
    expect(onDisk()).toBe(GREET);
    const again = await startDev(project.dir, Number(new URL(own.url).port));
    onTestFinished(() => again.stop());
    const other = await ownContext.newPage();
    await other.goto(again.url);
    await page.getByText("Not connected").waitFor({ state: "detached" });
    await page.keyboard.press("Control+s");
    await isState(page, "saved");
    expect(onDisk()).toBe(`${GREET}Alone.`);
    await ownContext.close();
  });
});

describe("a file that changes on disk", () => {
  const changed = GREET.replace("Be kind", "").replace("Hello", "Good day");

  it("is followed, with the cursor where it was, if nothing is unsaved", async () => {
    writeDisk(GREET);
    const page = await visit(EDIT);
    await page.locator(".cm-content").focus();
    await page.keyboard.press("Control+End");
    writeDisk(changed);
    await page.locator(".cm-line", { hasText: "Good day" }).waitFor();
    expect(await state(page)).toBe("saved");
    await page.keyboard.type("End.");
    expect((await textOf(page)).at(-1)).toBe("End.");
  });

  /** Both have changed the file. */
  async function visitConflict(): Promise<Page> {
    writeDisk(GREET);
    const page = await visit(EDIT);
    await typeAtEnd(page, "Mine.");
    writeDisk(changed);
    await isState(page, "conflict");
    await page.locator(".diff", { hasText: "Good day" }).waitFor();
    return page;
  }

  it("is in conflict with what is unsaved: mine can replace it", async () => {
    const page = await visitConflict();
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press("Control+s");
    expect(onDisk()).toBe(changed);
    await page.getByRole("button", { name: "Keep mine" }).click();
    await isState(page, "saved");
    expect(onDisk()).toBe(`${GREET}Mine.`);
  });

  it("is in conflict with what is unsaved: theirs can be taken, and undone", async () => {
    const page = await visitConflict();
    await page.getByRole("button", { name: "Take theirs" }).click();
    await isState(page, "saved");
    expect((await textOf(page)).join("\n")).not.toContain("Mine.");
    await page.locator(".cm-content").focus();
    await page.keyboard.press("Control+z");
    expect((await textOf(page)).join("\n")).toContain("Mine.");
  });

  it("is in conflict with what is unsaved: both can be merged in the editor", async () => {
    const page = await visitConflict();
    await page.getByRole("button", { name: "Merge both in the editor" }).click();
    await page.getByText("Both texts are merged in the editor").waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole("button", { name: /^Save/ }).click();
    await isState(page, "saved");
    expect(onDisk()).toBe(`${changed}Mine.`);
  });

  it("can be deleted: the text stays, and can be saved again", async () => {
    writeDisk(GREET);
    const page = await visit(EDIT);
    rmSync(path.join(project.dir, FILE));
    await page.getByText("The file was deleted on disk").waitFor();
    await page.getByRole("button", { name: "Save it again" }).click();
    await isState(page, "saved");
    expect(onDisk()).toBe(GREET);
  });
});

it("loses no edit of two tabs and another editor that save at once", async () => {
  writeDisk(GREET);
  const pages = [await visit(EDIT), await visit(EDIT)];
  const saved: string[] = [];
  const random = mulberry32(16);
  for (let turn = 0; turn < 24; turn++) {
    const who = Math.floor(random() * 3);
    const line = `Line ${turn} of ${who}.`;
    const page = pages[who];
    saved.push(line);
    if (page === undefined) {
      // As editors do, it reads the file before it writes.
      writeDisk(`${onDisk()}\n${line}`);
      continue;
    }
    await typeAtEnd(page, `\n${line}`);
    await page.keyboard.press("Control+s");
    if (random() < 0.5) continue;
    if ((await state(page)) === "conflict") {
      const merge = page.getByRole("button", { name: "Merge both in the editor" });
      if (await merge.isVisible()) await merge.click();
      await page.keyboard.press("Control+s");
    }
  }
  const seen = await Promise.all(pages.map(async (page) => (await textOf(page)).join("\n")));
  const drafts = String(await pages[0]?.evaluate("JSON.stringify({ ...localStorage })"));
  const everywhere = [onDisk(), drafts, ...seen].join("\n");
  expect(saved.filter((line) => !everywhere.includes(line))).toEqual([]);
});

/** The same numbers in each run. */
function mulberry32(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
