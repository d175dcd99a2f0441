// The page of changes: what was edited or would move on the left with its review, and where it goes on the right.

import type { JSX } from "preact";
import type { EnvironmentMove, PlannedProposal, ProposableChanges } from "../../../dev/proposals.js";
import { ChangedFile } from "./changed-file.js";
import { ProposeForm } from "./propose-form.js";
import { Proposed } from "./proposed.js";
import { ReviewView } from "./review-view.js";
import { type ProposalState, useProposal } from "./use-proposal.js";

export function ChangesView({ move }: { readonly move: EnvironmentMove | undefined }): JSX.Element {
  const state = useProposal(move);
  const { changes, done, problem, startOver } = state;
  const isEmpty = move === undefined && changes?.files.length === 0;
  return (
    <>
      {move !== undefined && (
        <nav class="crumbs" aria-label="Place">
          <a href="environments.html">Environments</a>
        </nav>
      )}
      <div class="page-head">
        <h1>{move === undefined ? "Changes" : titleOf(move)}</h1>
        <p class="lead">{changes === undefined ? "" : describe(changes, move)}</p>
      </div>
      {done !== undefined && <Proposed done={done} remote={changes?.target?.remote} startOver={startOver} />}
      {problem !== undefined && done === undefined && (
        <p class="callout error refusal" role="alert">
          {problem}
        </p>
      )}
      {changes !== undefined && done === undefined && !isEmpty && (
        <div class="changes-columns">
          <div class="changes-main">
            {move === undefined ? <Files changes={changes} state={state} /> : <Move move={move} state={state} />}
            <Review state={state} isMove={move !== undefined} />
          </div>
          <ProposeForm state={state} changes={changes} move={move} />
        </div>
      )}
    </>
  );
}

function titleOf(move: EnvironmentMove): string {
  if (move.kind === "rollback") return `Roll back ${move.alias} of ${move.name}`;
  const what = move.names === "all" ? "" : `${move.names.join(", ")} from `;
  return `Promote ${what}${move.from} to ${move.to}`;
}

function describe({ files, head }: ProposableChanges, move: EnvironmentMove | undefined): string {
  const at = head.branch === undefined ? head.commit.slice(0, 7) : head.branch;
  if (move !== undefined)
    return `The move is made on what is committed in ${at}. aliases.json in your working tree stays as it is.`;
  if (files.length === 0) return `Nothing is edited: all files about prompts are as in ${at}.`;
  const what = files.length === 1 ? "1 file differs" : `${files.length} files differ`;
  return `${what} from what is committed in ${at}. Choose what to propose; nothing else is touched.`;
}

/** Up to how many files show what differs at once. */
const MOST_OPEN = 4;

function Files({
  changes,
  state,
}: {
  readonly changes: ProposableChanges;
  readonly state: ProposalState;
}): JSX.Element {
  const { choice, choose, work } = state;
  const isBusy = work === "proposing" || work === "pushing";
  const set = (file: string, isChosen: boolean) => {
    const files = new Set(choice.files);
    if (isChosen) files.add(file);
    else files.delete(file);
    choose({ files });
  };
  return (
    <section aria-labelledby="files">
      <h2 id="files">Files</h2>
      <ul class="changed-files">
        {changes.files.map((changed) => (
          <ChangedFile
            key={changed.file}
            changed={changed}
            isChosen={choice.files.has(changed.file)}
            isOpen={changes.files.length <= MOST_OPEN}
            choose={(isChosen) => set(changed.file, isChosen)}
            branches={changes.branches}
            push={isBusy ? undefined : (branch) => void state.push(branch)}
          />
        ))}
      </ul>
    </section>
  );
}

function Move({ move, state }: { readonly move: EnvironmentMove; readonly state: ProposalState }): JSX.Element | null {
  if (move.kind === "rollback") return null;
  const { choice, choose } = state;
  return (
    <label class="field rollout">
      <span class="field-label">Share of callers</span>
      <select
        value={choice.share ?? 100}
        onChange={({ currentTarget }) => {
          const share = Number(currentTarget.value);
          choose({ share: share === 100 ? undefined : share });
        }}
      >
        {[100, 50, 25, 10, 5, 1].map((share) => (
          <option value={share}>{share === 100 ? "All callers" : `${share}%; the others keep what they have`}</option>
        ))}
      </select>
    </label>
  );
}

function Review({ state, isMove }: { readonly state: ProposalState; readonly isMove: boolean }): JSX.Element | null {
  const { plan, work, choice } = state;
  if (plan === undefined && work === undefined) return null;
  if (!isMove && choice.files.size === 0) return null;
  return (
    <section aria-labelledby="review" aria-busy={work === "planning"}>
      <h2 id="review">{isMove ? "What it changes" : "Review"}</h2>
      {plan === undefined ? <p class="note">Reviewing…</p> : <PlanView plan={plan} />}
    </section>
  );
}

function PlanView({ plan }: { readonly plan: PlannedProposal }): JSX.Element {
  return (
    <>
      {plan.findings.length > 0 && (
        <ul class="findings proposal-findings">
          {plan.findings.map(({ severity, message, hint, place }) => (
            <li>
              <p>
                <span class={`chip ${severity}`}>{severity}</span> {message}
              </p>
              <p class="note">{[place, hint].filter(Boolean).join(" · ")}</p>
            </li>
          ))}
        </ul>
      )}
      <ReviewView blocks={plan.review} />
    </>
  );
}
