// The catalog for people who use only keys, who need large text or other colors, and on paper; and a form for nested input.

import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createFolder, createProject, type TestRepository } from "@cuecard/testing";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { repository } from "../pack-packages.js";
import { tryCommand } from "../run-command.js";
import { CatalogSite } from "./catalog-site.js";
import { findViolations } from "./page-problems.js";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const CONTRACT = `---
description: Extracts obligations
input:
  schema:
    type: object
    $defs:
      node: { type: object, required: [title], properties: { title: { type: string }, children: { type: array, items: { $ref: "#/$defs/node" } } } }
    required: [parties, kind, due, code, outline]
    properties:
      parties: { type: array, items: { type: object, required: [name], properties: { name: { type: string, minLength: 2 }, role: { enum: [customer, supplier] } } } }
      kind: { oneOf: [{ title: Fixed, type: object, required: [fixed], properties: { fixed: { type: number } } }, { title: Per hour, type: object, required: [rate, hours], properties: { rate: { type: number }, hours: { type: integer } } }] }
      due: { type: string, format: date }
      code: { type: [string, "null"] }
      level: { type: integer, maximum: 5 }
      outline: { $ref: "#/$defs/node" }
  default: { level: 3 }
---
Due {{due}}, level {{level}}:{{#each parties}} {{this.name}} ({{#if this.role}}{{this.role}}{{else}}none{{/if}}){{/each}}
{{json kind}} {{json code}} {{json outline}}
`;

function createContracts(): TestRepository {
  const project = createProject({
    "prompts/contracts.md": CONTRACT,
    "prompts/greet.md": "---\nexamples: [{ name: a guest, input: { name: Ada } }]\n---\n{{> tone}}Hello {{name}}!\n",
    "prompts/_tone.md": "Be kind.\n",
  });
  project.commit("Add prompts");
  project.tag("greet@v1", "First version");
  project.write({
    "prompts/greet.md": "{{> tone}}Hi {{name}}!\n",
    "aliases.json": '{ "greet": { "production": "v1" } }',
  });
  project.commit("Say hi");
  project.tag("greet@v2", "Short");
  return project;
}

const cuecard = path.join(repository, "packages/cli/bin/cuecard.js");
let project: TestRepository;
let site: CatalogSite;

beforeAll(async () => {
  project = createContracts();
  site = await CatalogSite.open(project.dir);
});

afterAll(() => site?.close());

const PAGES = [
  "index.html",
  "environments.html",
  "compare.html",
  "promotions/latest.to.production.html",
  "prompts/greet.html",
  "prompts/contracts.html",
  "prompts/greet@history.html",
];

