// Editing in the pages of `cuecard dev`, as people do who use no git: in Chromium, with the real process, while others write the files.

import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createProject, type TestRepository } from "@cuecard/testing";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { launchBrowser } from "./browser.js";
import { findViolations } from "./page-problems.js";
import { type DevServer, openContext, openPage, startDev } from "./start-dev.js";

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
/** Longer than a narrow screen is wide. */
const LONG = "support/triage_incoming_customer_emails_by_urgency_and_topic";
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
    [`prompts/${LONG}.md`]: GREET,
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

/**
 * A page of the site; with editors, once the compiler has answered. Each test begins without drafts.
 *
 * @param expected A problem that the browser may report.
 */
async function visit(place: string, expected?: RegExp): Promise<Page> {
  const { page, problems } = await openPage(context, server, place);
  onTestFinished(async () => {
    await page.evaluate("localStorage.clear()").catch(() => {});
    await page.close({ runBeforeUnload: false });
    expect(problems.filter((problem) => expected?.test(problem) !== true)).toEqual([]);
  });
  if (place.startsWith("edit.html?file")) await settled(page);
  return page;
}

const settled = (page: Page) => page.locator('.edit[data-checked="true"]').waitFor();
const state = (page: Page) => page.locator(".edit").getAttribute("data-state");
const isState = (page: Page, wanted: string) => page.locator(`.edit[data-state="${wanted}"]`).waitFor();
const marks = (page: Page) => page.locator(".cm-chunkButtons");
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
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("Edit", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
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
    await name.fill("support/bye.md");
    await page.getByText("It is saved as prompts/support/bye.md (the extension").waitFor();
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

it("leads to partials and schemas, and lists who uses them", async () => {
  const page = await visit("edit.html");
  await page.getByRole("link", { name: "tone", exact: true }).click();
  await settled(page);
  await page.locator(".edit-preview").getByRole("link", { name: "support/greet" }).waitFor();
  await typeAtEnd(page, " {{missing}}");
  await page.locator(".edit-findings li", { hasText: "missing" }).waitFor();
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

it("completes what the compiler knows", async () => {
  writeDisk(GREET);
  const page = await visit(EDIT);
  const choice = page.locator(".cm-tooltip-autocomplete li");
  for (const [typed, label, written] of [
    ["{{na", "name", "{{name}}"],
    ["{{> ", "tone", "{{> tone}}"],
    ["{{#ifEq", "ifEquals", "{{#ifEquals }}"],
  ] as const) {
    await typeAtEnd(page, typed);
    await choice.filter({ hasText: label }).first().waitFor();
    await choice.filter({ hasText: label }).first().click();
    expect((await textOf(page)).at(-1)).toContain(written);
  }
});

describe("the form", () => {
  it("changes the front matter, and nothing else of the text", async () => {
    writeDisk(GREET);
    const page = await visit(EDIT);
    await page.getByLabel("Description", { exact: true }).fill("Says hello: politely");
    await page.getByLabel("Description of name").fill("the guest");
    await page.getByLabel("name is required").uncheck();
    await page.getByRole("button", { name: "Add to tags" }).click();
    await page.getByPlaceholder("name").fill("owner");
    await page.keyboard.press("Enter");
    await page.getByLabel("Tags: owner").fill("Ada");
    await page.keyboard.press("Control+s");
    await isState(page, "saved");
    expect(onDisk()).toBe(
      GREET.replace("Greets a customer", '"Says hello: politely"')
        .replace("{ team: support }", '{ team: support, owner: "Ada" }')
        .replace("name: string, who is greeted", "name?: string, the guest"),
    );
  });

  it("renames an input with its examples, and adds and removes inputs and examples", async () => {
    writeDisk(GREET);
    const page = await visit(EDIT);
    await page.getByLabel("Name of name").fill("guest");
    await page.getByLabel("Choices of tone").fill("warm, brief, formal");
    await page.getByRole("button", { name: "Add an input" }).click();
    await page.getByLabel("Name of the new input").fill("count");
    await page.keyboard.press("Enter");
    await page.getByLabel("Type of count").selectOption("integer");
    await page.getByLabel("Default of count").fill("3");
    await page.getByRole("button", { name: "Add an example" }).click();
    await page.getByLabel("Name of example 2").fill("Grace");
    await page.keyboard.press("Control+s");
    await isState(page, "saved");
    const text = onDisk();
    for (const part of ["guest: string, who is greeted", "[warm, brief, formal]", "count: integer", "count: 3"])
      expect(text).toContain(part);
    expect(text).toContain("input: { guest: Ada }");
    expect(text).toContain("name: Grace");
    expect(text).toContain("# Reviewed by support.");
    await page.getByRole("button", { name: "Remove count" }).click();
    await page.getByLabel("Name of count").waitFor({ state: "detached" });
  });

  it("declares what the template uses", async () => {
    writeDisk(GREET);
    const page = await visit(EDIT);
    await typeAtEnd(page, "{{company}}");
    await page.getByRole("button", { name: "Add it to the inputs" }).click();
    await page.locator(".edit-findings li.error").first().waitFor({ state: "detached" });
    await page.getByLabel("Description of company").fill("where the guest works");
    await page.keyboard.press("Control+s");
    await isState(page, "saved");
    expect(onDisk()).toContain("    company: string, where the guest works\n");
    expect(onDisk()).toContain("{ name: Ada, company: some company }");
    await page.getByText("This would break code that works today").waitFor();
  });

  it("and the text edit the same", async () => {
    writeDisk(GREET);
    const page = await visit(EDIT);
    expect((await textOf(page)).join("\n")).not.toContain("description:");
    await page.getByRole("button", { name: "Text", exact: true }).click();
    await page.locator(".cm-line", { hasText: "description: Greets" }).click();
    await page.keyboard.press("End");
    await page.keyboard.type(" warmly");
    await page.getByRole("button", { name: "Form", exact: true }).click();
    await expect.poll(() => page.locator("#field-description").inputValue()).toBe("Greets a customer warmly");
    // What is hidden cannot be typed into: everything that is shown is replaced, and only that.
    await page.locator(".cm-content").focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("Hi.");
    await page.keyboard.press("Control+s");
    await isState(page, "saved");
    expect(onDisk()).toBe(`${GREET.replace("a customer", "a customer warmly").split("{{role")[0]}Hi.`);
    await page.getByRole("button", { name: "Text", exact: true }).click();
    await page.locator(".cm-line", { hasText: "description:" }).click();
    await page.keyboard.press("Home");
    await page.keyboard.type("[");
    await page.getByText("The form is back when the settings can be read").waitFor();
    expect(await findViolations(page)).toEqual([]);
  });
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
    await page.getByText("Both texts are merged in the editor").waitFor({ state: "detached" });
    expect(await marks(page).count()).toBe(0);
  });

  it("ends a merge when it changes again, or is deleted", async () => {
    const page = await visitConflict();
    for (const change of [() => writeDisk(`${changed}Theirs.`), () => rmSync(path.join(project.dir, FILE))]) {
      await page.getByRole("button", { name: "Merge both in the editor" }).click();
      await marks(page).first().waitFor();
      change();
      await isState(page, "conflict");
      await marks(page).first().waitFor({ state: "detached" });
    }
    await page.getByText("with what you had not saved").waitFor();
    await page.getByRole("button", { name: "Leave it deleted" }).click();
  });

  it("can be deleted: the text stays, and can be saved again", async () => {
    writeDisk(GREET);
    const page = await visit(EDIT);
    rmSync(path.join(project.dir, FILE));
    await page.getByText("The file was deleted on disk").waitFor();
    await isState(page, "deleted");
    const note = await page.locator(".conflict .note").textContent();
    for (const button of await page.locator(".conflict button").allInnerTexts()) expect(note).toContain(`“${button}”`);
    await page.getByRole("button", { name: "Save it again" }).click();
    await isState(page, "saved");
    expect(onDisk()).toBe(GREET);
  });
});

describe("what cannot be edited", () => {
  it.each([
    ["prompts/../../secret.md", "cannot be edited"],
    ["package.json", "package.json cannot be edited"],
    ["", "names no file"],
    ["prompts/binary.md", "UTF-8"],
  ])("%s is refused with the reason", async (file, reason) => {
    writeFileSync(path.join(project.dir, "prompts/binary.md"), Buffer.from([0xff, 0xfe, 0x00]));
    onTestFinished(() => rmSync(path.join(project.dir, "prompts/binary.md"), { force: true }));
    const { page } = await openPage(context, server, `edit.html?${new URLSearchParams({ file })}`);
    await page.getByRole("alert").filter({ hasText: reason }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.close();
  });
});

it("a read-only file can be edited, and is not saved", async () => {
  writeDisk(GREET);
  const page = await visit("edit.html?file=prompts/plain.md", /status of 422/);
  chmodSync(path.join(project.dir, "prompts/plain.md"), 0o444);
  onTestFinished(() => chmodSync(path.join(project.dir, "prompts/plain.md"), 0o644));
  await typeAtEnd(page, "Kept.");
  const answer = page.waitForResponse(/@api\/save/);
  await page.keyboard.press("Control+s");
  expect((await answer).ok()).toBe(false);
  await page.getByRole("alert").filter({ hasText: "Not saved" }).waitFor();
  expect(await state(page)).toBe("unsaved");
  expect(await findViolations(page)).toEqual([]);
});

const HOSTILE = `</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1">"'&amp;\u202e\u2028{{{{`;

it("runs nothing of texts, names and findings", async () => {
  const quoted = JSON.stringify(HOSTILE);
  const text = `---\ndescription: ${quoted}\nmodel: ${quoted}\ntags: { ${quoted}: ${quoted} }\n${quoted}: 1\ninput: { schema: { type: object, properties: { ${quoted}: { type: string, description: ${quoted} } } } }\nexamples: [{ name: ${quoted}, input: { ${quoted}: ${quoted}, other: [${quoted}] } }]\n---\n${HOSTILE}{{> ${HOSTILE}}}`;
  writeDisk(text, "prompts/plain.md");
  const page = await visit("edit.html?file=prompts/plain.md");
  await page.locator(".edit-findings li").first().waitFor();
  await page.getByRole("button", { name: "Text", exact: true }).click();
  for (const finding of await page.locator(".cm-lintRange").all()) await finding.hover({ force: true });
  await page.locator(".cm-content").focus();
  await page.keyboard.type(HOSTILE);
  writeDisk(`${text}\n${HOSTILE}`, "prompts/plain.md");
  await isState(page, "conflict");
  await page.getByRole("button", { name: "Merge both in the editor" }).click();
  await settled(page);
  expect(await page.evaluate("window.hacked")).toBeUndefined();
  expect(await page.locator("img[src]").count()).toBe(0);
  const refused = await openPage(
    context,
    server,
    `edit.html?${new URLSearchParams({ file: `prompts/${HOSTILE}.md` })}`,
  );
  await refused.page.getByRole("alert").waitFor();
  expect(await refused.page.evaluate("window.hacked")).toBeUndefined();
  await refused.page.close();
  writeDisk("Say {{word}}.", "prompts/plain.md");
});

describe.each(["light", "dark"] as const)("in %s colors", (colorScheme) => {
  const long = [`edit.html?file=prompts/${LONG}.md`, `prompts/${LONG}.html`];
  it.each([
    EDIT,
    ...long,
    "edit.html",
    "edit.html?file=prompts/_tone.md",
    "edit.html?file=prompts/schemas/Recipe.json",
  ])("%s is accessible, and fits every width", async (place) => {
    writeDisk(GREET);
    const page = await visit(place);
    await page.emulateMedia({ colorScheme });
    await page.locator("main h1").waitFor();
    for (const details of await page.locator("details").all())
      await details.evaluate((element) => element.setAttribute("open", ""));
    for (const width of [360, 390, 700, 1024, 1600]) {
      await page.setViewportSize({ width, height: 800 });
      const excess = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect([width, await page.evaluate(excess)]).toEqual([width, 0]);
      expect([width, await cutLinks(page)]).toEqual([width, []]);
      expect([width, await findViolations(page)]).toEqual([width, []]);
    }
  });
});

/** The links of the bar at the top that are not wholly in sight. */
function cutLinks(page: Page): Promise<string[]> {
  return page.locator(".bar nav a").evaluateAll((links) =>
    links.flatMap((link) => {
      const [own, all] = [link, link.parentElement ?? link].map((element) => element.getBoundingClientRect());
      return own !== undefined && all !== undefined && own.right <= all.right + 1 ? [] : [link.textContent ?? ""];
    }),
  );
}

it.each([1024, 1600])(
  "has all of the right column within reach of the page's own scrolling at %i px",
  async (width) => {
    writeDisk(GREET);
    const page = await visit(EDIT);
    await page.setViewportSize({ width, height: 500 });
    const column = page.locator(".edit-preview");
    expect(await column.evaluate((element) => element.scrollHeight - element.clientHeight)).toBe(0);
    expect(await column.evaluate((element) => element.clientHeight)).toBeGreaterThan(340);
    await page.mouse.wheel(0, 10_000);
    const end = async () => {
      const run = await page.locator(".edit-run").boundingBox();
      return run === null ? undefined : run.y + run.height;
    };
    await expect.poll(end).toBeLessThan(500);
  },
);

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
