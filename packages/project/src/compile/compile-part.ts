// Compiles what has changed of a package since an earlier command, and reads nothing else: among ten thousand prompts, putting all of them
// together takes ten times as long as compiling one.

import type { ChangesResult, UnchangedPrompts } from "@cuecard/build";
import { hasErrors, sortDiagnostics } from "@cuecard/model";
import type { ChangedReading } from "@cuecard/registry";
import { keysOf, type PackageRecord } from "../cache/package-record.js";
import type { Project } from "../read/project.js";
import { needOf } from "./compile-ahead.js";
import { compileCache } from "./compile-cache.js";
import { compileOptions, isTrueBeside } from "./compile-settings.js";
import type { ChangesScope, CompiledProject } from "./compiled-project.js";
import { changedSince, keysOfChanges, settingsKey } from "./make-keys.js";

/** If more prompts than this may have changed, everything is read. */
const MAX_SHARE = 1 / 4;

/** `undefined` if everything has to be read. */
export async function compilePart(
  project: Project,
  scope: ChangesScope,
): Promise<CompiledProject<ChangesResult> | undefined> {
  const { cache } = project;
  const earlier = (scope.replacements ?? []).length > 0 ? undefined : scope.earlier?.();
  const helpers = await project.helpers();
  if (earlier === undefined || hasErrors(helpers.diagnostics)) return undefined;
  const { texts, take } = await needOf(project, scope);
  const reading = await project.changes({ texts, take });
  const changed = reading && changedSince(earlier, reading.since);
  if (reading === undefined || changed === undefined) return undefined;
  const { common, prompts, since, lock } = reading;
  const { counts } = common;
  if (counts.prompts === 0 || changed.size > 1 + counts.prompts * MAX_SHARE) return undefined;
  if (cache.isWasteful(counts.prompts + counts.versions)) return undefined;
  const snapshot = reading.select(changed);
  if (snapshot.versions.some((version) => version.content === undefined && texts(version))) return undefined;
  const options = compileOptions(project, helpers, { ...scope, replaced: [] });
  if (settingsKey(snapshot, options) !== earlier.settings) return undefined;
  const { kept, keepLocked } = reading.keep();
  cache.rememberPart();
  const base =
    kept === undefined ? { reading: since.reading, except: [...since.names] } : { reading: kept, except: [] };
  const keys = keysOfChanges(snapshot, options, { names: prompts.names, changed }, { known: keysOf(earlier), base });
  const found = [...helpers.diagnostics, ...common.diagnostics];
  const read = { snapshot, counts, lock, keepLocked, helpers, keys };
  const nothing = { brokenAliases: [], unlocked: [], unknownMerges: [], proposedFindings: [], replaced: [] };
  const compiled = (result: ChangesResult | undefined, diagnostics: ChangesResult["diagnostics"]) => ({
    ...{ ...read, ...nothing, result },
    diagnostics: sortDiagnostics([...found, ...diagnostics.filter(isTrueBeside(found))]),
  });
  const recalled = scope.isDone(keys.whole) ? cache.stamp(keys.whole) : undefined;
  if (recalled !== undefined) return compiled(undefined, recalled.diagnostics);
  const compiler = await project.compiler();
  const isCompiled = ({ targeted }: { readonly targeted: boolean }) => scope.versions === "all" || targeted;
  const forms = compileCache(await project.compiledForms(), snapshot, isCompiled);
  const unchanged = unchangedPrompts(reading, earlier, changed);
  const result = compiler.compileChanges(snapshot, { ...options, cache: forms, unchanged, ...scope.start(keys) });
  cache.rememberStamp({ key: keys.whole, diagnostics: result.diagnostics });
  return compiled(result, result.diagnostics);
}

function unchangedPrompts(
  { common, prompts, select }: ChangedReading,
  earlier: PackageRecord,
  changed: ReadonlySet<string>,
): UnchangedPrompts {
  const names = prompts.names.filter((name) => !changed.has(name));
  const summaries = names.flatMap((name) => earlier.prompts.get(name) ?? []);
  const former = new Map(
    names.flatMap((name) => {
      const { renamedFrom = [] } = earlier.prompts.get(name) ?? {};
      return renamedFrom.length === 0 ? [] : [[name, renamedFrom] as const];
    }),
  );
  return {
    names,
    facts: (name) => earlier.details.get(name)?.facts,
    diagnostics: summaries.flatMap(({ diagnostics = [] }) => diagnostics),
    drafts: select(former.keys()).working.map((prompt) => ({ ...prompt, renamedFrom: former.get(prompt.name) ?? [] })),
    retired: new Map(common.retired),
  };
}
