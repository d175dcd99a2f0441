// Checks what callers pass to the functions of a registry, before any of them runs: JavaScript lets them pass anything, and an
// option that is misspelled must not be the same as one that is left out.

import { type Diagnostic, diagnose, sortDiagnostics } from "@cuecard/model";
import { nothingRead } from "@cuecard/registry";
import { unbuilt } from "../build/build.js";
import type { LiveCatalog } from "../catalog/live-catalog.js";
import type { Registry } from "../registry.js";
import * as edits from "./edit-requests.js";
import { explainMisfit } from "./explain-misfit.js";
import { planOf } from "./plan-of.js";
import { reportDraft } from "./report-draft.js";
import * as requests from "./requests.js";
import { anything, type Misfit, optional, type Shape, text } from "./shape.js";

/** The functions that take arguments which callers write. */
type Checked = Exclude<
  { [M in keyof Registry]: Registry[M] extends (...values: never) => unknown ? M : never }[keyof Registry],
  "snapshot" | "fetchVersions" | "list" | "editableFiles" | "sources" | "save" | "close"
>;

interface Call<M extends Checked> {
  /** The name and shape of each argument. */
  readonly takes: readonly (readonly [name: string, shape: Shape])[];
  /** What the function returns instead of its result. */
  readonly refused: (diagnostics: readonly Diagnostic[]) => Awaited<ReturnType<Registry[M]>>;
}

type Diagnostics = readonly Diagnostic[];
const noPlan = (diagnostics: Diagnostics) => ({ plan: undefined, diagnostics });
const noResult = (diagnostics: Diagnostics) => ({ result: undefined, diagnostics });
const broken = (diagnostics: Diagnostics) => ({ kind: "broken" as const, diagnostics });

const { allowBreaking, applyReleaseOptions, keyOptions } = requests;
const reference = ["reference", text] as const;
const options = (shape: Shape) => ["options", optional(shape)] as const;

const calls: { readonly [M in Checked]: Call<M> } = {
  read: { takes: [options(requests.readOptions)], refused: nothingRead },
  compile: {
    takes: [options(requests.compileOptions)],
    refused: (diagnostics) => ({ files: new Map(), prompts: [], snapshot: undefined, diagnostics }),
  },
  check: {
    takes: [options(requests.checkOptions)],
    refused: (diagnostics) => ({
      diagnostics,
      prompts: 0,
      versions: 0,
      added: undefined,
      touched: [],
      uses: undefined,
    }),
  },
  build: { takes: [options(requests.buildOptions)], refused: unbuilt },
  lock: {
    takes: [options(requests.lockOptions)],
    refused: (diagnostics) => ({
      versions: 0,
      outdated: false,
      written: false,
      added: [],
      resolved: false,
      diagnostics,
    }),
  },
  planFixes: { takes: [options(requests.fixOptions)], refused: noPlan },
  applyFixes: { takes: [["plan", planOf("planFixes", "files")]], refused: noResult },
  promptsAt: {
    takes: [options(requests.promptsAtOptions)],
    refused: (diagnostics) => ({ prompts: [], names: [], aliases: [], helperFiles: [], diagnostics }),
  },
  load: { takes: [reference, options(keyOptions)], refused: broken },
  // The prompt itself checks its input.
  render: { takes: [reference, ["input", anything], options(keyOptions)], refused: broken },
  modelRequest: { takes: [reference, ["input", anything], options(requests.modelRequestOptions)], refused: broken },
  aliases: { takes: [["name", optional(text)]], refused: broken },
  planAliases: { takes: [["request", requests.aliasRequest], options(allowBreaking)], refused: noPlan },
  planPromotion: { takes: [["promotion", requests.promotion], options(allowBreaking)], refused: noPlan },
  planRollback: { takes: [["rollback", requests.rollback], options(allowBreaking)], refused: noPlan },
  applyAliases: { takes: [["plan", planOf("planAliases", "edits", "text", "locks")]], refused: noResult },
  pointers: {
    takes: [options(requests.pointersOptions)],
    refused: (diagnostics) => ({ document: undefined, diagnostics }),
  },
  compare: { takes: [["before", text], ["after", text], options(requests.compareOptions)], refused: broken },
  review: { takes: [options(requests.reviewOptions)], refused: broken },
  replay: { takes: [["options", requests.replayOptions]], refused: broken },
  test: { takes: [options(requests.testOptions)], refused: broken },
  planFill: { takes: [options(requests.fillOptions)], refused: noPlan },
  exportPromptfoo: { takes: [options(requests.exportOptions)], refused: broken },
  applySnapshots: { takes: [["plan", planOf("test", "files")]], refused: noResult },
  planRelease: { takes: [options(requests.releaseOptions)], refused: noPlan },
  applyRelease: {
    takes: [["plan", planOf("planRelease", "commit", "releases")], options(applyReleaseOptions)],
    refused: noResult,
  },
  planRetire: { takes: [["options", requests.retireOptions]], refused: noPlan },
  applyRetire: { takes: [["plan", planOf("planRetire", "versions", "unchanged")]], refused: noResult },
  planScore: { takes: [["options", requests.scoreOptions]], refused: noPlan },
  applyScore: { takes: [["plan", planOf("planScore", "file", "scores")]], refused: noResult },
  scores: { takes: [reference], refused: broken },
  planProposal: { takes: [["options", requests.proposalOptions]], refused: noPlan },
  changes: { takes: [], refused: broken },
  changedFiles: { takes: [], refused: broken },
  proposals: { takes: [], refused: broken },
  planChanges: { takes: [["options", requests.changesRequest]], refused: noPlan },
  applyProposal: {
    takes: [["plan", planOf("planProposal", "branch", "parent", "files")], options(requests.applyProposalOptions)],
    refused: noResult,
  },
  pushProposal: {
    takes: [
      ["proposal", requests.proposal],
      ["remote", text],
    ],
    refused: noResult,
  },
  planRegister: { takes: [["prompt", requests.registerOptions]], refused: noPlan },
  applyRegister: {
    takes: [["plan", planOf("planRegister", "name", "file", "text")], options(applyReleaseOptions)],
    refused: noResult,
  },
  register: { takes: [["prompt", requests.registerOptions], options(requests.registerOnceOptions)], refused: noResult },
  history: { takes: [["name", text]], refused: broken },
  search: { takes: [["request", requests.searchRequest]], refused: broken },
  catalog: {
    takes: [["options", requests.catalogOptions]],
    refused: (diagnostics) => ({ site: undefined, diagnostics }),
  },
  openCatalog: { takes: [options(requests.liveCatalogOptions)], refused: unreadableCatalog },
  editSource: { takes: [["file", text]], refused: noResult },
  checkEdit: { takes: [["edit", edits.checkEditOptions]], refused: noResult },
  editFields: { takes: [["request", edits.fieldsRequest]], refused: noResult },
  setFields: { takes: [["request", edits.setRequest]], refused: noResult },
  saveEdit: { takes: [["edit", edits.saveRequest]], refused: noResult },
  blame: { takes: [reference, options(requests.blameOptions)], refused: broken },
  usages: { takes: [["reference", optional(text)]], refused: broken },
};

