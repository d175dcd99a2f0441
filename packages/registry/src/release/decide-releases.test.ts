import { type Diagnostic, diagnose, MAX_VERSION, type PromptContent } from "@cuecard/model";
import { describe, expect, it } from "vitest";
import type { VersionRecord } from "../versions/version-record.js";
import type { Lineage } from "./classify-changes.js";
import { decideReleases, findDiffering } from "./decide-releases.js";
import type { Draft, ReleaseFacts } from "./release-facts.js";
import type { ReleaseCandidate } from "./release-plan.js";

const HEAD = "c9";

/** A readable digest for a text. */
const digestOf = (text: string) => `sha256-${text}`;

function contentOf(name: string, text: string, partial?: string): PromptContent {
  const partials = partial === undefined ? [] : [{ path: "prompts/_rules.md", text: partial }];
  return { prompt: { path: `prompts/${name}.md`, text }, partials };
}

function candidate(name: string, text: string, partial?: string): ReleaseCandidate {
  return { name, digest: digestOf(text), content: contentOf(name, text, partial) };
}

/** The version's commit is named after its number. */
function version(name: string, number: number, text: string, retired?: string): VersionRecord {
  const id = { name, version: number };
  const entry = { ...id, commit: `c${number}`, digest: digestOf(text), notes: "", retired };
  const range = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
  return { ...entry, line: { ...entry, range }, content: undefined };
}

function facts(candidates: readonly ReleaseCandidate[], more: Partial<ReleaseFacts> = {}): ReleaseFacts {
  const versions = more.known?.versions ?? [];
  const lineages = new Map(versions.map(({ name }): [string, Lineage] => [name, { kind: "descends" }]));
  const draft: Draft = { earlier: undefined, generatedNotes: "From commits", isTruncated: false };
  return {
    commit: HEAD,
    names: candidates.map(({ name }) => name),
    named: false,
    alreadyPlanned: new Set(),
    working: new Map(),
    promptsDir: "prompts",
    tagPrefix: "",
    folder: "",
    push: undefined,
    anyVersion: false,
    notes: undefined,
    shallow: false,
    tags: { all: [], absentHere: [], absentThere: [], differing: [], diagnostics: [] },
    known: known([]),
    candidates,
    unreadable: [],
    lineages,
    layoutOnly: new Set(),
    checkFindings: [],
    drafts: new Map(candidates.map(({ name }) => [name, draft])),
    ...more,
  };
}

function known(versions: readonly VersionRecord[], highest: Readonly<Record<string, number>> = {}) {
  const numbers = new Map(versions.map((one) => [one.name, one.version]));
  for (const [name, number] of Object.entries(highest)) numbers.set(name, number);
  return { versions, foreign: [], highest: numbers, diagnostics: [] as readonly Diagnostic[] };
}

/** A plan as words: tags to make, then `=` unchanged and `<` skipped versions; codes of findings. */
function decide(given: ReleaseFacts): [plan: string | undefined, codes: string] {
  const { plan, diagnostics } = decideReleases(given);
  const words = [
    ...(plan?.releases ?? []).map(({ tag }) => tag),
    ...(plan?.unchanged ?? []).map((id) => `=${id.name}@v${id.version}`),
    ...(plan?.behind ?? []).map((id) => `<${id.name}@v${id.version}`),
  ];
  return [plan === undefined ? undefined : words.join(" "), diagnostics.map(({ code }) => code).join(" ")];
}

describe("which version a prompt gets", () => {
  const [v1, v2] = [version("greet", 1, "Hello"), version("greet", 2, "Hi")];
  it.each<[string, string, Partial<ReleaseFacts>, string]>([
    ["its first", "Hello", {}, "greet@v1"],
    ["none, since it has the latest version's content", "Hi", { known: known([v1, v2]) }, "=greet@v2"],
    ["the next", "Hey", { known: known([v1, v2]) }, "greet@v3"],
    ["the next, after it was changed back", "Hello", { known: known([v1, v2]) }, "greet@v3"],
    [
      "none, since this commit has released its content",
      "Hello",
      { known: known([v1, v2]), commit: "c1" },
      "=greet@v1",
    ],
    ["none, if any version may have its content", "Hello", { known: known([v1, v2]), anyVersion: true }, "=greet@v1"],
    [
      "the next, if the version that has its content is retired",
      "Hello",
      { known: known([version("greet", 1, "Hello", "It shouts"), v2]), anyVersion: true },
      "greet@v3",
    ],
    ["a number above every tag, even one that is not usable", "Hey", { known: known([v1], { greet: 7 }) }, "greet@v8"],
  ])("%s", (_, text, more, plan) => {
    expect(decide(facts([candidate("greet", text)], more))).toEqual([plan, ""]);
  });
});

