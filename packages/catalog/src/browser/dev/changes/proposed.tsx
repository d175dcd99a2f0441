// What was done: the branch, and the link that opens a pull request.

import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { ProposalDone } from "../../../dev/proposals.js";

interface ProposedProps {
  readonly done: ProposalDone;
  readonly remote: string | undefined;
  /** Begins another proposal. */
  readonly startOver: () => void;
}

export function Proposed({ done, remote = "origin", startOver }: ProposedProps): JSX.Element {
  const { branch, commit, pushed, link, problem } = done;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class={`callout proposed ${problem === undefined ? "good" : "warning"}`} aria-labelledby="proposed">
      <h2 id="proposed" tabIndex={-1} ref={heading}>
        {problem !== undefined ? "Committed, but not pushed" : pushed ? "Proposed" : "The branch is written"}
      </h2>
      <p>
        Commit <code>{commit.slice(0, 10)}</code> is in <code>{branch}</code>
        {pushed ? ` on ${remote}` : " in this clone"}. Your files stay as they are.
      </p>
      {problem !== undefined && <pre class="refusal">{problem}</pre>}
      {link !== undefined && (
        <p>
          <a class="primary" href={link} target="_blank" rel="noopener noreferrer">
            Open a pull request
          </a>
          <span class="by link-host">{new URL(link).host}</span>
        </p>
      )}
      {pushed && link === undefined && (
        <p>Open a pull request for this branch where you review code: the address of {remote} shows no page for it.</p>
      )}
      {!pushed && (
        <p>
          {problem === undefined ? "To push it" : "To try again"}, run{" "}
          <code>
            git push {remote} {branch}
          </code>
          {problem === undefined ? "." : ", or propose the same files to the same branch."}
        </p>
      )}
      <p>
        <button type="button" class="quiet" onClick={startOver}>
          Back to the changes
        </button>
      </p>
    </section>
  );
}