describe("a form for nested input", () => {
  it("has lists of objects, choices, alternatives, dates, null, defaults and references, and what is wrong beside each field", async () => {
    const { page, problems } = await site.visit("prompts/contracts.html");
    const rendered = page.locator(".playground .message pre");
    await page.getByRole("button", { name: "Add to parties" }).click();
    await page.getByLabel("name", { exact: true }).fill("A");
    const name = page.getByLabel("name", { exact: true });
    await expect.poll(() => name.getAttribute("aria-invalid")).toBe("true");
    const problem = page.locator(`[id="${await name.getAttribute("aria-describedby")}"]`);
    await expect
      .poll(() => problem.textContent())
      .toBe('expected a value that passes "minLength" (2), got a string ("A")');
    await name.fill("Acme");
    await page.getByLabel("Give role").check();
    await page.getByLabel("role", { exact: true }).selectOption("supplier");
    await page.getByLabel("Form of kind").selectOption("Per hour");
    await page.getByLabel("hours").fill("8");
    await page.getByLabel("due").fill("2026-05-01");
    await page.getByLabel("Give code").check();
    await page.getByLabel("code", { exact: true }).fill("x");
    await page.getByLabel("title").fill("Root");
    await page.getByLabel("Give children").check();
    await page.getByRole("button", { name: "Add to children" }).click();
    await page.getByLabel("title").nth(1).fill("One");
    const expected = (code: string) =>
      `Due 2026-05-01, level 3: Acme (supplier)\n{"rate":0,"hours":8} ${code} {"title":"Root","children":[{"title":"One"}]}`;
    await expect.poll(() => rendered.textContent()).toBe(expected('"x"'));
    await page.getByLabel("Give code").uncheck();
    await expect.poll(() => rendered.textContent()).toBe(expected("null"));
    await expect.poll(() => page.getByText("Default: 3").isVisible()).toBe(true);
    await page.getByLabel("Give level").check();
    await page.getByLabel("level", { exact: true }).fill("9");
    expect(await page.locator(".playground .problem").allTextContents()).toEqual([
      'expected a value that passes "maximum" (5), got a number (9)',
    ]);
    expect(await findViolations(page)).toEqual([]);
    // What is in the address is the same input in another tab.
    const copy = await site.visit(page.url().slice(site.url.length));
    await expect.poll(() => copy.page.getByLabel("hours").inputValue()).toBe("8");
    await expect.poll(() => copy.page.getByLabel("Form of kind").inputValue()).toBe("1");
    expect([...problems, ...copy.problems]).toEqual([]);
    await copy.page.context().close();
    await page.context().close();
  });

  it("says what failed, and offers to try again", async () => {
    const { page } = await site.visit("index.html");
    await page.route("**/code/**", (route) => route.abort());
    await page.goto(`${site.url}prompts/greet.html`);
    await expect.poll(() => page.getByRole("alert").textContent()).toContain("The prompt's code could not be loaded");
    await page.unroute("**/code/**");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".playground").waitFor();
    await page.context().close();
  });

  it("says what is needed if the scripts of the page do not load", async () => {
    const { page } = await site.visit("index.html");
    await page.route("**/assets/app.js", (route) => route.abort());
    for (const file of ["prompts/greet.html", "compare.html"]) {
      await page.goto(`${site.url}${file}`);
      await page.getByText("requires JavaScript, and a web server").waitFor();
    }
    await page.context().close();
  });
});

describe("by keys alone", () => {
  /** The element that has the focus, and whether that can be seen. */
  const focused = (page: Page) =>
    page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return undefined;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const { top, bottom, width } = element.getBoundingClientRect();
      return {
        text: (element.getAttribute("aria-label") ?? element.textContent ?? "").trim(),
        tag: element.tagName,
        outlined: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2,
        inSight: width > 0 && bottom > 0 && top < innerHeight,
      };
    });

  it.each(PAGES)("every control of %s is reached in order, seen, and left again", async (file) => {
    // Without motion, a focused element is in sight at once.
    const { page } = await site.visit(file, { reducedMotion: "reduce" });
    const order: string[] = [];
    for (let step = 0; step < 200; step++) {
      await page.keyboard.press("Tab");
      const element = await focused(page);
      if (element === undefined) break;
      expect([file, step, element]).toEqual([file, step, { ...element, outlined: true, inSight: true }]);
      order.push(`${element.tag} ${element.text}`);
    }
    expect(order[0]).toBe("A Skip to the content");
    const controls = await page
      .locator("a[href]:visible, button:visible, input:visible, select:visible, textarea:visible, summary:visible")
      .count();
    // The link that skips is visible only with the focus; frames that scroll can have it as well.
    expect(order.filter((element) => !element.startsWith("DIV")).length).toBeGreaterThanOrEqual(controls - 1);
    expect(order.length).toBeLessThan(200);
    await page.context().close();
  });

  it("skips to the content, tries a prompt, compares versions, and reads the help", async () => {
    const { page } = await site.visit("prompts/greet.html");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.url()).toContain("#main");
    await page.getByLabel("name", { exact: true }).focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("Bob");
    await expect.poll(() => page.locator(".playground .message pre").textContent()).toContain("Hello Bob!");
    await page.getByText("Partial _tone.md").focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByText("Be kind.").first().isVisible()).toBe(true);
    await page.keyboard.press("?");
    await expect.poll(() => page.getByRole("dialog").isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").isVisible()).toBe(false);
    await page.goto(`${site.url}compare.html?name=greet&a=v1&b=v2`);
    await page.locator("table.diff").first().waitFor();
    await page.getByRole("button", { name: "Swap the two versions" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**a=v2&b=v1**");
    await page.context().close();
  });
});

