// Editing in the pages of `cuecard dev`: text, findings, completion, the form, and what cannot be edited.

import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { EDIT, EditSite, GREET, isState, settled, state, textOf, typeAtEnd } from "./edit-site.js";
import { findViolations } from "./page-problems.js";
import { openPage } from "./start-dev.js";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let site: EditSite;

beforeAll(async () => {
  site = await EditSite.open();
});

afterAll(() => site?.close());

describe("a prompt", () => {
  it("is edited from its page: what the draft renders is shown at once, and saved to the file as it was", async () => {
    site.write(GREET);
    const page = await site.visit("prompts/support/greet.html");
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("Edit", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await settled(page);
    expect(await state(page)).toBe("saved");
    await typeAtEnd(page, "Good morning.");
    await isState(page, "unsaved");
    await page.locator(".edit-preview .message.user", { hasText: "Hello Ada!\nGood morning." }).waitFor();
    expect(site.read()).toBe(GREET);
    await page.keyboard.press("Control+s");
    await isState(page, "saved");
    expect(site.read()).toBe(`${GREET}Good morning.`);
    site.write(GREET);
  });

  it("begins with a name, which is checked as it is typed, and a text", async () => {
    const page = await site.visit("index.html");
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
    expect(site.read("prompts/support/bye.md")).toContain('{{role "system"}}');
    site.remove("prompts/support/bye.md");
    await page.getByText("The file was deleted on disk").waitFor();
  });

  it("does not call a file saved that does not exist", async () => {
    const page = await site.visit("edit.html?file=prompts/support/gone.md");
    await page.getByText("This file does not exist. It is created when you save it.").waitFor();
    expect(await page.locator(".save-state").textContent()).toBe("Not saved yet");
  });
});

it("leads to partials and schemas, and lists who uses them", async () => {
  const page = await site.visit("edit.html");
  await page.getByRole("link", { name: "tone", exact: true }).click();
  await settled(page);
  await page.locator(".edit-preview").getByRole("link", { name: "support/greet" }).waitFor();
  await typeAtEnd(page, " {{missing}}");
  await page.locator(".edit-findings li", { hasText: "missing" }).waitFor();
});

it("shows findings at their place, and as a list that keys reach", async () => {
  site.write(GREET);
  const page = await site.visit(EDIT);
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
  site.write(GREET);
  const page = await site.visit(EDIT);
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
    site.write(GREET);
    const page = await site.visit(EDIT);
    await page.getByLabel("Description", { exact: true }).fill("Says hello: politely");
    await page.getByLabel("Description of name").fill("the guest");
    await page.getByLabel("name is required").uncheck();
    await page.getByRole("button", { name: "Add to tags" }).click();
    await page.getByPlaceholder("name").fill("owner");
    await page.keyboard.press("Enter");
    await page.getByLabel("Tags: owner").fill("Ada");
    await page.keyboard.press("Control+s");
    await isState(page, "saved");
    expect(site.read()).toBe(
      GREET.replace("Greets a customer", '"Says hello: politely"')
        .replace("{ team: support }", '{ team: support, owner: "Ada" }')
        .replace("name: string, who is greeted", "name?: string, the guest"),
    );
  });

  it("renames an input with its examples, and adds and removes inputs and examples", async () => {
    site.write(GREET);
    const page = await site.visit(EDIT);
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
    const text = site.read();
    for (const part of ["guest: string, who is greeted", "[warm, brief, formal]", "count: integer", "count: 3"])
      expect(text).toContain(part);
    expect(text).toContain("input: { guest: Ada }");
    expect(text).toContain("name: Grace");
    expect(text).toContain("# Reviewed by support.");
    await page.getByRole("button", { name: "Remove count" }).click();
    await page.getByLabel("Name of count").waitFor({ state: "detached" });
  });

  it("declares what the template uses", async () => {
    site.write(GREET);
    const page = await site.visit(EDIT);
    await typeAtEnd(page, "{{company}}");
    await page.getByRole("button", { name: "Add it to the inputs" }).click();
    await page.locator(".edit-findings li.error").first().waitFor({ state: "detached" });
    await page.getByLabel("Description of company").fill("where the guest works");
    await page.keyboard.press("Control+s");
    await isState(page, "saved");
    expect(site.read()).toContain("    company: string, where the guest works\n");
    expect(site.read()).toContain("{ name: Ada, company: some company }");
    await page.getByText("This would break code that works today").waitFor();
  });

  it("and the text edit the same", async () => {
    site.write(GREET);
    const page = await site.visit(EDIT);
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
    expect(site.read()).toBe(`${GREET.replace("a customer", "a customer warmly").split("{{role")[0]}Hi.`);
    await page.getByRole("button", { name: "Text", exact: true }).click();
    await page.locator(".cm-line", { hasText: "description:" }).click();
    await page.keyboard.press("Home");
    await page.keyboard.type("[");
    await page.getByText("The form is back when the settings can be read").waitFor();
    expect(await findViolations(page)).toEqual([]);
  });
});

