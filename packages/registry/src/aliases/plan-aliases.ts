// Plans edits of aliases.json: which pointers move, from where to where, and the new text. Whether the new targets
// exist is checked with a snapshot (read-snapshot.ts), and whether they break callers, by the compiler.

import {
  type AliasTarget,
  compareText,
  type Diagnostic,
  diagnose,
  type Planned,
  pinTarget,
  resolveTarget,
  type StoredTarget,
  sortDiagnostics,
  toStored,
} from "@cuecard/model";
import { editAliases } from "../alias-file/edit-aliases.js";
import { ALIASES_FILE, parseAliases } from "../alias-file/parse-aliases.js";
import { isSameTarget } from "../history/alias-moves.js";
import type { Repository } from "../repository/repository.js";
import { choosePromotions } from "./choose-promotions.js";
import { findEarlierTarget, type RestoredMove } from "./earlier-target.js";
import { type AliasFile, parseAliasFile, readAliasFile } from "./read-alias-file.js";
import type { ProposedPointers } from "./resolve-aliases.js";
import { unknownAlias } from "./unknown-alias.js";

/** A target as users write it: `v3`, `latest` or `working`, or weights by version. */
export type WrittenTarget = string | Readonly<Record<string, number>>;

/** A requested change of aliases. */
export type AliasRequest =
  | { readonly kind: "set"; readonly name: string; readonly alias: string; readonly to: WrittenTarget }
  | { readonly kind: "delete"; readonly name: string; readonly alias: string }
  | {
      readonly kind: "promote";
      /** `"all"`: every prompt that has the alias `from`; with `latest`, every prompt that has a newer version than `to`. */
      readonly names: readonly string[] | "all";
      /** An alias, or `latest`. */
      readonly from: string;
      readonly to: string;
      /** The percentage of callers that get the new version (1 to 100). Default: all. */
      readonly share?: number | undefined;
      /** Whether prompts that cannot be promoted are left out. Default: then nothing is promoted. */
      readonly partial?: boolean | undefined;
    }
  | {
      readonly kind: "rollback";
      readonly name: string;
      readonly alias: string;
      /** Default: where the alias pointed before. */
      readonly to?: WrittenTarget | undefined;
    };

/** One pointer that moves. */
export interface AliasEdit {
  readonly name: string;
  readonly alias: string;
  /** Absent if the alias is new, or points nowhere. */
  readonly from?: AliasTarget;
  /** Absent if the alias is deleted. */
  readonly to?: AliasTarget;
  /** For a rollback: the commit that pointed the alias there before. */
  readonly restores?: RestoredMove;
}

/** The text of aliases.json before and after. */
export interface AliasText {
  /** Absent if the file does not exist yet. */
  readonly before?: string;
  readonly after: string;
}

export interface AliasEdits {
  readonly edits: readonly AliasEdit[];
  /** Requested pointers that already have the target. */
  readonly unchanged: readonly { readonly name: string; readonly alias: string; readonly target: AliasTarget }[];
  readonly text: AliasText;
  /** The file that the plan was made from, with the places of its pointers. */
  readonly file: AliasFile;
  /** To be checked with a snapshot: the new targets, and prompts that are not in aliases.json. */
  readonly proposed: readonly ProposedPointers[];
}

/** What following aliases, and promotions of `latest`, lead to. */
export interface Newest {
  /** The newest version of each prompt. */
  readonly latest: ReadonlyMap<string, number>;
  /** The names of the prompts that have a file. */
  readonly files: ReadonlySet<string>;
  /** The names of the prompts that have a version, even one that nothing can follow. */
  readonly released: ReadonlySet<string>;
}

const NOT_ASKED: Newest = { latest: new Map(), files: new Set(), released: new Set() };

