// A project that is edited in the pages of `cuecard dev`, as people do who use no git: in Chromium, with the real process.

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createProject } from "@cuecard/testing";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { launchBrowser } from "./browser.js";
import { type DevServer, openContext, openPage, startDev } from "./start-dev.js";

export const GREET = `---
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
export const LONG = "support/triage_incoming_customer_emails_by_urgency_and_topic";
export const EDIT = `edit.html?file=${FILE}`;

export class EditSite {
  /** The project's folder. */
  readonly dir: string;
  readonly browser: Browser;
  readonly server: DevServer;
  readonly context: BrowserContext;

  private constructor(dir: string, browser: Browser, server: DevServer, context: BrowserContext) {
    this.dir = dir;
    this.browser = browser;
    this.server = server;
    this.context = context;
  }

  static async open(): Promise<EditSite> {
    const browser = await launchBrowser();
    const project = createProject({
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
    const server = await startDev(project.dir);
    return new EditSite(project.dir, browser, server, await openContext(browser, server));
  }

  async close(): Promise<void> {
    await this.server.stop();
    await this.browser.close();
  }

  read(file = FILE): string {
    return readFileSync(this.place(file), "utf8");
  }

  write(text: string | Buffer, file = FILE): void {
    writeFileSync(this.place(file), text);
  }

  remove(file = FILE): void {
    rmSync(this.place(file));
  }

  place(file: string): string {
    return path.join(this.dir, file);
  }

  /**
   * A page of the site; with editors, once the compiler has answered. Each test begins without drafts.
   *
   * @param expected A problem that the browser may report.
   */
  async visit(place: string, expected?: RegExp): Promise<Page> {
    const { page, problems } = await openPage(this.context, this.server, place);
    onTestFinished(async () => {
      await page.evaluate("localStorage.clear()").catch(() => {});
      await page.close({ runBeforeUnload: false });
      expect(problems.filter((problem) => expected?.test(problem) !== true)).toEqual([]);
    });
    if (place.startsWith("edit.html?file")) await settled(page);
    return page;
  }
}

/** Once the compiler has answered. */
export function settled(page: Page): Promise<void> {
  return page.locator('.edit[data-checked="true"]').waitFor();
}

export function state(page: Page): Promise<string | null> {
  return page.locator(".edit").getAttribute("data-state");
}

export function isState(page: Page, wanted: string): Promise<void> {
  return page.locator(`.edit[data-state="${wanted}"]`).waitFor();
}

export function textOf(page: Page): Promise<string[]> {
  return page.locator(".cm-content .cm-line").allInnerTexts();
}

export async function typeAtEnd(page: Page, text: string): Promise<void> {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(text);
}
