// What a proposal is called if its author does not say: the commit's message, and the branch.

import { ALIASES_FILE, classifyPath } from "@cuecard/model";
import type { AliasRequest, ChosenFile } from "@cuecard/registry";
import { findPushRemote, hasRemoteBranch, PROPOSAL_PREFIX } from "@cuecard/registry";
import type { Project } from "../read/project.js";

/** `Edit greet and tone`, `Delete greet`, `Edit greet and 3 other files`. */
export function describeFiles(project: Project, files: readonly ChosenFile[]): string {
  const verb = files.length > 0 && files.every(({ digest }) => digest === "") ? "Delete" : "Edit";
  return `${verb} ${listNames(files.map(({ file }) => nameOf(project, file)))}`;
}

function listNames(names: readonly string[]): string {
  const [first = "", second = ""] = names;
  if (names.length < 2) return first;
  return names.length === 2 ? `${first} and ${second}` : `${first} and ${names.length - 1} other files`;
}

/** `greet` for prompts/greet.md, `the partial tone` for prompts/_tone.md. */
function nameOf({ config }: Project, file: string): string {
  const prefix = `${config.prompts}/`;
  if (!file.startsWith(prefix)) return file === ALIASES_FILE ? "aliases" : file;
  const kind = classifyPath(file.slice(prefix.length));
  if (kind.kind === "prompt") return kind.name;
  return kind.kind === "partial" ? `the partial ${kind.name}` : file.slice(prefix.length);
}

/** `Promote greet from staging to production`. */
export function describeRequest(request: AliasRequest): string {
  switch (request.kind) {
    case "promote": {
      const names = request.names === "all" ? "all prompts" : listPrompts(request.names);
      const share = request.share === undefined ? "" : ` for ${request.share}%`;
      return `Promote ${names} from ${request.from} to ${request.to}${share}`;
    }
    case "rollback":
      return `Roll back ${request.name} in ${request.alias}`;
    case "delete":
      return `Delete the alias ${request.alias} of ${request.name}`;
    case "set":
      return `Point ${request.alias} of ${request.name} at ${describeWritten(request.to)}`;
  }
}

function listPrompts(names: readonly string[]): string {
  return names.length > 3 ? `${names.length} prompts` : names.join(", ");
}

function describeWritten(to: string | Readonly<Record<string, number>>): string {
  if (typeof to === "string") return to;
  return Object.entries(to)
    .map(([version, weight]) => `${version} ${weight}`)
    .join(" / ");
}

/** How many branches with one name are tried. */
const MOST_NAMES = 1000;

/** The name of a branch that neither this clone nor the remote has. */
export async function nameBranch(project: Project, what: AliasRequest | readonly string[]): Promise<string> {
  const { facts, resolveCommit } = await project.repository.open();
  const remote = await findPushRemote(facts);
  const base = `${PROPOSAL_PREFIX}${"kind" in what ? slugOf(describeRequest(what)) : slugOfFiles(project, what)}`;
  for (let number = 1; number < MOST_NAMES; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    const isTaken =
      (await resolveCommit(`refs/heads/${name}`)) !== undefined ||
      (remote !== undefined && (await hasRemoteBranch(facts, remote, name)));
    if (!isTaken) return name;
  }
  return base;
}

function slugOfFiles(project: Project, files: readonly string[]): string {
  const names = files.map((file) => slugOf(nameOf(project, file).replace(/^the partial /, "")));
  return files.length <= 2 ? names.join("-and-") || "edit" : `${names[0]}-and-${files.length - 1}-more`;
}

/** Only characters that every host and shell accepts in the name of a branch. */
function slugOf(text: string): string {
  const slug = text
    .normalize("NFKD")
    .replaceAll(/[^A-Za-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .toLowerCase()
    .slice(0, 60);
  return slug.replace(/-+$/, "") || "edit";
}