/** The new target of each pointer that a request is about. */
export interface ChosenTargets {
  readonly targets: readonly {
    readonly name: string;
    readonly alias: string;
    readonly to: StoredTarget | undefined;
    readonly restores?: RestoredMove | undefined;
  }[];
  /** Prompts whose existence is to be checked as well. */
  readonly asked?: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Plans edits of aliases.json; nothing is written.
 *
 * @param readNewest Reads the newest versions. It is called only if they matter.
 * @param base The exact text to edit; `undefined` within it if there is no file. Default: that of the working tree.
 * @returns A plan may come with errors: it can then still be checked with a snapshot, to find more of them.
 */
export async function planAliasEdits(
  repository: Repository,
  request: AliasRequest,
  readNewest: () => Promise<Newest>,
  base?: { readonly text: string | undefined },
): Promise<Planned<AliasEdits>> {
  const names = namesOf(request);
  const wanted = names === "all" ? undefined : new Set(names);
  const file = base === undefined ? await readAliasFile(repository.dir, wanted) : parseAliasFile(base.text, wanted);
  if (file.diagnostics.length > 0) return { plan: undefined, diagnostics: file.diagnostics };
  const newest = mayFollow(file, request) ? await readNewest() : NOT_ASKED;
  const { targets, asked = [], ...chosen } = await choose(repository, { file, newest }, request);
  const diagnostics = [...chosen.diagnostics];
  const edits: AliasEdit[] = [];
  const unchanged: { name: string; alias: string; target: AliasTarget }[] = [];
  for (const { name, alias, to: stored, restores } of targets) {
    const written = file.prompts.get(name)?.get(alias)?.target;
    const [from, to] = [written, stored].map((target) => target && resolveTarget(target, newest.latest.get(name)));
    if (stored !== undefined && to === undefined) {
      const args = { name, alias, isReleased: newest.released.has(name) };
      diagnostics.push(diagnose("alias/nothing-to-follow", args, { file: ALIASES_FILE }, { name, alias }));
    } else if (to !== undefined && isSameTarget(from, to)) unchanged.push({ name, alias, target: to });
    else
      edits.push({
        ...{ name, alias },
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(restores === undefined ? {} : { restores }),
      });
  }
  edits.sort((a, b) => compareText(a.name, b.name) || compareText(a.alias, b.alias));
  const changes = edits.map(({ name, alias, to }) => ({ name, alias, to: to && toStored(to) }));
  const text: AliasText = {
    ...(file.text === undefined ? {} : { before: file.text }),
    after: edits.length === 0 ? (file.text ?? "") : editAliases(file.text, changes),
  };
  const proposed = [
    ...edits.flatMap(({ name, alias, to }) => (to === undefined ? [] : [{ name, pointers: [{ alias, target: to }] }])),
    ...asked.map((name) => ({ name, pointers: [] })),
  ];
  return { plan: { edits, unchanged, text, file, proposed }, diagnostics: sortDiagnostics(diagnostics) };
}

function namesOf(request: AliasRequest): readonly string[] | "all" {
  return request.kind === "promote" ? request.names : [request.name];
}

/** Whether the newest versions matter: an alias follows releases, or is asked to. */
function mayFollow({ prompts }: AliasFile, request: AliasRequest): boolean {
  if (request.kind === "promote" ? request.from === "latest" : "to" in request && request.to === "latest") return true;
  const names = namesOf(request);
  const asked = names === "all" ? [...prompts.values()] : names.flatMap((name) => prompts.get(name) ?? []);
  return asked.some((own) => [...own.values()].some(({ target }) => target?.kind === "latest"));
}

/** What a request is about. */
export interface AliasState {
  readonly file: AliasFile;
  readonly newest: Newest;
}

async function choose(repository: Repository, state: AliasState, request: AliasRequest): Promise<ChosenTargets> {
  const { file, newest } = state;
  switch (request.kind) {
    case "set":
      return readTarget(request.name, request.alias, request.to);
    case "delete": {
      const { name, alias } = request;
      const isThere = file.prompts.get(name)?.has(alias) === true;
      return isThere
        ? { targets: [{ name, alias, to: undefined }], diagnostics: [] }
        : { targets: [], asked: [name], diagnostics: [unknownAlias(file, name, alias)] };
    }
    case "promote":
      return choosePromotions(repository, state, request);
    case "rollback": {
      const { name, alias, to } = request;
      if (to !== undefined) {
        const isKnown = file.prompts.get(name)?.has(alias) === true;
        return isKnown
          ? pinTargets(readTarget(name, alias, to), newest)
          : { targets: [], asked: [name], diagnostics: [unknownAlias(file, name, alias)] };
      }
      const written = file.prompts.get(name)?.get(alias)?.target;
      const now = written && resolveTarget(written, newest.latest.get(name));
      const earlier = await findEarlierTarget(repository, file, { name, alias, now });
      return earlier.target === undefined
        ? { targets: [], asked: [name], diagnostics: earlier.diagnostics }
        : { targets: [{ name, alias, to: earlier.target, restores: earlier.restores }], diagnostics: [] };
    }
  }
}

/** A rollback ends the following of releases. */
function pinTargets({ targets, ...rest }: ChosenTargets, { latest }: Newest): ChosenTargets {
  const pinned = targets.map(({ to, ...target }) => {
    const resolved = to && resolveTarget(to, latest.get(target.name));
    return { ...target, to: resolved === undefined ? to : pinTarget(resolved) };
  });
  return { ...rest, targets: pinned };
}

/** Parses the target that a user wrote, by the rules of aliases.json. */
function readTarget(name: string, alias: string, to: WrittenTarget): ChosenTargets {
  const written = typeof to === "string" && /^[1-9]\d*$/.test(to) ? `v${to}` : to;
  const { prompts, diagnostics } = parseAliases(JSON.stringify({ [name]: { [alias]: written } }));
  const pointer = prompts[0]?.pointers[0];
  return {
    targets: pointer === undefined ? [] : [{ name, alias, to: pointer.target }],
    asked: [name],
    diagnostics: diagnostics.map(({ range, ...diagnostic }) => diagnostic),
  };
}
