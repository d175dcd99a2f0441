// The real `cuecard dev`, and pages of it in a real browser.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { repository } from "../pack-packages.js";
import { collectProblems } from "./page-problems.js";

export interface DevServer {
  /** With the token. */
  readonly url: string;
  /** The address of a page of it. */
  address(page: string): string;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
}

/**
 * @param port Default: any that is free.
 * @param env Environment variables besides those of the tests.
 * @param options Options of the command.
 */
export async function startDev(
  dir: string,
  port = 0,
  env: NodeJS.ProcessEnv = {},
  options: readonly string[] = [],
): Promise<DevServer> {
  const args = [path.join(repository, "packages/cli/bin/cuecard.js"), "dev", "--port", String(port), ...options];
  const child = spawn(process.execPath, args, { cwd: dir, env: { ...process.env, ...env } });
  const url = await printedAddress(child);
  return {
    url,
    address: (page) => new URL(page, url).href,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill("SIGINT");
      await once(child, "exit");
    },
  };
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const read = (part: Buffer) => {
      printed += String(part);
      const [found] = /http:\S+/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => reject(new Error(`cuecard dev ended with ${code}: ${printed}`)));
  });
}

export interface DevPage {
  readonly page: Page;
  /** Errors of scripts, what the policy blocked, and requests that left the site. */
  readonly problems: string[];
}

/** A browser that has opened the printed address. */
export async function openContext(
  browser: Browser,
  { url }: DevServer,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(url);
  await page.close();
  return context;
}

export async function openPage(context: BrowserContext, server: DevServer, place: string): Promise<DevPage> {
  const page = await context.newPage();
  const problems = collectProblems(page, server.address("/"));
  await page.goto(server.address(place));
  return { page, problems };
}
