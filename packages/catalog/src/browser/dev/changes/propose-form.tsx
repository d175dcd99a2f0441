// Where the proposal goes: the message, the branch, whose commit it is, and the button.

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { EnvironmentMove, PlannedProposal, ProposableChanges } from "../../../dev/proposals.js";
import type { ProposalState } from "./use-proposal.js";

interface ProposeFormProps {
  readonly state: ProposalState;
  readonly changes: ProposableChanges;
  readonly move: EnvironmentMove | undefined;
}

export function ProposeForm({ state, changes, move }: ProposeFormProps): JSX.Element {
  const { plan, choice, choose, work, propose } = state;
  const { identity, target } = changes;
  const [message, setMessage] = useState<string>();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [push, setPush] = useState(true);
  const isNamed = identity !== undefined || (name.trim() !== "" && email.trim() !== "");
  const errors = plan?.findings.filter(({ severity }) => severity === "error").length ?? 0;
  const isAgreed = plan?.breaking !== true || choice.allowBreaking;
  const isReady =
    plan !== undefined && work === undefined && errors === 0 && isNamed && isAgreed && !plan.branchProblem;
  const submit = (event: Event) => {
    event.preventDefault();
    if (!isReady) return;
    const own = identity === undefined ? { identity: { name, email } } : {};
    void propose({ message: message || plan.message, ...own }, push && target !== undefined);
  };
  return (
    <form class="propose" onSubmit={submit} aria-labelledby="propose-title">
      <h2 id="propose-title">Propose</h2>
      {plan?.breaking === true && (
        <label class="check callout error">
          <input
            type="checkbox"
            checked={choice.allowBreaking}
            onChange={({ currentTarget }) => choose({ allowBreaking: currentTarget.checked })}
          />
          <span>Propose it although it breaks callers</span>
        </label>
      )}
      <label class="field">
        <span class="field-label">What it is for</span>
        <textarea
          rows={3}
          placeholder={plan?.message}
          value={message}
          onInput={({ currentTarget }) => setMessage(currentTarget.value)}
        />
      </label>
      <BranchChoice state={state} branches={changes.branches.map((branch) => branch.name)} plan={plan} />
      {identity === undefined ? (
        <fieldset class="who">
          <legend class="field-label">Who you are: git does not know it here</legend>
          <Field label="Name" value={name} autocomplete="name" set={setName} />
          <Field label="Email" value={email} autocomplete="email" set={setEmail} />
        </fieldset>
      ) : (
        <p class="fact">
          <span class="field-label">Commit by</span>
          <bdi>{identity}</bdi>
        </p>
      )}
      <Target changes={changes} push={push} setPush={setPush} />
      <button type="submit" class="primary" aria-disabled={!isReady}>
        {work === "proposing" || work === "pushing"
          ? "Proposing…"
          : target !== undefined && push
            ? "Propose"
            : "Write the branch"}
      </button>
      <p class="note" role="status">
        {describeState(state, move, errors, isNamed)}
      </p>
    </form>
  );
}

function describeState(
  { plan, work, choice }: ProposalState,
  move: EnvironmentMove | undefined,
  errors: number,
  isNamed: boolean,
): string {
  if (work === "proposing") return "Writing the branch…";
  if (work === "pushing") return "Pushing…";
  if (work === "planning") return "Reviewing…";
  if (move === undefined && choice.files.size === 0) return "Choose at least one file.";
  if (plan === undefined) return "";
  if (errors > 0)
    return errors === 1 ? "One problem has to be fixed first." : `${errors} problems have to be fixed first.`;
  if (plan.branchProblem !== undefined) return "Choose another name for the branch.";
  if (plan.breaking && !choice.allowBreaking) return "Callers break: agree to that first.";
  if (!isNamed) return "Enter your name and email first.";
  if (plan.unchanged) return `${plan.branch} has this already; it is only pushed.`;
  return "Your files stay as they are.";
}

interface BranchChoiceProps {
  readonly state: ProposalState;
  readonly branches: readonly string[];
  readonly plan: PlannedProposal | undefined;
}

/** How many branches can be chosen. */
const MOST_BRANCHES = 20;
const NEW = "";
const PREFIX = "cuecard/";

/** What is typed or pasted, with or without the prefix. */
function toBranch(typed: string): string | undefined {
  const name = typed.trim().replace(/^cuecard\//, "");
  return name === "" ? undefined : `${PREFIX}${name}`;
}

function BranchChoice({ state: { choice, choose }, branches, plan }: BranchChoiceProps): JSX.Element {
  const isKnown = choice.branch !== undefined && branches.includes(choice.branch);
  return (
    <>
      {branches.length > 0 && (
        <label class="field">
          <span class="field-label">Branch</span>
          <select
            value={isKnown ? choice.branch : NEW}
            onChange={({ currentTarget }) =>
              choose({ branch: currentTarget.value === NEW ? undefined : currentTarget.value })
            }
          >
            <option value={NEW}>A new branch</option>
            {branches.slice(0, MOST_BRANCHES).map((branch) => (
              <option value={branch}>Add to {branch}</option>
            ))}
          </select>
        </label>
      )}
      {!isKnown && (
        <label class="field">
          <span class="field-label">{branches.length > 0 ? "Name of the new branch" : "New branch"}</span>
          <span class="branch-name">
            <code>{PREFIX}</code>
            <input
              type="text"
              spellcheck={false}
              autocomplete="off"
              placeholder={plan?.branch.slice(PREFIX.length)}
              value={choice.branch?.slice(PREFIX.length) ?? ""}
              aria-invalid={plan?.branchProblem !== undefined}
              aria-describedby="branch-problem"
              onInput={({ currentTarget }) => choose({ branch: toBranch(currentTarget.value) })}
            />
          </span>
        </label>
      )}
      <p class="field-problem" id="branch-problem" role="alert">
        {plan?.branchProblem}
      </p>
    </>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly autocomplete: "name" | "email";
  readonly set: (value: string) => void;
}

function Field({ label, value, autocomplete, set }: FieldProps): JSX.Element {
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <input
        type="text"
        inputMode={autocomplete === "email" ? "email" : "text"}
        value={value}
        autocomplete={autocomplete}
        onInput={({ currentTarget }) => set(currentTarget.value)}
      />
    </label>
  );
}

interface TargetProps {
  readonly changes: ProposableChanges;
  readonly push: boolean;
  readonly setPush: (push: boolean) => void;
}

function Target({ changes: { target, head }, push, setPush }: TargetProps): JSX.Element {
  if (target === undefined) return <p class="note">This clone has no remote, so the branch stays here.</p>;
  const { remote, url, base, unpushed } = target;
  return (
    <>
      <label class="check">
        <input type="checkbox" checked={push} onChange={({ currentTarget }) => setPush(currentTarget.checked)} />
        <span>
          Push it to {remote}
          {base !== undefined && (
            <>
              , for a pull request into <strong>{base}</strong>
            </>
          )}
          <span class="by">{url}</span>
        </span>
      </label>
      {push && unpushed > 0 && (
        <p class="callout warning">
          The branch begins at {head.branch ?? "the commit that is checked out"}, which has{" "}
          {unpushed === 1 ? "1 commit" : `${unpushed} commits`} that {base} of {remote} does not have. The pull request
          will have {unpushed === 1 ? "it" : "them"} as well.
        </p>
      )}
    </>
  );
}
