// The shapes of what the functions of a registry take, one for each type of request.

import type { PromptDraft } from "@cuecard/build";
import type { AliasRequest, ApplyProposalOptions, ChosenFile, Person, Replacement } from "@cuecard/registry";
import type { PointersOptions } from "../aliases/write-pointers.js";
import type { BuildOptions } from "../build/build.js";
import type { CheckOptions } from "../build/check.js";
import type { LockOptions } from "../build/lock.js";
import type { CatalogOptions } from "../catalog/catalog.js";
import type { LiveCatalogOptions } from "../catalog/live-catalog.js";
import type { FixOptions } from "../fix/plan-fixes.js";
import type { CompareOptions } from "../inspect/compare-references.js";
import type { ModelRequestOptions } from "../inspect/model-request.js";
import type { PromptsAtOptions } from "../inspect/prompts-at.js";
import type { RenderOptions } from "../inspect/render.js";
import type { SearchRequest } from "../inspect/search-request.js";
import type { ChangesRequest } from "../propose/plan-changes.js";
import type { ProposalOptions } from "../propose/propose-prompt.js";
import type { AllowBreaking, Promotion, Registry, RegistryOptions, Rollback } from "../registry.js";
import type { RegisterOnceOptions, RegisterOptions } from "../release/register.js";
import type { ApplyReleaseOptions, ReleaseOptions } from "../release/release.js";
import type { RetireOptions } from "../release/retire.js";
import type { ReplayOptions } from "../replay/replay.js";
import type { ReviewOptions } from "../review/review.js";
import type { ScoreOptions } from "../scores/record-scores.js";
import { GIT_CHOICES } from "../settings/config.js";
import type { ExportOptions } from "../test/export-promptfoo.js";
import type { FillOptions } from "../test/plan-fill.js";
import type { TestOptions } from "../test/test.js";
import {
  anything,
  byMember,
  byType,
  callback,
  choice,
  first,
  flag,
  list,
  memberPath,
  number,
  object,
  optional,
  record,
  type Shape,
  text,
  typed,
} from "./shape.js";

const texts = list(text);
const data = record(anything);
const names = first(
  typed('a list of names, or "all"', (value) => value === "all" || Array.isArray(value)),
  byType({ string: text, list: texts }),
);
/** aliases.json has rules of its own for which texts and weights are valid. */
const target = first(
  typed(
    'a version such as "v3", "latest", "working", or weights such as { "v3": 90, "v4": 10 }',
    (value) => typeof value === "string" || (typeof value === "object" && value !== null && !Array.isArray(value)),
  ),
  byType({ string: text, object: record(number) }),
);

const share = typed(
  "an integer from 1 to 100",
  (value) => typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 100,
);

export const registryOptions: Shape = object<RegistryOptions>({
  dir: text,
  // The settings are checked by the rules of the settings file.
  config: optional(record(optional(byType({ string: text, boolean: flag, list: texts, object: data })))),
  git: optional(choice(GIT_CHOICES)),
  frozen: optional(flag),
  offline: optional(flag),
  onFetch: optional(callback),
  onProgress: optional(callback),
});

export const proposalOptions: Shape = object<ProposalOptions>({
  name: text,
  source: text,
  message: optional(text),
  branch: optional(text),
});

export const registerOptions: Shape = object<RegisterOptions>({
  name: text,
  source: optional(text),
  notes: optional(text),
  message: optional(text),
  template: optional(text),
  // The compiler explains what is wrong with a message (build/src/print/check-draft.ts).
  messages: optional(list(anything)),
  description: optional(text),
  model: optional(text),
  config: optional(data),
  inputSchema: optional(byType({ string: text, object: data })),
  defaults: optional(data),
  outputSchema: optional(byType({ string: text, object: data })),
  outputFormat: optional(text),
  tools: optional(list(byType({ string: text, object: data }))),
  tags: optional(record(byType({ string: text, number, boolean: flag }))),
  examples: optional(
    list(object<Example>({ name: text, input: optional(data), expected: optional(anything), expect: optional(data) })),
  ),
  metadata: optional(data),
  renamedFrom: optional(byType({ string: text, list: texts })),
});

type Example = NonNullable<PromptDraft["examples"]>[number];

const members = { kind: text, name: text, alias: text };
const promotionMembers = { names, from: text, to: text, share: optional(share), partial: optional(flag) };
type Requested<K extends AliasRequest["kind"]> = Extract<AliasRequest, { readonly kind: K }>;

export const aliasRequest: Shape = byMember("kind", {
  set: object<Requested<"set">>({ ...members, to: target }),
  delete: object<Requested<"delete">>(members),
  promote: object<Requested<"promote">>({ kind: text, ...promotionMembers }),
  rollback: object<Requested<"rollback">>({ ...members, to: optional(target) }),
});

const chosenFile = object<ChosenFile>({ file: text, digest: text });
/** git gets it in environment variables, which cannot contain NUL. */
const partOfPerson = typed("a string without NUL", (value) => typeof value === "string" && !value.includes("\0"));
const person = object<Person>({ name: partOfPerson, email: partOfPerson });

export const changesRequest: Shape = object<ChangesRequest>({
  files: optional(list(chosenFile)),
  aliases: optional(aliasRequest),
  allowBreaking: optional(flag),
  message: optional(text),
  branch: optional(text),
  runsHelpers: optional(flag),
});

export const applyProposalOptions: Shape = object<ApplyProposalOptions>({
  push: optional(text),
  identity: optional(person),
});

export const proposal: Shape = typed(
  "the `result` of applyProposal",
  (value) => typeof value === "object" && value !== null && Object.hasOwn(value, "branch") && "commit" in value,
);