it("is refused after the highest number that is possible", () => {
  const given = facts([candidate("greet", "Hey")], { known: known([], { greet: MAX_VERSION }) });
  expect(decide(given)).toEqual([undefined, "release/last-number"]);
});

describe("a prompt whose latest version this commit does not have", () => {
  const lineages = (lineage: Lineage) => new Map([["greet", lineage]]);
  const [outdated, diverged] = [true, false].map((isUnchanged) => lineages({ kind: "forked", isUnchanged }));
  const unknown = lineages({ kind: "unknown" });
  it.each<
    [string, ReadonlyMap<string, Lineage> | undefined, Partial<ReleaseFacts>, string, string | undefined, string]
  >([
    ["is skipped if only others changed it", outdated, {}, "Hey", "<greet@v2", ""],
    ["is refused by name if only others changed it", outdated, { named: true }, "Hey", undefined, "release/behind"],
    ["is skipped if both sides changed it", diverged, {}, "Hey", "<greet@v2", "release/diverged"],
    ["is released by name if both sides changed it", diverged, { named: true }, "Hey", "greet@v3", ""],
    [
      "is released if others were faster than this plan",
      diverged,
      { alreadyPlanned: new Set(["greet"]) },
      "Hey",
      "greet@v3",
      "",
    ],
    ["is released with a warning if its history is missing", unknown, {}, "Hey", "greet@v3", "release/unknown-history"],
    ["is skipped if it may be older", unknown, {}, "Hello", "<greet@v2", "release/unknown-age"],
    ["is refused by name if it may be older", unknown, { named: true }, "Hello", undefined, "release/behind"],
  ])("%s", (_, given, more, text, plan, codes) => {
    const versions = known([version("greet", 1, "Hello"), version("greet", 2, "Hi")]);
    const all = { known: versions, ...(given === undefined ? {} : { lineages: given }), ...more };
    expect(decide(facts([candidate("greet", text)], all))).toEqual([plan, codes]);
  });

  it("says in the plan whether both sides changed it, and whether that is unknown", () => {
    const versions = known([version("greet", 1, "Hello")]);
    const behind = (text: string, given: ReadonlyMap<string, Lineage> = new Map()) =>
      decideReleases(facts([candidate("greet", text)], { known: versions, lineages: given })).plan?.behind;
    expect(behind("Hey", outdated)).toEqual([{ name: "greet", version: 1, changed: false }]);
    expect(behind("Hey", diverged)).toEqual([{ name: "greet", version: 1, changed: true }]);
  });
});

describe("edits in the working tree", () => {
  const v1 = version("greet", 1, "Hello");
  const working = new Map([["greet", digestOf("Edited")]]);
  it.each<[string, Partial<ReleaseFacts>, string, string | undefined, string]>([
    ["are reported beside a release", {}, "Hi", "greet@v2", "release/uncommitted"],
    ["are reported without one", {}, "Hello", "=greet@v1", "release/uncommitted"],
    [
      "are an error if a named prompt has no other change",
      { named: true },
      "Hello",
      undefined,
      "release/only-uncommitted",
    ],
    [
      "are reported for a named prompt that has another change",
      { named: true },
      "Hi",
      "greet@v2",
      "release/uncommitted",
    ],
    ["are none if the texts are the same", { working: new Map([["greet", digestOf("Hi")]]) }, "Hi", "greet@v2", ""],
  ])("%s", (_, more, text, plan, codes) => {
    const all = { known: known([v1]), working, ...more };
    expect(decide(facts([candidate("greet", text)], all))).toEqual([plan, codes]);
  });
});