function unreadableCatalog(diagnostics: Diagnostics): LiveCatalog {
  return {
    update: async () => ({ isChanged: false, isReadable: false, diagnostics }),
    searchCode: async () => {},
    file: async () => undefined,
    close: async () => {},
  };
}

/** The same registry, whose functions refuse arguments that they do not understand. */
export function checkArguments(registry: Registry): Registry {
  const checked = Object.entries(calls).map(([name, { takes, refused }]) => {
    // A function takes and returns what its entry in the table says, which TypeScript has checked.
    const call = registry[name as Checked] as (...values: readonly unknown[]) => Promise<unknown>;
    return [
      name,
      async (...values: readonly unknown[]): Promise<unknown> => {
        const reports = takes.map(([argument, shape], index) => {
          const value = values[index];
          if (argument !== "prompt") return checkArgument(name, argument, shape, value);
          return reportDraft(shape(value, ""), value, registry.config.prompts);
        });
        const found = (await Promise.all(reports)).flat();
        found.push(...findExtra(values, takes.length).map((misfit) => report(name, misfit)));
        return found.length > 0 ? refused(sortDiagnostics(found)) : call(...values);
      },
    ];
  });
  return { ...registry, ...Object.fromEntries(checked) };
}

/** @returns What is wrong with an argument of a function. */
export function checkArgument(call: string, argument: string, shape: Shape, value: unknown): Diagnostic[] {
  return shape(value, argument).map((misfit) => report(call, misfit));
}

/** Of further arguments, only an object is refused: `names.map(registry.history)` passes an index and a list as well. */
function findExtra(values: readonly unknown[], taken: number): Misfit[] {
  const isExtra = values.slice(taken).some((value) => value?.constructor === Object);
  const problem = `takes ${taken === 1 ? "one argument" : `${taken} arguments`}`;
  return isExtra ? [{ path: "", problem, instead: "remove the other arguments" }] : [];
}

function report(call: string, misfit: Misfit): Diagnostic {
  const { path, instead } = misfit;
  return diagnose("request/invalid-argument", { call, path, problem: explainMisfit(misfit), instead }, { file: "." });
}