it.each(PAGES)("%s fits at 200 % zoom and with large text", async (file) => {
  const { page } = await site.visit(file, { viewport: { width: 640, height: 400 } });
  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  const excess = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
  expect(await page.evaluate(excess)).toBe(0);
  await page.context().close();
});

it("draws the line and the dots of versions within their entries, which cut off what is outside", async () => {
  const { page } = await site.visit("prompts/greet.html");
  const entries = page.locator(".timeline li");
  expect(await entries.count()).toBeGreaterThan(2);
  const lefts = await entries.evaluateAll((all) =>
    all.flatMap((entry) =>
      ["::before", "::after"].map((part) => Number.parseFloat(getComputedStyle(entry, part).left)),
    ),
  );
  expect(Math.min(...lefts)).toBe(0);
  await page.emulateMedia({ media: "print" });
  const drawn = await entries.evaluateAll((all) => all.map((entry) => getComputedStyle(entry).contentVisibility));
  expect(new Set(drawn)).toEqual(new Set(["visible"]));
  await page.context().close();
});

it("has no motion for people who do not want any, and is legible in forced colors", async () => {
  const { page } = await site.visit("prompts/greet.html", { reducedMotion: "reduce", forcedColors: "active" });
  expect(await page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")).toBe("auto");
  expect(await findViolations(page)).toEqual([]);
  const chip = page.locator(".chip").first();
  expect(await chip.evaluate((element) => getComputedStyle(element).borderTopStyle)).toBe("solid");
  await page.context().close();
});

it("prints what is read, light and unfolded, without what is only for the screen", async () => {
  const { page } = await site.visit("prompts/greet.html", { colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
  await expect.poll(() => page.getByText("Be kind.").first().isVisible()).toBe(true);
  for (const hidden of [
    page.getByRole("navigation", { name: "Site" }),
    page.locator(".playground"),
    page.locator("button"),
  ])
    await expect.poll(() => hidden.filter({ visible: true }).count()).toBe(0);
  const pdf = await page.pdf({ format: "A4" });
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  await page.context().close();
});

it("has snippets for a shell and for Python that run as they are", async ({ skip }) => {
  const { page } = await site.visit("prompts/greet.html", { javaScriptEnabled: false });
  const snippet = (title: string) => page.locator("details.snippet", { hasText: title }).locator("code").textContent();
  const shell = (await snippet("Command line")) ?? "";
  const python = (await snippet("Python")) ?? "";
  expect(await snippet("TypeScript, only this prompt")).toContain(
    'import { production as prompt } from "@acme/prompts/greet";',
  );
  await page.context().close();
  const bin = createFolder("bin");
  await writeFile(path.join(bin, "npx"), `#!/bin/sh\nshift\nexec "${process.execPath}" "${cuecard}" "$@"\n`, {
    mode: 0o755,
  });
  const env = { PATH: `${bin}${path.delimiter}${process.env["PATH"]}` };
  const run = (program: string, ...args: string[]) => tryCommand(program, args, { cwd: project.dir, env });
  const messages = [{ role: "user", content: "Be kind.\nHello Ada!" }];
  expect(JSON.parse((await run("sh", "-c", shell)).stdout)).toEqual(messages);
  const printed = await run("python3", "-c", `${python}\nprint(json.dumps(messages))`).catch(() => undefined);
  if (printed === undefined) return skip("there is no python3");
  expect(JSON.parse(printed.stdout)).toEqual(messages);
});