describe("notes", () => {
  const noted = (notes: ReleaseFacts["notes"], generatedNotes?: string) => {
    const draft: Draft = { earlier: undefined, generatedNotes, isTruncated: false };
    return decideReleases(facts([candidate("greet", "Hi")], { notes, drafts: new Map([["greet", draft]]) }));
  };
  it.each<[string, ReleaseFacts["notes"], string | undefined, string]>([
    ["come from commits", undefined, "Shorter", "Shorter"],
    ["are given for all prompts", "Better\r\nand shorter \n", undefined, "Better\nand shorter"],
    ["are given for one prompt", { greet: "Better" }, undefined, "Better"],
    ["are given for another prompt", { bye: "Better" }, "Shorter", "Shorter"],
    ["are given as none", { greet: "" }, "Shorter", ""],
  ])("%s", (_, notes, generated, expected) => {
    expect(noted(notes, generated).plan?.releases[0]?.notes).toBe(expected);
  });

  it.each([
    ["a NUL character", "a\0b"],
    ["a signature's first line", "Hi\n-----BEGIN SSH SIGNATURE-----\nabc"],
  ])("cannot contain %s", (_, notes) => {
    expect(noted(notes)).toMatchObject({ plan: undefined, diagnostics: [{ code: "release/invalid-notes" }] });
  });

  it("are reported if they may be incomplete", () => {
    const draft: Draft = { earlier: undefined, generatedNotes: "Hi", isTruncated: true };
    expect(decide(facts([candidate("greet", "Hi")], { drafts: new Map([["greet", draft]]) }))[1]).toBe(
      "release/shallow-notes",
    );
  });
});

it("gives the reason of each version", () => {
  const earlier = (content: PromptContent | undefined): Draft => ({
    earlier: content,
    generatedNotes: "",
    isTruncated: false,
  });
  const { plan } = decideReleases(
    facts([candidate("a", "A2", "rules"), candidate("b", "B2"), candidate("c", "C1"), candidate("d", "D2", "new")], {
      known: known([version("a", 1, "A1"), version("b", 1, "B1"), version("d", 1, "D1")]),
      drafts: new Map([
        ["a", earlier(contentOf("a", "A1", "rules"))],
        ["b", earlier(undefined)],
        ["c", earlier(contentOf("old", "C1"))],
        ["d", earlier(contentOf("d", "D2", "old"))],
      ]),
    }),
  );
  expect(plan?.releases.map(({ tag, reason }) => [tag, reason])).toEqual([
    ["a@v2", { kind: "changed", prompt: true, partials: [] }],
    ["b@v2", { kind: "differs" }],
    ["c@v1", { kind: "first" }],
    ["d@v2", { kind: "changed", prompt: false, partials: ["rules"] }],
  ]);
});

describe("findings that refuse the plan", () => {
  const error = diagnose("template/syntax", { problem: "…" }, { file: "prompts/greet.md" });

  it("of tags, lock and prompts come alone", () => {
    const broken = { ...known([]), diagnostics: [diagnose("lock/conflict-markers", {}, { file: "prompts.lock" })] };
    const all = { known: broken, checkFindings: [error] };
    expect(decide(facts([candidate("greet", "Hi")], all))).toEqual([undefined, "lock/conflict-markers"]);
  });

  it("of the compiler point at the commit, or at the working tree if it has the same texts", () => {
    const refOf = (working: ReadonlyMap<string, string>) =>
      decideReleases(facts([candidate("greet", "Hi")], { checkFindings: [error], working })).diagnostics.at(0)?.ref;
    expect(refOf(new Map())).toBe(HEAD);
    expect(refOf(new Map([["greet", digestOf("Hi")]]))).toBeUndefined();
  });

  it("include names that differ only in case", () => {
    const given = facts([candidate("Greet", "Hi"), candidate("greet", "Hi")]);
    expect(decide(given)).toEqual([undefined, "prompt/case-conflict"]);
  });
});

it("lists tags that only one side has, and versions without a line", () => {
  const tag = (name: string) => ({ name, oid: "c1" });
  const unlocked = { ...version("greet", 2, "Hi"), line: undefined };
  const { plan } = decideReleases(
    facts([candidate("greet", "Hi")], {
      push: "origin",
      known: known([version("greet", 1, "Hello"), unlocked]),
      tags: {
        all: [],
        absentHere: [tag("greet@v2"), tag("greet@v9")],
        absentThere: [tag("greet@v1")],
        differing: [],
        diagnostics: [],
      },
    }),
  );
  expect(plan).toMatchObject({ absent: ["greet@v2"], unpushed: ["greet@v1"], unlocked: ["greet@v2"], push: "origin" });
});

it("finds the prompts whose history has to be read", () => {
  const given = facts([candidate("a", "A1"), candidate("b", "B2")], {
    known: known([version("a", 1, "A1"), version("b", 1, "B1")]),
  });
  expect(findDiffering(given).map(({ name }) => name)).toEqual(["b"]);
});
