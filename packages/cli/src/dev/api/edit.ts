// Requests of the page that edits prompts. What they take and give is in packages/catalog/src/dev/protocol.ts.

import type { Applied, Registry } from "@cuecard/project";
import type { Route } from "./api.js";
import { refuse } from "./refuse.js";

type Request<M extends "checkEdit" | "editFields" | "setFields" | "saveEdit"> = Parameters<Registry[M]>[0];

// The registry itself checks what it is given.
export const files: Route = (_, { project }) =>
  project.use(async (registry) => resultOf(await registry.editableFiles()));

export const source: Route = ({ file }, { project }) =>
  project.use(async (registry) => resultOf(await registry.editSource(file as string)));

export const check: Route = (body, { project, signal }) =>
  project.use(async (registry) => {
    // The page has a newer text by now.
    signal.throwIfAborted();
    const { runsHelpers } = project;
    return resultOf(await registry.checkEdit({ ...(body as unknown as Request<"checkEdit">), runsHelpers }));
  });

export const fields: Route = (body, { project }) =>
  project.use(async (registry) => resultOf(await registry.editFields(body as unknown as Request<"editFields">)));

export const set: Route = (body, { project }) =>
  project.use(async (registry) => resultOf(await registry.setFields(body as unknown as Request<"setFields">)));

export const save: Route = (body, { project }) =>
  project.use(async (registry) => resultOf(await registry.saveEdit(body as unknown as Request<"saveEdit">)));

/** @throws RequestError with the findings, if there is no result. */
function resultOf<T extends object>({ result, diagnostics }: Applied<T>): T {
  if (result === undefined) throw refuse(diagnostics);
  return result;
}
