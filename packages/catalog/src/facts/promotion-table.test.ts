import { expect, it } from "vitest";
import { countMoves } from "./promotion-rows.js";
import { PromotionTable } from "./promotion-table.js";
import type { PromptSummary } from "./summarize-prompt.js";

const prompt = (
  name: string,
  latest: number | undefined,
  environments: readonly string[],
  changes: readonly string[],
) =>
  ({
    ...{ name, latest },
    aliases: environments.map((alias) => ({ alias })),
    promotions: changes.map((from) => ({ from, to: "production", row: { name, breaks: 0 } })),
  }) as unknown as PromptSummary;

it("counts prompts that an environment would get as well as those that would change", () => {
  const table = new PromotionTable(
    ["production", "staging"],
    [
      prompt("greet", 2, ["production", "staging"], ["staging", "latest"]),
      prompt("farewell", 1, ["staging"], []),
      prompt("summary", 1, ["staging"], []),
      prompt("released", 1, [], []),
      prompt("draft", undefined, [], []),
    ],
  );
  expect(table.pairs().map(({ from, to, changed, added }) => [from, to, changed, added])).toEqual([
    ["staging", "production", 1, 2],
    ["production", "staging", 0, 0],
    ["latest", "production", 1, 3],
    ["latest", "staging", 0, 1],
  ]);
  expect(table.rowsOf("staging", "production").missing).toEqual(["farewell", "summary"]);
});

it.each([
  [1, 2, "1 prompt would change, 2 would be new in production"],
  [2, 0, "2 prompts would change"],
  [0, 1, "1 prompt would be new in production"],
  [0, 0, ""],
])("describes %d changed and %d new prompts", (changed, added, text) => {
  expect(countMoves({ to: "production", changed, added })).toBe(text);
});
