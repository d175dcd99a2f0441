// Saving in `cuecard dev`: what takes the place of a file, and who else writes it.

import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync } from "node:fs";
import path from "node:path";
import type { Saved, Source } from "@cuecard/project";
import { describe, expect, it, vi } from "vitest";
import { type Edited, edit, GREET, read } from "./edit-project.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe("save", () => {
  const file = "prompts/greet.md";
  const first = async ({ answer }: Edited) => (await answer<Source>("source", { file })).digest;

  it("writes the file as it was written, and only if it has not changed since it was read", async () => {
    const edited = await edit();
    const { repository, answer } = edited;
    const digest = await first(edited);
    const saved = await answer<Saved>("save", { file, text: `${GREET}A\n`, digest });
    expect(saved).toEqual({ saved: true, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(read(repository, file)).toBe(`${GREET}A\n`);
    expect(await answer<Saved>("save", { file, text: `${GREET}B\n`, digest })).toEqual({
      saved: false,
      conflict: {
        file,
        kind: "prompt",
        name: "greet",
        text: `${GREET}A\n`,
        exists: true,
        digest: (saved as { digest: string }).digest,
      },
    });
    // The answer to the first request may have been lost.
    expect(await answer<Saved>("save", { file, text: `${GREET}A\n`, digest })).toEqual(saved);
    expect(read(repository, file)).toBe(`${GREET}A\n`);
    repository.remove(file);
    expect(await answer<Saved>("save", { file, text: "C", digest })).toMatchObject({
      ...{ saved: false, conflict: { text: "", digest: "", exists: false } },
    });
    expect(readdirSync(path.join(repository.dir, "prompts"))).not.toContain("greet.md");
  });

  it("keeps byte-order mark, line ends and permissions", async () => {
    const { repository, answer } = await edit();
    const before = "\ufeffOne\r\nTwo\nThree\r\n";
    repository.write("prompts/mixed.md", before);
    chmodSync(path.join(repository.dir, "prompts/mixed.md"), 0o666);
    const { digest, text } = await answer<Source>("source", { file: "prompts/mixed.md" });
    expect(text).toBe("One\nTwo\nThree\n");
    await answer("save", { file: "prompts/mixed.md", text: "One\nNew\nTwo\nThree\nFour", digest });
    expect(read(repository, "prompts/mixed.md")).toBe("\ufeffOne\r\nNew\r\nTwo\nThree\r\nFour");
    expect(statSync(path.join(repository.dir, "prompts/mixed.md")).mode & 0o777).toBe(0o666);
  });

  it("creates prompts with their folders, and never in the place of one that has appeared", async () => {
    const { repository, answer } = await edit();
    const created = { file: "prompts/a/b/new.md", text: "Hello", digest: "" };
    expect(await answer<Saved>("save", created)).toMatchObject({ saved: true });
    expect(read(repository, created.file)).toBe("Hello");
    expect(await answer<Saved>("save", { ...created, text: "Bye" })).toMatchObject({
      ...{ saved: false, conflict: { text: "Hello" } },
    });
    expect(readdirSync(path.join(repository.dir, "prompts/a/b"))).toEqual(["new.md"]);
  });

  it("lets one of two editors win that save at once, and gives its text to the other", async () => {
    const edited = await edit();
    const digest = await first(edited);
    const texts = ["First\n", "Second\n"];
    const saves = await Promise.all(texts.map((text) => edited.answer<Saved>("save", { file, text, digest })));
    const won = texts[saves.findIndex(({ saved }) => saved)];
    expect(saves.filter(({ saved }) => saved)).toHaveLength(1);
    expect(saves.find(({ saved }) => !saved)).toMatchObject({ conflict: { text: won } });
    expect(read(edited.repository, file)).toBe(won);
  });

  it("never follows or replaces what has taken the place of the file", async () => {
    const edited = await edit();
    const { repository, answer, refusal } = edited;
    const at = (place: string) => path.join(repository.dir, place);
    const digest = await first(edited);
    const save = { file, text: "New", digest };
    repository.write("target.md", GREET).remove(file);
    symlinkSync(at("target.md"), at(file));
    expect(await refusal("save", save)).toContain("symbolic link");
    expect(read(repository, "target.md")).toBe(GREET);
    repository.remove(file);
    mkdirSync(at(file));
    expect(await refusal("save", save)).toContain("a folder");
    repository.remove("prompts");
    expect(await answer<Saved>("save", save)).toMatchObject({ saved: false, conflict: { exists: false } });
    repository.write("prompts", "A file");
    expect(await refusal("save", save)).toContain("prompts is a file");
    repository.remove("prompts").write(file, Buffer.from([0xff, 0xfe, 0x48, 0]));
    expect(await refusal("save", save)).toContain("UTF-16");
    repository.write(file, `${GREET} `);
    expect(await answer<Saved>("save", save)).toMatchObject({ saved: false, conflict: { text: `${GREET} ` } });
  });

  it.skipIf(process.getuid?.() === 0)("reports why the file system refuses, and leaves nothing", async () => {
    const edited = await edit();
    const { repository, refusal } = edited;
    const digest = await first(edited);
    const folder = path.join(repository.dir, "prompts");
    chmodSync(folder, 0o555);
    const reasons = [
      await refusal("save", { file, text: "New", digest }),
      await refusal("save", { file: "prompts/a/b.md", text: "New", digest: "" }),
    ];
    chmodSync(folder, 0o755);
    for (const reason of reasons) expect(reason).toContain("EACCES");
    expect(read(repository, file)).toBe(GREET);
    expect(readdirSync(folder).filter((name) => name.startsWith(".") || name === "a")).toEqual([]);
  });

  it("refuses what cannot be written", async () => {
    const edited = await edit();
    const { repository, refusal } = edited;
    const digest = await first(edited);
    expect(await refusal("save", { file, text: "a\ud800", digest })).toContain("surrogate");
    expect(await refusal("save", { file, text: "a\0", digest })).toContain("NUL");
    expect(await refusal("save", { file, text: "a".repeat(1_000_001), digest })).toContain("limit");
    chmodSync(path.join(repository.dir, file), 0o444);
    expect(await refusal("save", { file, text: "a", digest })).toContain("read-only");
    expect(read(repository, file)).toBe(GREET);
    expect(readdirSync(path.join(repository.dir, "prompts")).filter((name) => name.startsWith("."))).toEqual([]);
  });
});