export const allowBreaking: Shape = object<AllowBreaking>({ allowBreaking: optional(flag) });
export const promotion: Shape = object<Promotion>(promotionMembers);
export const rollback: Shape = object<Rollback>({ name: text, alias: text, to: optional(target) });

export const reviewOptions: Shape = object<ReviewOptions>({
  base: optional(byType({ string: text, list: texts })),
  head: optional(text),
  runsHelpers: optional(flag),
});

export const fillOptions: Shape = object<FillOptions>({ names: optional(texts) });

export const exportOptions: Shape = object<ExportOptions>({
  references: optional(texts),
  base: optional(byType({ string: text, list: texts })),
  head: optional(text),
  providers: optional(texts),
  runsHelpers: optional(flag),
});

export const replayOptions: Shape = object<ReplayOptions>({
  traces: typed(
    "the bytes of a file, such as createReadStream(path)",
    (value) => typeof value === "object" && value !== null && Symbol.asyncIterator in value,
  ),
  file: optional(text),
  with: optional(texts),
});

export const testOptions: Shape = object<TestOptions>({
  names: optional(texts),
  update: optional(flag),
  coverage: optional(flag),
  coverageMin: optional(
    typed("a number from 0 to 100", (value) => typeof value === "number" && value >= 0 && value <= 100),
  ),
});

export const releaseOptions: Shape = object<ReleaseOptions>({
  names: optional(texts),
  commit: optional(text),
  notes: optional(byType({ string: text, object: record(text) })),
  push: optional(text),
});

export const applyReleaseOptions: Shape = object<ApplyReleaseOptions>({
  sign: optional(flag),
  identity: optional(person),
});

export const registerOnceOptions: Shape = object<RegisterOnceOptions>({
  sign: optional(flag),
  identity: optional(person),
  onPlan: optional(anything),
});

/** The members of both forms, of which a request has one. */
interface RetireMembers {
  readonly references: RetireOptions["references"];
  readonly reason: unknown;
  readonly undo: unknown;
}

const retireMembers = object<RetireMembers>({ references: texts, reason: optional(text), undo: optional(flag) });

export const retireOptions: Shape = (value, path) => {
  const found = retireMembers(value, path);
  if (found.length > 0) return found;
  const { reason, undo } = value as Partial<RetireMembers>;
  if (reason === undefined || undo !== true) return [];
  return [
    {
      path: memberPath(path, "reason"),
      problem: "must be left out if a retirement is undone",
      instead: "pass reason or undo",
    },
  ];
};

export const scoreOptions: Shape = object<ScoreOptions>({
  reference: text,
  metrics: optional(record(number)),
  from: optional(text),
  prompt: optional(text),
  provider: optional(text),
  arm: optional(text),
  dataset: optional(text),
  date: optional(text),
  by: optional(text),
});

export const checkOptions: Shape = object<CheckOptions>({
  requireSigned: optional(flag),
  allowedSigners: optional(text),
  witness: optional(text),
  base: optional(text),
});

type Pointed<K extends Replacement["target"]["kind"]> = Extract<Replacement["target"], { readonly kind: K }>;

const pointedAt = byMember("kind", {
  version: object<Pointed<"version">>({ kind: text, version: number, follows: optional(text) }),
  working: object<Pointed<"working">>({ kind: text }),
});

export const buildOptions: Shape = object<BuildOptions>({
  keepsCache: optional(flag),
  overwrites: optional(flag),
  as: optional(list(object<Replacement>({ name: optional(text), alias: text, target: pointedAt }))),
});

export const fixOptions: Shape = object<FixOptions>({ files: optional(texts) });
export const lockOptions: Shape = object<LockOptions>({ checksOnly: optional(flag), witness: optional(text) });
export const modelRequestOptions: Shape = object<ModelRequestOptions>({
  key: optional(text),
  runsHelpers: optional(flag),
  source: optional(text),
});

export const compareOptions: Shape = object<CompareOptions>({ rendered: optional(flag), key: optional(text) });
export const promptsAtOptions: Shape = object<PromptsAtOptions>({ ref: optional(text), key: optional(text) });
export const keyOptions: Shape = object<RenderOptions>({ key: optional(text) });
export const readOptions: Shape = object<OptionsOf<"read">>({ resolvesConflicts: optional(flag) });
export const catalogOptions: Shape = object<CatalogOptions>({
  out: text,
  title: optional(text),
  runsHelpers: optional(flag),
});
export const liveCatalogOptions: Shape = object<LiveCatalogOptions>({
  title: optional(text),
  runsHelpers: optional(flag),
});
const isSequence = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
export const pointersOptions: Shape = object<PointersOptions>({
  out: optional(text),
  sign: optional(text),
  sequence: optional(typed("an integer from 0 to 2^53 - 1", isSequence)),
});
export const blameOptions: Shape = object<OptionsOf<"blame", 1>>({ partials: optional(flag) });
export const compileOptions: Shape = object<OptionsOf<"compile">>({
  versions: optional(choice(["all", "aliased"])),
  working: optional(flag),
});

type OptionsOf<M extends keyof Registry, N extends number = 0> = Registry[M] extends (...values: infer A) => unknown
  ? NonNullable<A[N]>
  : never;

const searchMembers = object<SearchRequest>({
  query: optional(text),
  words: optional(texts),
  text: optional(texts),
  name: optional(text),
  tags: optional(list(list(optional(text)))),
  alias: optional(text),
  model: optional(text),
  variables: optional(texts),
  partials: optional(texts),
  allVersions: optional(flag),
});
export const searchRequest: Shape = byType({ string: text, object: searchMembers as Shape });
