// A catalog in a real browser: built by the command, served as a plain web server does, and opened in Chromium.

import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { repository } from "../pack-packages.js";
import { tryCommand } from "../run-command.js";
import { type FileServer, launchBrowser, serveFolder } from "./browser.js";
import { collectProblems } from "./page-problems.js";

export interface Visit {
  readonly page: Page;
  /** Errors of scripts, what the policy blocked, and requests that failed or left the site. */
  readonly problems: string[];
}

export class CatalogSite {
  readonly browser: Browser;
  readonly #server: FileServer;

  private constructor(browser: Browser, server: FileServer) {
    this.browser = browser;
    this.#server = server;
  }

  /** Builds the catalog of a project, and serves it below a path. */
  static async open(dir: string): Promise<CatalogSite> {
    const cuecard = path.join(repository, "packages/cli/bin/cuecard.js");
    const args = [cuecard, "catalog", "--out", "site", "--title", "Acme"];
    await tryCommand(process.execPath, args, { cwd: dir });
    const server = await serveFolder(path.join(dir, "site"), "/docs/prompts/");
    return new CatalogSite(await launchBrowser(), server);
  }

  /** Ends in `/`. */
  get url(): string {
    return this.#server.url;
  }

  async visit(file: string, options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await this.browser.newContext(options);
    const page = await context.newPage();
    const problems = collectProblems(page, this.url);
    page.on("requestfailed", (request) => problems.push(`failed: ${request.url()}`));
    await page.goto(`${this.url}${file}`, { waitUntil: "networkidle" });
    return { page, problems };
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.#server.close();
  }
}
