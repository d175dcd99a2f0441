// What is proposed: what the server knows of it, planned again whenever something changes.

import { useEffect, useRef, useState } from "preact/hooks";
import type {
  EnvironmentMove,
  PlannedProposal,
  ProposableChanges,
  ProposalDone,
  ProposeRequest,
} from "../../../dev/proposals.js";
import { messageOf } from "../../message-of.js";
import { onChange } from "../live.js";
import { ask } from "../request.js";
import { showCount } from "./count.js";

export interface Choice {
  /** The chosen files; all others are left out. */
  readonly files: ReadonlySet<string>;
  /** Where to write: a branch by its name, or a new one whose name the server chooses. */
  readonly branch: string | undefined;
  readonly allowBreaking: boolean;
  /** The percentage of callers that a promotion moves; `undefined`: all. */
  readonly share: number | undefined;
}

export interface ProposalState {
  readonly changes: ProposableChanges | undefined;
  readonly choice: Choice;
  readonly plan: PlannedProposal | undefined;
  /** `planning`: the plan is of an earlier choice. */
  readonly work: "planning" | "proposing" | "pushing" | undefined;
  /** Why there is no plan, or it was not applied. */
  readonly problem: string | undefined;
  readonly done: ProposalDone | undefined;
  choose(choice: Partial<Choice>): void;
  propose(commit: Pick<ProposeRequest, "message" | "identity">, push: boolean): Promise<void>;
  /** Pushes a branch that was written earlier. */
  push(branch: string): Promise<void>;
  /** Begins another proposal. */
  startOver(): void;
}

/** In milliseconds: how long the page waits for the next change of a choice. */
const PAUSE = 250;

export function useProposal(move: EnvironmentMove | undefined): ProposalState {
  const [changes, setChanges] = useState<ProposableChanges>();
  const [choice, setChoice] = useState<Choice>({
    files: new Set(),
    branch: undefined,
    allowBreaking: false,
    share: move?.kind === "promote" ? move.share : undefined,
  });
  const [plan, setPlan] = useState<PlannedProposal>();
  const [work, setWork] = useState<ProposalState["work"]>();
  const [unread, setUnread] = useState<string>();
  const [unplanned, setUnplanned] = useState<string>();
  const [refused, setRefused] = useState<string>();
  const [revision, setRevision] = useState(0);
  const [done, setDone] = useState<ProposalDone>();
  const known = useRef<ReadonlySet<string>>(new Set());

  async function read(): Promise<void> {
    try {
      const now = await ask<ProposableChanges>("changes", {});
      const fresh = now.files.filter(
        ({ file, problem: why, proposedIn }) => !known.current.has(file) && !why && proposedIn.length === 0,
      );
      known.current = new Set(now.files.map(({ file }) => file));
      showCount(now.files.filter(({ proposedIn }) => proposedIn.length === 0).length);
      setChanges((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now));
      setChoice((before) => ({
        ...before,
        files: new Set([...before.files, ...fresh.map(({ file }) => file)].filter((file) => known.current.has(file))),
      }));
      setUnread(undefined);
    } catch (error) {
      setUnread(messageOf(error));
    }
  }

  useEffect(() => {
    onChange(() => void read());
    void read();
  }, []);

  const request = requestOf(move, changes, choice);
  // With what else the review depends on: the server refuses what is no longer as it was shown.
  const key = JSON.stringify([request, changes, revision]);
  useEffect(() => {
    if (request === undefined || done !== undefined) {
      setPlan(undefined);
      setUnplanned(undefined);
      setWork(undefined);
      return undefined;
    }
    const stop = new AbortController();
    setWork("planning");
    const timer = setTimeout(async () => {
      try {
        setPlan(await ask<PlannedProposal>("plan-proposal", request, stop.signal));
        setUnplanned(undefined);
      } catch (error) {
        if (stop.signal.aborted) return;
        setPlan(undefined);
        setUnplanned(messageOf(error));
      }
      setWork(undefined);
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [key, done]);

  function pushNow(branch: string): Promise<ProposalDone> {
    setWork("pushing");
    return ask<ProposalDone>("push-proposal", { branch });
  }

  async function finish(make: () => Promise<ProposalDone>): Promise<void> {
    setRefused(undefined);
    try {
      const made = await make();
      await read();
      setDone(made);
    } catch (error) {
      const why = messageOf(error);
      await read();
      setRevision((before) => before + 1);
      setRefused(why);
    }
    setWork(undefined);
  }

  return {
    ...{ changes, choice, plan, work, done, problem: unread ?? refused ?? unplanned },
    choose(change) {
      setRefused(undefined);
      setChoice((before) => ({ ...before, ...change }));
    },
    async propose(commit, push) {
      if (plan === undefined || request === undefined) return;
      const { branch, state } = plan;
      await finish(async () => {
        setWork("proposing");
        const written = await ask<ProposalDone>("propose", { ...request, ...commit, branch, state });
        return push ? pushNow(branch) : written;
      });
    },
    push: (branch) => finish(() => pushNow(branch)),
    startOver() {
      setDone(undefined);
      setChoice((before) => ({ ...before, branch: undefined, files: new Set() }));
    },
  };
}

function requestOf(move: EnvironmentMove | undefined, changes: ProposableChanges | undefined, choice: Choice) {
  if (changes === undefined) return undefined;
  const { branch, allowBreaking, share } = choice;
  if (move !== undefined) {
    const aliases = move.kind === "promote" ? { ...move, share } : move;
    return { aliases, branch, allowBreaking };
  }
  const files = changes.files
    .filter(({ file }) => choice.files.has(file))
    .map(({ file, digest }) => ({ file, digest }));
  return files.length === 0 ? undefined : { files, branch };
}
