// The pages that `cuecard catalog` writes, as people use them: in Chromium, with keys and pointer, with and without scripts.

import { createProject, type TestRepository } from "@cuecard/testing";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { tryCommand } from "../run-command.js";
import { CatalogSite } from "./catalog-site.js";
import { findViolations } from "./page-problems.js";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const HOSTILE = `</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1">"'&amp;\u202e`;
const quoted = JSON.stringify(HOSTILE);

const ANALYST = `---
description: Answers questions about spending
model: anthropic/claude-sonnet-4
tags: { team: finops, owner: Ada }
input:
  schema:
    query: string, the question
    tone?(enum, how to answer): [short, long]
examples:
  - name: spending
    input: { query: What did we spend? }
---
{{role "system"}}You are a cost analyst.
{{> tone}}
{{role "user"}}{{query}}
`;

const hostile = (text: string) =>
  `---\ndescription: ${quoted}\nmodel: ${quoted}\ntags: { ${quoted}: ${quoted}, owner: ${quoted} }\ninput: { schema: { type: object, properties: { ${quoted}: { type: string, description: ${quoted}, default: ${quoted} } } } }\nexamples: [{ name: ${quoted}, input: { ${quoted}: ${quoted} } }]\n---\n${text}`;

/** A few prompts as teams have them, and one that is hostile wherever a text can be. */
function createCatalogProject(): TestRepository {
  const project = createProject({
    "prompts/finance/analyst.md": ANALYST,
    "prompts/_tone.md": "Be {{#if tone}}{{tone}}{{else}}brief{{/if}}.",
    "prompts/triage.md": "---\ntags: { team: support }\n---\nSort this alert: {{alert}}",
    "prompts/unreleased.md": "This prompt is not released: zebra {{yet}}.",
    "prompts/hostile.md": hostile(HOSTILE),
  });
  project.commit(HOSTILE);
  for (const name of ["finance/analyst", "triage", "hostile"]) project.tag(`${name}@v1`, HOSTILE);
  project.write({
    "prompts/finance/analyst.md": ANALYST.replace("You are a cost analyst", "You are a careful cost analyst"),
    "prompts/finance/analyst.scores.jsonl": [1, 2]
      .map((version) => `{"version":"v${version}","metric":"accuracy","value":0.${7 + version}}\n`)
      .join(""),
  });
  project.write("prompts/hostile.md", hostile(`${HOSTILE} ${HOSTILE}`));
  project.commit("Be careful");
  project.tag("finance/analyst@v2", "Careful");
  project.tag("hostile@v2", HOSTILE);
  project.write({
    "aliases.json": JSON.stringify({
      "finance/analyst": { production: "v1", staging: { v1: 90, v2: 10 } },
      hostile: { production: "v1", staging: "v2" },
      triage: { production: "latest" },
    }),
  });
  project.commit(HOSTILE);
  return project;
}

let site: CatalogSite;

beforeAll(async () => {
  site = await CatalogSite.open(createCatalogProject().dir);
});

afterAll(() => site?.close());

const visit = (file: string, options?: BrowserContextOptions) => site.visit(file, options);
const shownNames = (page: Page) => page.locator("#prompts tbody tr:visible a.name").allInnerTexts();

const PAGES = [
  "index.html",
  "environments.html",
  "compare.html",
  "compare.html?name=finance/analyst&a=v1&b=v2&layout=split",
  "compare.html?name=hostile&a=v1&b=working",
  "prompts/finance/analyst.html",
  "prompts/finance/analyst@v2.html",
  "prompts/finance/analyst@history.html",
  "prompts/finance/analyst@staging.to.production.html",
  "promotions/staging.to.production.html",
  "prompts/hostile.html",
  "prompts/hostile@history.html",
  "prompts/hostile@staging.to.production.html",
  "prompts/unreleased.html",
];

