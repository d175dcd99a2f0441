// Pushes a branch with the git program. A branch of the remote is never replaced: it can only get more commits.

import type { RepositoryFacts } from "../git/preflight.js";
import { complaintOf, runWriting } from "../git/write.js";
import { withoutSecrets } from "./push-target.js";

export type BranchPushed =
  /** `said`: what the remote printed. */
  | { readonly kind: "pushed"; readonly said: string }
  /** The remote's branch has commits that the pushed one does not have. */
  | { readonly kind: "behind"; readonly problem: string }
  | { readonly kind: "refused"; readonly problem: string };

/** How many seconds a push may take. Programs that ask for passwords in windows of their own count as well. */
const TRANSFER = 180;

/** Hooks run as for every push. git cannot ask for a password on a terminal, where it would not be expected. */
export async function pushBranch(
  facts: RepositoryFacts,
  { remote, branch, commit }: { readonly remote: string; readonly branch: string; readonly commit: string },
): Promise<BranchPushed> {
  const args = ["push", "--porcelain", "--no-follow-tags", "--recurse-submodules=no", "--", remote];
  const pushed = await runWriting(facts, [...args, `${commit}:refs/heads/${branch}`], {
    environment: { GIT_TERMINAL_PROMPT: "0" },
    detached: true,
    seconds: TRANSFER,
  });
  if (pushed.code === 0) return { kind: "pushed", said: pushed.messages };
  const [, reason = ""] = /^!\t\S+\t(\[.*)$/m.exec(pushed.text) ?? [];
  const problem = withoutSecrets([...(reason === "" ? [] : [reason]), complaintOf(pushed)].join("\n"));
  const isBehind = /\((?:fetch first|non-fast-forward|stale info|needs force)\)/.test(reason);
  return { kind: isBehind ? "behind" : "refused", problem };
}
