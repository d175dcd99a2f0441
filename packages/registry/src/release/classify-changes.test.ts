import { expect, it } from "vitest";
import { type ChangeKind, classifyChange, type Lineage } from "./classify-changes.js";

const descends: Lineage = { kind: "descends" };
const cherryPicked: Lineage = { kind: "cherry-picked", cherryPickedAt: "c1" };
const forked = (isUnchanged: boolean | undefined): Lineage => ({ kind: "forked", isUnchanged });
const unknown: Lineage = { kind: "unknown" };

it.each<[string, Lineage | undefined, boolean, ChangeKind]>([
  ["has no version yet", undefined, false, "next"],
  ["was changed after the latest version", descends, false, "next"],
  ["was changed back to an earlier version's content", descends, true, "next"],
  ["was changed after the latest version was cherry-picked", cherryPicked, false, "next"],
  ["was changed back after the latest version was cherry-picked", cherryPicked, true, "next"],
  ["was only changed by others, since a commit without a version", forked(true), false, "outdated"],
  ["was only changed by others, since a version", forked(true), true, "outdated"],
  ["was changed on both sides", forked(false), false, "diverged"],
  ["was changed on both sides, here to an earlier version's content", forked(false), true, "diverged"],
  ["has a version's content in a history of its own", forked(undefined), true, "outdated"],
  ["has new content in a history of its own", forked(undefined), false, "diverged"],
  ["has new content in a clone without the history", unknown, false, "unknown"],
  ["has a version's content in a clone without the history", unknown, true, "maybe-outdated"],
])("a prompt that %s", (_, lineage, isVersion, kind) => {
  expect(classifyChange(lineage, isVersion)).toBe(kind);
});