describe.each(PAGES)("%s", (file) => {
  it.each(["light", "dark"] as const)(
    "is accessible in %s colors, runs nothing of a text, and stays on the site",
    async (colorScheme) => {
      const { page, problems } = await visit(file, { colorScheme });
      expect(await findViolations(page)).toEqual([]);
      expect(await page.evaluate("window.hacked")).toBeUndefined();
      expect(problems).toEqual([]);
      await page.context().close();
    },
  );

  it("fits every width", async () => {
    const { page } = await visit(file);
    for (const width of [360, 390, 700, 1024, 1600]) {
      await page.setViewportSize({ width, height: 800 });
      const excess = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect([width, await page.evaluate(excess)]).toEqual([width, 0]);
    }
    await page.context().close();
  });

  it("can be read without scripts", async () => {
    const { page } = await visit(file, { javaScriptEnabled: false });
    await expect.poll(() => page.locator("h1").textContent()).not.toBe("");
    await expect.poll(() => page.locator("button:visible").count()).toBe(0);
    await page.context().close();
  });
});

describe("the list", () => {
  it("finds prompts by name, description and text, filters and sorts them, and has a link for each view", async () => {
    const { page } = await visit("index.html");
    const search = page.getByRole("searchbox");
    expect(await shownNames(page)).toEqual(["finance/analyst", "hostile", "triage", "unreleased"]);
    await search.fill("SPENDING");
    expect(await shownNames(page)).toEqual(["finance/analyst"]);
    await search.fill("zeb");
    await expect.poll(() => shownNames(page)).toEqual(["unreleased"]);
    await search.fill("no such word");
    await expect.poll(() => page.getByText("No prompt matches.").isVisible()).toBe(true);
    await page.getByRole("button", { name: "Clear the search and the filters" }).click();
    expect(await shownNames(page)).toHaveLength(4);
    await page.locator("select[name=alias]").selectOption("staging");
    expect(await shownNames(page)).toEqual(["finance/analyst", "hostile"]);
    await page.locator("select[name=alias]").selectOption("");
    await page.locator("select[name=tag]").selectOption("team: support");
    await page.getByRole("button", { name: "Tokens" }).click();
    await expect.poll(() => page.url()).toBe(`${site.url}index.html?tag=team%3A+support&sort=tokens`);
    await page.locator("select[name=tag]").selectOption("");
    const ascending = await shownNames(page);
    await page.getByRole("button", { name: "Tokens" }).click();
    expect(await shownNames(page)).toEqual(ascending.toReversed());
    await page.reload({ waitUntil: "networkidle" });
    expect(await shownNames(page)).toEqual(ascending.toReversed());
    await page.context().close();
  });

  it("is used by keys", async () => {
    const { page } = await visit("index.html");
    await page.keyboard.press("/");
    await page.keyboard.type("an");
    await page.keyboard.press("Escape");
    expect(await shownNames(page)).toHaveLength(4);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/prompts/finance/analyst.html");
    await page.keyboard.press("?");
    await expect.poll(() => page.getByRole("dialog").getByText("Next prompt").isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    await page.keyboard.press("e");
    await page.waitForURL("**/environments.html");
    await page.context().close();
  });

  it("keeps the color scheme that was chosen", async () => {
    const { page } = await visit("index.html", { colorScheme: "light" });
    const background = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    const light = await background();
    await page.getByRole("button", { name: "Change the color scheme" }).click();
    const dark = await background();
    expect(dark).not.toBe(light);
    await page.reload({ waitUntil: "networkidle" });
    expect(await background()).toBe(dark);
    await page.context().close();
  });
});

describe("trying a prompt", () => {
  const result = (page: Page) => page.locator(".playground .message pre").allTextContents();

  it("renders the input by the compiled code, with a form of its schema, and a link for the input", async () => {
    const { page, problems } = await visit("prompts/finance/analyst@v2.html");
    expect(await result(page)).toEqual(["You are a careful cost analyst.\nBe brief.", "What did we spend?"]);
    await page.getByLabel("query", { exact: true }).fill("{{tone}} </pre>");
    await page.getByLabel("Give tone").check();
    await page.locator(".playground select").last().selectOption("long");
    expect(await result(page)).toEqual(["You are a careful cost analyst.\nBe long.", "{{tone}} </pre>"]);
    await expect
      .poll(() => page.locator(".playground .message .cached").textContent())
      .toBe("You are a careful cost analyst.\nBe ");
    await page.reload({ waitUntil: "networkidle" });
    expect(await result(page)).toEqual(["You are a careful cost analyst.\nBe long.", "{{tone}} </pre>"]);
    await page.getByRole("button", { name: "JSON" }).click();
    await page.getByLabel("Input as JSON").fill('{ "query": 5 }');
    await expect
      .poll(() => page.locator(".playground").getByRole("status").textContent())
      .toContain("query: expected a string, got a number (5)");
    await page.getByLabel("Input as JSON").fill('{ "query": ');
    await expect.poll(() => page.getByText("This is not JSON").isVisible()).toBe(true);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("copies a request that a shell can run as it is", async () => {
    const { page } = await visit("prompts/finance/analyst@v2.html", {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await page.getByLabel("query", { exact: true }).fill("It's $HOME `x`");
    for (const [provider, expected] of Object.entries(REQUESTS)) {
      await page.getByRole("button", { name: provider }).click();
      await page.getByRole("status").getByText(provider).waitFor({ state: "attached" });
      const command = String(await page.evaluate("navigator.clipboard.readText()"));
      // What curl would get, by a real shell.
      const { stdout } = await tryCommand("sh", ["-c", command.replace(/^curl/, "printf '%s\\n'")], { cwd: "/" });
      expect(JSON.parse(stdout.slice(stdout.indexOf("{")))).toMatchObject(expected);
    }
    await page.context().close();
  });

  it("takes what is hostile as text", async () => {
    const { page, problems } = await visit("prompts/hostile.html");
    expect((await result(page)).join("")).toContain(HOSTILE.replace("\u202e", ""));
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

const MESSAGE = "It's $HOME `x`";
const REQUESTS = {
  OpenAI: { messages: [{ role: "system" }, { role: "user", content: MESSAGE }] },
  Anthropic: { model: "claude-sonnet-4", messages: [{ role: "user", content: MESSAGE }] },
  Google: { contents: [{ role: "user", parts: [{ text: MESSAGE }] }] },
};

describe("comparing", () => {
  it("shows the words that differ, side by side and unified, with a link that can be sent", async () => {
    const { page } = await visit("compare.html?name=finance/analyst&a=v1&b=v2&layout=split");
    await expect.poll(() => page.locator("table.split ins").first().textContent()).toMatch(/careful/);
    await page.getByLabel("Layout").selectOption("unified");
    await expect.poll(() => page.locator("table.unified ins").first().textContent()).toMatch(/careful/);
    await expect.poll(() => page.url()).toContain("name=finance%2Fanalyst&a=v1&b=v2&layout=unified");
    await page.getByRole("button", { name: "Swap the two versions" }).click();
    await expect.poll(() => page.locator("del").first().textContent()).toMatch(/careful/);
    await page.getByLabel("Before").selectOption("production");
    await page.getByLabel("After").selectOption("v1");
    await page.getByText("Both are the same.").waitFor();
    await page.getByLabel("Prompt").selectOption("triage");
    await expect.poll(() => page.getByLabel("After").inputValue()).toBe("v1");
    await page.context().close();
  });

  it("says what is missing instead of an empty page", async () => {
    const { page } = await visit("index.html");
    await page.route("**/data/**", (route) => route.abort());
    await page.goto(`${site.url}compare.html`);
    await expect
      .poll(() => page.getByRole("alert").textContent())
      .toContain("This site does not have the list of prompts");
    await page.context().close();
  });
});
