// What a command makes of aliases.json: which pointers it moves, from where to where, and the text afterwards. Whether the new
// targets exist is asked of a snapshot (read-snapshot.ts); whether they break callers, of the compiler.

import { type AliasTarget, compareText, type Diagnostic, type Planned, sortDiagnostics } from "@cuecard/model";
import { editAliases } from "../alias-file/edit-aliases.js";
import { parseAliases } from "../alias-file/parse-aliases.js";
import { isSameTarget } from "../history/alias-moves.js";
import type { Repository } from "../repository/repository.js";
import { choosePromotions } from "./choose-promotions.js";
import { findEarlierTarget, type RestoredMove } from "./earlier-target.js";
import { type AliasFile, readAliasFile } from "./read-alias-file.js";
import type { ProposedPointers } from "./resolve-aliases.js";
import { unknownAlias } from "./unknown-alias.js";

/** A target as people write it: `v3` or `working`, or weights by version. */
export type WrittenTarget = string | Readonly<Record<string, number>>;

/** What is to become of aliases. */
export type AliasRequest =
  | { readonly kind: "set"; readonly name: string; readonly alias: string; readonly to: WrittenTarget }
  | { readonly kind: "delete"; readonly name: string; readonly alias: string }
  | {
      readonly kind: "promote";
      /** `"all"`: every prompt that has the alias `from`. */
      readonly names: readonly string[] | "all";
      readonly from: string;
      readonly to: string;
      /** How many in a hundred callers get the new version; the others stay where they are. Default: all. */
      readonly share?: number | undefined;
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
  /** Left out where the alias is new. */
  readonly from?: AliasTarget;
  /** Left out where the alias is deleted. */
  readonly to?: AliasTarget;
  /** Of a rollback: the commit that pointed the alias there before. */
  readonly restores?: RestoredMove;
}

/** The text of aliases.json before and after. */
export interface AliasText {
  /** Left out where there is no file yet. */
  readonly before?: string;
  readonly after: string;
}

export interface AliasEdits {
  readonly edits: readonly AliasEdit[];
  /** Pointers that are asked for and lead there already. */
  readonly unchanged: readonly { readonly name: string; readonly alias: string; readonly target: AliasTarget }[];
  readonly text: AliasText;
  /** Where the pointers stand that move. */
  readonly file: AliasFile;
  /** To be held against a snapshot: the new targets, and prompts that aliases.json does not know. */
  readonly proposed: readonly ProposedPointers[];
}

/** What a request comes to, pointer by pointer. */
export interface ChosenTargets {
  readonly targets: readonly {
    readonly name: string;
    readonly alias: string;
    readonly to: AliasTarget | undefined;
    readonly restores?: RestoredMove | undefined;
  }[];
  /** Names whose prompt has to exist for the findings to be right. */
  readonly asked?: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Plans edits of aliases.json; nothing is written.
 *
 * @returns With errors among the findings there may still be edits, to be held against a snapshot for more of them.
 */
export async function planAliasEdits(repository: Repository, request: AliasRequest): Promise<Planned<AliasEdits>> {
  const file = await readAliasFile(repository.dir);
  if (file.diagnostics.length > 0) return { plan: undefined, diagnostics: file.diagnostics };
  const { targets, asked = [], diagnostics } = await choose(repository, file, request);
  const edits: AliasEdit[] = [];
  const unchanged: { name: string; alias: string; target: AliasTarget }[] = [];
  for (const { name, alias, to, restores } of targets) {
    const written = file.prompts.get(name)?.get(alias);
    const from = written?.target;
    if (to !== undefined && isSameTarget(from, to)) unchanged.push({ name, alias, target: to });
    else
      edits.push({
        ...{ name, alias },
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(restores === undefined ? {} : { restores }),
      });
  }
  edits.sort((a, b) => compareText(a.name, b.name) || compareText(a.alias, b.alias));
  const changes = edits.map(({ name, alias, to }) => ({ name, alias, to }));
  const text: AliasText = {
    ...(file.text === undefined ? {} : { before: file.text }),
    after: edits.length === 0 ? (file.text ?? "") : editAliases(file.text, changes),
  };
  const proposed = [
    ...changes.flatMap(({ name, alias, to }) =>
      to === undefined ? [] : [{ name, pointers: [{ alias, target: to }] }],
    ),
    ...asked.map((name) => ({ name, pointers: [] })),
  ];
  return { plan: { edits, unchanged, text, file, proposed }, diagnostics: sortDiagnostics(diagnostics) };
}

async function choose(repository: Repository, file: AliasFile, request: AliasRequest): Promise<ChosenTargets> {
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
      return choosePromotions(file, request);
    case "rollback": {
      const { name, alias, to } = request;
      if (to !== undefined) {
        const isKnown = file.prompts.get(name)?.has(alias) === true;
        return isKnown
          ? readTarget(name, alias, to)
          : { targets: [], asked: [name], diagnostics: [unknownAlias(file, name, alias)] };
      }
      const earlier = await findEarlierTarget(repository, file, name, alias);
      return earlier.target === undefined
        ? { targets: [], asked: [name], diagnostics: earlier.diagnostics }
        : { targets: [{ name, alias, to: earlier.target, restores: earlier.restores }], diagnostics: [] };
    }
  }
}

/** Reads what somebody wrote for a pointer by the rules of the file. */
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
