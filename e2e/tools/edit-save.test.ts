// Saving in the pages of `cuecard dev`, while others write the same file: drafts, conflicts, and texts that cannot be written.

import { chmodSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { EDIT, EditSite, GREET, isState, settled, state, textOf, typeAtEnd } from "./edit-site.js";
import { findViolations } from "./page-problems.js";
import { openContext, openPage, startDev } from "./start-dev.js";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let site: EditSite;

beforeAll(async () => {
  site = await EditSite.open();
});

afterAll(() => site?.close());

const marks = (page: Page) => page.locator(".cm-chunkButtons");

describe("what is not saved", () => {
  it("comes back after a reload, and in another tab when its own is gone", async () => {
    site.write(GREET);
    const page = await site.visit(EDIT);
    await typeAtEnd(page, "Kept.");
    page.once("dialog", (dialog) => dialog.accept());
    await page.reload();
    await page.getByText("were not saved. Here they are again").waitFor();
    expect((await textOf(page)).at(-1)).toBe("Kept.");
    await page.close();
    const next = await site.visit(EDIT);
    await next.getByText("were not saved. Here they are again").waitFor();
    await next.getByRole("button", { name: "Drop them" }).click();
    await isState(next, "saved");
    expect(await textOf(next)).not.toContain("Kept.");
  });

  it("stays when the server ends, and can be saved when it runs again", async () => {
    site.write(GREET);
    const own = await startDev(site.dir);
    const ownContext = await openContext(site.browser, own);
    const { page } = await openPage(ownContext, own, EDIT);
    await settled(page);
    await own.stop();
    await typeAtEnd(page, "Alone.");
    await page.keyboard.press("Control+s");
    await page.getByText("Not connected").waitFor();
    expect(await findViolations(page)).toEqual([]);
    expect(site.read()).toBe(GREET);
    const again = await startDev(site.dir, Number(new URL(own.url).port));
    onTestFinished(() => again.stop());
    const other = await ownContext.newPage();
    await other.goto(again.url);
    await page.getByText("Not connected").waitFor({ state: "detached" });
    await page.keyboard.press("Control+s");
    await isState(page, "saved");
    expect(site.read()).toBe(`${GREET}Alone.`);
    await ownContext.close();
  });
});

describe("a file that changes on disk", () => {
  const changed = GREET.replace("Be kind", "").replace("Hello", "Good day");

  it("is followed, with the cursor where it was, if nothing is unsaved", async () => {
    site.write(GREET);
    const page = await site.visit(EDIT);
    await page.locator(".cm-content").focus();
    await page.keyboard.press("Control+End");
    site.write(changed);
    await page.locator(".cm-line", { hasText: "Good day" }).waitFor();
    expect(await state(page)).toBe("saved");
    await page.keyboard.type("End.");
    expect((await textOf(page)).at(-1)).toBe("End.");
  });

  /** Both have changed the file. */
  async function visitConflict(): Promise<Page> {
    site.write(GREET);
    const page = await site.visit(EDIT);
    await typeAtEnd(page, "Mine.");
    site.write(changed);
    await isState(page, "conflict");
    await page.locator(".diff", { hasText: "Good day" }).waitFor();
    return page;
  }

  it("is in conflict with what is unsaved: mine can replace it", async () => {
    const page = await visitConflict();
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press("Control+s");
    expect(site.read()).toBe(changed);
    await page.getByRole("button", { name: "Keep mine" }).click();
    await isState(page, "saved");
    expect(site.read()).toBe(`${GREET}Mine.`);
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
    expect(site.read()).toBe(`${changed}Mine.`);
    await page.getByText("Both texts are merged in the editor").waitFor({ state: "detached" });
    expect(await marks(page).count()).toBe(0);
  });

  it("ends a merge when it changes again, or is deleted", async () => {
    const page = await visitConflict();
    for (const change of [() => site.write(`${changed}Theirs.`), () => site.remove()]) {
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
    site.write(GREET);
    const page = await site.visit(EDIT);
    site.remove();
    await page.getByText("The file was deleted on disk").waitFor();
    await isState(page, "deleted");
    const note = await page.locator(".conflict .note").textContent();
    for (const button of await page.locator(".conflict button").allInnerTexts()) expect(note).toContain(`“${button}”`);
    await page.getByRole("button", { name: "Save it again" }).click();
    await isState(page, "saved");
    expect(site.read()).toBe(GREET);
  });
});

it("a read-only file can be edited, and is not saved", async () => {
  site.write(GREET);
  const page = await site.visit("edit.html?file=prompts/plain.md", /status of 422/);
  chmodSync(site.place("prompts/plain.md"), 0o444);
  onTestFinished(() => chmodSync(site.place("prompts/plain.md"), 0o644));
  await typeAtEnd(page, "Kept.");
  const answer = page.waitForResponse(/@api\/save/);
  await page.keyboard.press("Control+s");
  expect((await answer).ok()).toBe(false);
  await page.getByRole("alert").filter({ hasText: "Not saved" }).waitFor();
  expect(await state(page)).toBe("unsaved");
  expect(await findViolations(page)).toEqual([]);
});

it("loses no edit of two tabs and another editor that save at once", async () => {
  site.write(GREET);
  const pages = [await site.visit(EDIT), await site.visit(EDIT)];
  const saved: string[] = [];
  const random = mulberry32(16);
  for (let turn = 0; turn < 24; turn++) {
    const who = Math.floor(random() * 3);
    const line = `Line ${turn} of ${who}.`;
    const page = pages[who];
    saved.push(line);
    if (page === undefined) {
      // As editors do, it reads the file before it writes.
      site.write(`${site.read()}\n${line}`);
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
  const everywhere = [site.read(), drafts, ...seen].join("\n");
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
