import { type AliasTarget, formatPlace } from "@cuecard/model";
import { describe, expect, it } from "vitest";
import { makeSnapshot, type SnapshotTexts } from "../../test/make-snapshot.js";
import { compile } from "../compile.js";

const v = (version: number): AliasTarget => ({ kind: "version", version });
const VERSIONS = { "old@v1": { "old.md": "1" }, "old@v2": { "old.md": "2" }, "old@v3": { "old.md": "3" } };

function build(texts: SnapshotTexts) {
  return compile(makeSnapshot({ versions: VERSIONS, ...texts }), { versions: "all", working: false });
}

function found(texts: SnapshotTexts): string[] {
  return build(texts).diagnostics.map((finding) => `${finding.severity} ${formatPlace(finding)} ${finding.message}`);
}

const renamed = (from: string, text = "x") => `---\nrenamed_from: ${from}\n---\n${text}`;

describe("latest", () => {
  it.each<[retired: readonly string[], latest: string | undefined]>([
    [[], "v3"],
    [["old@v3"], "v2"],
    [["old@v2"], "v3"],
    [["old@v2", "old@v3"], "v1"],
    [["old@v1", "old@v2", "old@v3"], undefined],
  ])("with %j retired is %s", (tags, latest) => {
    const retired = Object.fromEntries(tags.map((tag) => [tag, "Wrong"]));
    const { files, diagnostics } = build({ retired });
    expect(diagnostics).toEqual([]);
    const { old } = JSON.parse(files.get("manifest.json") ?? "").prompts;
    expect(old.aliases.latest).toBe(latest);
    // All can be loaded still, and say what they are.
    expect(Object.keys(old.versions)).toEqual(["v1", "v2", "v3"]);
    expect(
      Object.entries<{ retired?: string }>(old.versions).flatMap(([ref, { retired: why }]) =>
        why ? [`old@${ref}`] : [],
      ),
    ).toEqual(tags);
  });

  it("is what a package of the versions in use holds", () => {
    const snapshot = makeSnapshot({
      versions: VERSIONS,
      retired: { "old@v3": "Wrong" },
      aliases: { old: { dev: v(1) } },
    });
    const { prompts } = compile(snapshot, { versions: "aliased", working: false });
    expect(prompts[0]?.versions.map(({ version }) => version)).toEqual([1, 2]);
  });
});

describe("pointers that should move", () => {
  it("at a retired version, in every form", () => {
    const split: AliasTarget = {
      kind: "split",
      arms: [
        { version: 1, weight: 1 },
        { version: 2, weight: 1 },
      ],
    };
    expect(found({ retired: { "old@v2": "Wrong tax" }, aliases: { old: { a: v(2), b: split, c: v(3) } } })).toEqual([
      "warning aliases.json:1:1 old@a points at v2, which is retired: Wrong tax",
      "warning aliases.json:1:1 old@b points at v2, which is retired: Wrong tax",
    ]);
  });

  it("at a prompt whose file was deleted", () => {
    const { diagnostics, files } = build({ deleted: ["old"], aliases: { old: { a: v(1), b: v(2) } } });
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      "prompt/file-deleted old@a points at a prompt without a file: prompts/old.md does not exist",
      "prompt/file-deleted old@b points at a prompt without a file: prompts/old.md does not exist",
    ]);
    expect(files.has("prompts/old.d.ts")).toBe(true);
    expect(found({ deleted: ["old"] })).toEqual([]);
  });

  it("at a prompt that was renamed", () => {
    for (const from of ["old", "[older, old]"])
      expect(
        build({ deleted: ["old"], working: { "team/new.md": renamed(from) }, aliases: { old: { a: v(1) } } })
          .diagnostics,
      ).toContainEqual(
        expect.objectContaining({
          code: "prompt/file-deleted",
          message: "old@a points at a prompt that was renamed to team/new",
        }),
      );
  });
});

describe("renamed_from", () => {
  it("is part of what a version carries", () => {
    const { files } = compile(makeSnapshot({ versions: { "new@v1": { "new.md": renamed("[old, older]") } } }), {
      versions: "all",
      working: false,
    });
    expect(JSON.parse(files.get("manifest.json") ?? "").prompts.new.versions.v1.renamedFrom).toEqual(["old", "older"]);
  });

  it.each<[what: string, working: Readonly<Record<string, string>>, ...found: string[]]>([
    [
      "no two prompts were one before",
      { "a.md": renamed("old"), "b.md": renamed("[x, old]") },
      'error prompts/a.md:2:15 a cannot have been renamed from "old": "b" names it as well',
      'error prompts/b.md:2:19 b cannot have been renamed from "old": "a" names it as well',
    ],
    [
      "no two prompts were each other",
      { "a.md": renamed("b"), "b.md": renamed("a") },
      'error prompts/a.md:2:15 a cannot have been renamed from "b": "b" names "a" as a former name of its own',
      'error prompts/b.md:2:15 b cannot have been renamed from "a": "a" names "b" as a former name of its own',
    ],
    ["a chain of names is none", { "a.md": renamed("b"), "b.md": renamed("c") }],
  ])("%s", (_, working, ...messages) => {
    const { diagnostics } = compile(makeSnapshot({ working }), { versions: "all", working: true });
    expect(diagnostics.map((finding) => `${finding.severity} ${formatPlace(finding)} ${finding.message}`)).toEqual(
      messages,
    );
  });
});
