// A review as a report for people: first what breaks, then each prompt, then each alias that moves.

import { ALIASES_FILE, describeTarget, versionTag } from "@cuecard/model";
import type {
  ExampleReview,
  MovedText,
  MoveReview,
  PromptReview,
  PromptSize,
  ResolvedUsage,
  Review,
  ReviewedCommit,
  ScoredVersion,
} from "@cuecard/project";
import { plural } from "../report/count.js";
import type { Block, Inline, Prose } from "./document.js";

export function describeReview(review: Review): Block[] {
  return [
    { kind: "heading", level: 1, content: ["Prompt review"] },
    { kind: "paragraph", content: summarize(review) },
    ...describeDetails(review),
  ];
}

/** All that follows the title and the summary. */
export function describeDetails(review: Review): Block[] {
  const { prompts, moves, recorded, retired } = review;
  return [
    ...describeGaps(review),
    ...(prompts.length > 1 ? [describeAll(prompts)] : []),
    ...prompts.flatMap(describePrompt),
    ...moves.flatMap(describeMove),
    ...listVersions(
      "New in prompts.lock",
      recorded.map((version) => [{ code: versionTag(version) }, ...noteOf(version.notes)]),
    ),
    ...listVersions(
      "Retired",
      retired.map((version) => [{ code: versionTag(version) }, ": ", { data: version.reason }]),
    ),
  ];
}

/** What this review cannot know. */
function describeGaps({ base, head, breaking, searched }: Review): Block[] {
  const gaps: Prose[] = [base, head].flatMap((side) =>
    side.incomplete.map(
      (file): Prose => [
        ...[{ code: file }, " of ", ...describeCommit(side), " has mistakes, so "],
        file === ALIASES_FILE ? "aliases that only the other side has" : "versions that only the other side has",
        " are not reported",
      ],
    ),
  );
  if (breaking && !searched)
    gaps.push([...describeCommit(head), " is not checked out, so calls in the code are not searched"]);
  return gaps.length === 0 ? [] : [{ kind: "alert", content: ["This review is incomplete:"], items: gaps }];
}

/** One line: what a reviewer should know without reading on. */
function summarize(review: Review): Prose {
  const { base, head } = review;
  return [`${describeVerdict(review)} (`, ...describeCommit(base), " → ", ...describeCommit(head), ")"];
}

/** `1 prompt changes; callers break` */
export function describeVerdict({ breaking, prompts, moves, recorded, retired }: Review): string {
  const counts = [
    ...count(prompts.length, "1 prompt changes", "prompts change"),
    ...count(moves.length, "1 alias moves", "aliases move"),
    ...count(recorded.length, "1 version is recorded", "versions are recorded"),
    ...count(retired.length, "1 version is retired", "versions are retired"),
  ];
  const what = counts.length === 0 ? "No prompt changes" : counts.join(", ");
  const broken = prompts.filter((prompt) => prompt.broken.includes("head")).length;
  const verdict = [
    ...(breaking ? ["callers break"] : counts.length === 0 || broken > 0 ? [] : ["no caller breaks"]),
    ...(broken === 0 ? [] : [`${broken === 1 ? "1 prompt does" : `${broken} prompts do`} not compile`]),
  ];
  return [what, ...verdict].join("; ");
}

function count(number: number, one: string, many: string): string[] {
  return number === 0 ? [] : [number === 1 ? one : `${number.toLocaleString("en-US")} ${many}`];
}