it("leaves the editor with Tab, and is usable with keys alone", async () => {
  const file = "prompts/support/by_keys.md";
  site.write(GREET, file);
  onTestFinished(() => site.remove(file));
  const page = await site.visit("index.html");
  // Pages load again when files have changed; with this row, all changes are read.
  await page.getByRole("link", { name: "support/by_keys" }).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("by_keys");
  await page.getByRole("link", { name: "support/greet" }).waitFor({ state: "hidden" });
  await page.keyboard.press("ArrowDown");
  await page.locator("a:focus", { hasText: "by_keys" }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/by_keys\.html/);
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
  expect(site.read(file)).toBe(`${GREET}By keys.`);
});

const isEditorFocused = "document.activeElement?.shadowRoot?.activeElement?.classList.contains('cm-content') === true";

describe("what cannot be edited", () => {
  it.each([
    ["prompts/../../secret.md", "cannot be edited"],
    ["package.json", "package.json cannot be edited"],
    ["", "names no file"],
    ["prompts/binary.md", "UTF-8"],
  ])("%s is refused with the reason", async (file, reason) => {
    site.write(Buffer.from([0xff, 0xfe, 0x00]), "prompts/binary.md");
    onTestFinished(() => site.remove("prompts/binary.md"));
    const { page } = await openPage(site.context, site.server, `edit.html?${new URLSearchParams({ file })}`);
    await page.getByRole("alert").filter({ hasText: reason }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.close();
  });
});

const HOSTILE = `</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1">"'&amp;\u202e\u2028{{{{`;

it("runs nothing of texts, names and findings", async () => {
  const quoted = JSON.stringify(HOSTILE);
  const text = `---\ndescription: ${quoted}\nmodel: ${quoted}\ntags: { ${quoted}: ${quoted} }\n${quoted}: 1\ninput: { schema: { type: object, properties: { ${quoted}: { type: string, description: ${quoted} } } } }\nexamples: [{ name: ${quoted}, input: { ${quoted}: ${quoted}, other: [${quoted}] } }]\n---\n${HOSTILE}{{> ${HOSTILE}}}`;
  site.write(text, "prompts/plain.md");
  const page = await site.visit("edit.html?file=prompts/plain.md");
  await page.locator(".edit-findings li").first().waitFor();
  await page.getByRole("button", { name: "Text", exact: true }).click();
  for (const finding of await page.locator(".cm-lintRange").all()) await finding.hover({ force: true });
  await page.locator(".cm-content").focus();
  await page.keyboard.type(HOSTILE);
  site.write(`${text}\n${HOSTILE}`, "prompts/plain.md");
  await isState(page, "conflict");
  await page.getByRole("button", { name: "Merge both in the editor" }).click();
  await settled(page);
  expect(await page.evaluate("window.hacked")).toBeUndefined();
  expect(await page.locator("img[src]").count()).toBe(0);
  const refused = await openPage(
    site.context,
    site.server,
    `edit.html?${new URLSearchParams({ file: `prompts/${HOSTILE}.md` })}`,
  );
  await refused.page.getByRole("alert").waitFor();
  expect(await refused.page.evaluate("window.hacked")).toBeUndefined();
  await refused.page.close();
  site.write("Say {{word}}.", "prompts/plain.md");
});
