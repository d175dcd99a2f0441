// Which models there are to choose from, and which one is chosen.

import { useEffect, useState } from "preact/hooks";
import type { ModelChoice, Models } from "../../../dev/model-runs.js";
import { messageOf } from "../../message-of.js";
import { ask } from "../request.js";

export interface ModelsState {
  readonly models?: Models;
  /** Why they are not known. */
  readonly problem?: string;
  readonly choice?: ModelChoice;
  choose(choice: ModelChoice): void;
}

/** @param model The prompt's own. */
export function useModels(model: string | undefined): ModelsState {
  const [models, setModels] = useState<Models>();
  const [problem, setProblem] = useState<string>();
  const [choice, setChoice] = useState<ModelChoice>();
  useEffect(() => {
    ask<Models>("models", model === undefined ? {} : { model }).then(
      (found) => {
        setModels(found);
        if (found.isOn) setChoice(recall(model, found) ?? found.chosen);
      },
      (error: unknown) => setProblem(messageOf(error)),
    );
  }, [model]);
  return {
    ...(choice === undefined ? {} : { choice }),
    ...(models === undefined ? {} : { models }),
    ...(problem === undefined ? {} : { problem }),
    choose(next) {
      setChoice(next);
      keep(model, next);
    },
  };
}

/** This tab remembers what was chosen for prompts of a model. Nothing else of a run is kept. */
const keyOf = (model: string | undefined) => `cuecard-run-on:${model ?? ""}`;

function keep(model: string | undefined, choice: ModelChoice): void {
  try {
    sessionStorage.setItem(keyOf(model), JSON.stringify(choice));
  } catch {
    // Storage can be switched off: the choice holds for this page.
  }
}

function recall(own: string | undefined, { providers }: Extract<Models, { isOn: true }>): ModelChoice | undefined {
  try {
    const { provider, model } = JSON.parse(sessionStorage.getItem(keyOf(own)) ?? "{}") as Partial<ModelChoice>;
    const isThere = providers.some(({ id }) => id === provider);
    return provider === undefined || model === undefined || !isThere ? undefined : { provider, model };
  } catch {
    return undefined;
  }
}