function describeCommit({ ref, commit }: ReviewedCommit): Inline[] {
  if (ref === "working") return ["the working tree"];
  const short = commit?.slice(0, 7);
  return short === undefined || commit?.startsWith(ref) === true
    ? [{ code: ref.slice(0, 40) }]
    : [{ code: ref.replace(/^refs\/(?:heads|remotes|tags)\//, "") }, " at ", { code: short }];
}

function describeAll(prompts: readonly PromptReview[]): Block {
  const rows = prompts.map(({ name, change, breaking, broken, size, next }): Prose[] => [
    [{ code: name }],
    [broken.includes("head") ? "does not compile" : breaking ? `${change}, breaks callers` : change],
    [describeCount(size.before?.template, size.after?.template)],
    [describeCount(size.before?.prefix, size.after?.prefix)],
    next === undefined ? ["-"] : [{ code: versionTag(next) }],
  ]);
  return { kind: "table", headings: ["prompt", "change", "tokens", "cacheable", "after the merge"], rows };
}

function describePrompt(prompt: PromptReview): Block[] {
  const { name, comparison, size, broke, broken } = prompt;
  const heading: Block[] = [
    { kind: "heading", level: 2, content: [{ code: name }] },
    { kind: "paragraph", content: whatHappens(prompt) },
  ];
  if (broken.includes("head")) return [...heading, ...describeFiles(prompt)];
  // What breaks callers was said, and examples are shown as they render.
  const said = new Set(broke.flatMap(({ breaks }) => breaks.map(({ problem }) => problem)));
  const changes = (comparison?.changes ?? []).filter(
    ({ subject, message }) => subject !== "examples" && !said.has(message),
  );
  const items = [
    ...changes.map(({ message }): Prose => [{ data: message }]),
    ...describeSize(size.before, size.after),
    ...describeBudget(prompt),
  ];
  return [
    ...heading,
    ...describeBreaks(prompt),
    ...(items.length === 0 ? [] : [{ kind: "list" as const, items }]),
    ...describeTexts(comparison?.texts ?? []),
    ...describeFiles(prompt),
    ...prompt.examples.flatMap(describeExample),
  ];
}

function describeTexts(texts: MovedText["texts"]): Block[] {
  // Blanks at the edges cannot be seen: a prompt that gets front matter, such as a former name, loses those.
  const changed = texts.filter(({ words }) =>
    words.some(({ kind, text }, at) => kind !== "same" && (text.trim() !== "" || (at > 0 && at < words.length - 1))),
  );
  return changed.map(({ path, words }) => {
    const title: Prose = path === "" ? ["Template"] : ["Template, from ", { code: path }];
    return { kind: "words", title, words };
  });
}

function describeFiles({ files }: PromptReview): Block[] {
  return files.map(({ path, change, words }) => {
    const what = change === "changed" ? "" : `, ${change}`;
    return { kind: "words", title: ["File ", { code: path }, what], words };
  });
}

function whatHappens(prompt: PromptReview): Prose {
  const { change, formerName, through, broken, comparison, next, followers, latest } = prompt;
  const words: Inline[] = [];
  if (change === "renamed") words.push("Renamed from ", { code: formerName ?? "" });
  else words.push({ added: "Added", changed: "Changed", deleted: "Deleted" }[change]);
  if (through.length > 0) words.push(" through ", ...inList(through.map((path) => ({ code: path }))));
  if (comparison?.layoutOnly === true) words.push("; only layout differs");
  if (broken.includes("head")) words.push("; it does not compile: run ", { code: "cuecard check" });
  else if (broken.includes("base")) words.push("; it did not compile before");
  if (next !== undefined) {
    words.push(". The next release creates ", { code: versionTag(next) });
    if (followers.length > 0) words.push(", and moves ", ...inList(followers.map((alias) => ({ code: alias }))));
  } else if (change !== "deleted" && latest !== undefined && broken.length === 0)
    words.push(". Nothing to release: ", { code: versionTag(latest) }, " has this text");
  if (latest !== undefined && latest.scores.length > 0)
    words.push(". ", { code: versionTag(latest) }, " scored ", { data: describeScores(latest) });
  return [...words, "."];
}

function describeBreaks({ broke, usages, change }: PromptReview): Block[] {
  const places = describeUsages(usages);
  if (change === "deleted") {
    const loads: Prose = [
      "The code still loads it ",
      ...places,
      ". Released versions stay, but there will be no new ones",
    ];
    return usages.length === 0 ? [] : [{ kind: "alert", content: loads, items: [] }];
  }
  if (broke.length === 0) return [];
  const aliases = broke.map(({ alias, target }): Prose => [{ code: alias }, ` (${describeTarget(target)})`]);
  const problems = [...new Set(broke.flatMap(({ breaks }) => breaks.map(({ problem }) => problem)))];
  const content: Prose = [
    "Valid calls will fail once ",
    ...aliases.flatMap((alias, index) =>
      index === 0 ? alias : [index === aliases.length - 1 ? " or " : ", ", ...alias],
    ),
    " gets this text",
    ...(places.length === 0 ? [] : [". It is loaded ", ...places]),
    ":",
  ];
  return [{ kind: "alert", content, items: problems.map((problem) => [{ data: problem }]) }];
}

const MOST_PLACES = 10;

function describeUsages(usages: readonly ResolvedUsage[]): Inline[] {
  if (usages.length === 0) return [];
  const shown = usages.slice(0, MOST_PLACES).map(({ file, line }) => ({ code: `${file}:${line}` }));
  const more = usages.length - shown.length;
  return ["in ", ...inList(shown), ...(more === 0 ? [] : [` and ${plural(more, "other place")}`])];
}

function describeSize(before: PromptSize | undefined, after: PromptSize | undefined): Prose[] {
  const known = after ?? before;
  if (known === undefined) return [];
  return [
    [`Size: ${describeCount(before?.template, after?.template)} tokens`, known.estimated ? " (estimate)" : ""],
    [`Cacheable prefix: ${describeCount(before?.prefix, after?.prefix)} tokens`, ...describeEnd(before, after)],
  ];
}

/** The largest example against the budget of the prompt. */
function describeBudget({ size, examples }: PromptReview): Prose[] {
  const budget = size.after?.budget;
  if (budget === undefined) return [];
  const sizes = examples.flatMap(({ after }) => (after !== undefined && "tokens" in after ? [after.tokens] : []));
  const limit = `Budget: ${budget.toLocaleString("en-US")} tokens`;
  if (sizes.length === 0) return [[limit, "; no example is measured"]];
  const largest = Math.max(...sizes);
  const over = largest - budget;
  const rest = over > 0 ? `, ${over.toLocaleString("en-US")} more` : "";
  return [[`${limit}; the largest example has ${largest.toLocaleString("en-US")}${rest}`]];
}

function describeEnd(before: PromptSize | undefined, after: PromptSize | undefined): Inline[] {
  if (after === undefined) return [];
  const lost = (before?.prefix ?? 0) - after.prefix;
  const effect = lost > 0 ? `; drops ${lost.toLocaleString("en-US")} cached ${lost === 1 ? "token" : "tokens"}` : "";
  if (after.prefixEnd === undefined) return ["; nothing varies", effect];
  const { file, line, tag } = after.prefixEnd;
  return ["; it ends at ", { code: tag }, " in ", { code: `${file}:${line}` }, effect];
}

/** `50 → 54`, or one number if both are the same or one is missing. */
function describeCount(before: number | undefined, after: number | undefined): string {
  const [was, is] = [before, after].map((value) => value?.toLocaleString("en-US"));
  if (was === undefined || is === undefined || was === is) return is ?? was ?? "-";
  return `${was} → ${is}`;
}

function describeExample({ name, before, after, messages }: ExampleReview): Block[] {
  const title: Inline[] = ["Example ", { code: name }];
  if (after !== undefined && "refused" in after)
    return [{ kind: "paragraph", content: [...title, " is not rendered: ", { data: after.refused }] }];
  const tokens = [before, after].map((side) => (side !== undefined && "tokens" in side ? side.tokens : undefined));
  const size = `, ${describeCount(tokens[0], tokens[1])} tokens`;
  if (before === undefined || "refused" in before || after === undefined) {
    const side = after ?? before;
    if (side === undefined || "refused" in side) return [];
    const kind = after === undefined ? "removed" : "added";
    return side.messages.map(({ role, content }): Block => {
      const text = typeof content === "string" ? content : JSON.stringify(content, null, 2);
      return { kind: "words", title: [...title, `, ${role}`, size], words: [{ kind, text }] };
    });
  }
  const changed = messages.filter(({ change }) => change !== "same");
  if (changed.length === 0) return [{ kind: "paragraph", content: [...title, " renders the same text"] }];
  return changed.map(({ role, change, words }): Block => {
    const what = change === "changed" ? "" : `, ${change}`;
    return { kind: "words", title: [...title, `, ${role}${what}`, size], words };
  });
}

function describeMove(move: MoveReview): Block[] {
  const { name, alias, from, to, breaks, comparisons, texts, between, scores, rollback, usages } = move;
  const [was, is] = [from, to].map((target) => (target === undefined ? undefined : describeTarget(target)));
  const way = was === undefined ? `new, at ${is}` : is === undefined ? `deleted (was ${was})` : `${was} → ${is}`;
  const places = describeUsages(usages);
  const blocks: Block[] = [{ kind: "heading", level: 2, content: [{ code: `${name}@${alias}` }, `: ${way}`] }];
  if (breaks.length > 0)
    blocks.push({
      kind: "alert",
      content: ["Callers of this alias break", ...(places.length === 0 ? [] : [". It is loaded ", ...places]), ":"],
      items: breaks.map(({ problem }) => [{ data: problem }]),
    });
  else if (places.length > 0)
    blocks.push({ kind: "alert", content: ["The code still loads this alias ", ...places], items: [] });
  const changes = comparisons
    .flatMap(({ changes: own }) => own)
    .filter(({ subject, breaksCallers }) => subject !== "examples" && !breaksCallers);
  const items = [
    ...between.map(
      (version): Prose => [
        { code: `v${version.version}` },
        " at ",
        { code: version.commit.slice(0, 7) },
        ...noteOf(version.notes),
      ],
    ),
    ...changes.map(({ message }): Prose => [{ data: message }]),
  ];
  if (items.length > 0) blocks.push({ kind: "list", items });
  if (scores.length > 0) {
    const scored = scores.map((one): Prose => [{ code: `v${one.version}` }, " ", { data: describeScores(one) }]);
    const content = scored.flatMap((one, index) => (index === 0 ? one : ["; ", ...one]));
    blocks.push({ kind: "paragraph", content: ["Scores: ", ...content] });
  }
  if (rollback !== undefined && rollback.refused.length > 0) {
    const reasons = rollback.refused.join("; ");
    const content = [
      `A rollback would lead to ${describeTarget(rollback.target)}, and is refused: `,
      { data: reasons },
      ".",
    ];
    blocks.push({ kind: "paragraph", content });
  } else if (rollback !== undefined) {
    const accepts = rollback.acceptsCallers ? "accepts" : "does not accept all";
    const content = `A rollback leads to ${describeTarget(rollback.target)}, which ${accepts} calls that are valid after this change.`;
    blocks.push({ kind: "paragraph", content: [content] });
  }
  for (const { size, texts: own, examples } of texts) {
    const sizes = describeSize(size.before, size.after);
    if (sizes.length > 0) blocks.push({ kind: "list", items: sizes });
    blocks.push(...describeTexts(own), ...examples.flatMap(describeExample));
  }
  return blocks;
}

function listVersions(title: string, items: readonly Prose[]): Block[] {
  if (items.length === 0) return [];
  return [
    { kind: "heading", level: 2, content: [title] },
    { kind: "list", items },
  ];
}

function noteOf(notes: string): Inline[] {
  const [first = ""] = notes.split("\n");
  return first === "" ? [] : [": ", { data: first }];
}

function describeScores({ scores }: ScoredVersion): string {
  return scores
    .map(({ metric, value, dataset }) => `${metric} ${value}${dataset === undefined ? "" : ` on ${dataset}`}`)
    .join(", ");
}

function inList(items: readonly Inline[]): Inline[] {
  return items.flatMap((item, index) => {
    if (index === 0) return [item];
    return [index === items.length - 1 ? " and " : ", ", item];
  });
}
