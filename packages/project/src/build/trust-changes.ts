// What a pull request changes about who may sign versions, and about what a check accepts. The check believes the files of the pull
// request itself, so its reviewers have to see such changes.

import { type Diagnostic, diagnose, parseJsonDocument } from "@cuecard/model";
import { readFilesOfCommit, readProjectFile } from "@cuecard/registry";
import type { Project } from "../read/project.js";
import { CONFIG_FILE, type Config, defaultConfig } from "../settings/config.js";
import { parseConfig } from "../settings/parse-config.js";
import { findProperty } from "../settings/read-config.js";

const MANIFEST = "package.json";

/** The settings that decide what a check accepts without a finding. */
const TRUSTED = [
  "allowedSigners",
  "workingAliases",
  "allowCharacters",
  "releaseBranches",
  "gates",
  "rules",
] as const satisfies readonly (keyof Config)[];

/** @param commit The commit that the pull request started from. */
export async function findTrustChanges(project: Project, commit: string): Promise<Diagnostic[]> {
  const opened = await project.repository.open();
  const before = settingsIn(await readFilesOfCommit(opened, commit, [CONFIG_FILE, MANIFEST]));
  const { config } = project;
  const own = await readProjectFile(project.dir, CONFIG_FILE);
  const place = { file: own === undefined ? MANIFEST : CONFIG_FILE };
  const changes = TRUSTED.flatMap((setting) => {
    const [then, now] = [JSON.stringify(before[setting]), JSON.stringify(config[setting])];
    if (then === now) return [];
    return [diagnose("config/trust-changed", { setting, before: then, now }, place)];
  });
  const file = config.allowedSigners;
  if (file === undefined) return changes;
  const old = before.allowedSigners ?? file;
  const signers = linesOf((await readFilesOfCommit(opened, commit, [old])).get(old));
  const signersNow = linesOf((await readProjectFile(project.dir, file))?.text);
  const added = [...signersNow].filter((line) => !signers.has(line)).map(principalOf);
  const removed = [...signers].filter((line) => !signersNow.has(line)).map(principalOf);
  if (added.length + removed.length === 0) return changes;
  return [...changes, diagnose("config/signers-changed", { path: file, added, removed }, { file })];
}

/** The settings in the files of a commit, as far as they are valid. */
function settingsIn(files: ReadonlyMap<string, string>): Config {
  for (const file of [CONFIG_FILE, MANIFEST]) {
    const text = files.get(file);
    const document = text === undefined ? undefined : parseJsonDocument(text, file);
    if (document?.root === undefined) continue;
    const own = file === MANIFEST ? findProperty(document.root, "cuecard")?.value : document.root;
    if (own !== undefined) return parseConfig(own, document.lines, file).config;
  }
  return defaultConfig;
}

/** The lines of a file of signers, without comments. */
function linesOf(text = ""): ReadonlySet<string> {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return new Set(lines.filter((line) => line !== "" && !line.startsWith("#")));
}

function principalOf(line: string): string {
  return line.split(/\s/)[0] ?? line;
}
