// The plan of `init`: which files it creates, changes and keeps.

import { LOCK_FILE } from "@cuecard/project";
import { addToJson } from "./edit-json.js";
import { type Facts, touchedFiles } from "./facts.js";
import type { Choices, InitPlan, InitStep } from "./init-plan.js";
import { planGitattributes, planGitignore, planPrettierIgnore } from "./plan-git-files.js";
import { planManifests, planPackage } from "./plan-manifests.js";
import { planSkill } from "./plan-skill.js";
import { planCatalog, planCheck, planRelease } from "./plan-workflows.js";
import { BOM } from "./read-text.js";
import { aliasesFile, configFile, samplePrompt } from "./templates.js";

export function planInit(facts: Facts, choices: Choices): InitPlan {
  const { config, texts, schemas } = facts;
  const { tagPrefix } = choices;
  const configured =
    texts.has(touchedFiles.config) || /"cuecard"\s*:\s*\{/.test(texts.get(touchedFiles.manifest) ?? "");
  const create = (file: string, text: string, about: string): InitStep =>
    texts.has(file) ? { kind: "keep", file } : { kind: "create", file, text, about };

  const steps: InitStep[] = [];
  // Prompts that have been released keep the text of their messages.
  const settings = { ...config, tagPrefix, trimMessages: !texts.has(LOCK_FILE) };
  if (!configured) steps.push(create(touchedFiles.config, configFile(schemas, settings), aboutSettings(tagPrefix)));
  else steps.push(...planSettings(facts, tagPrefix));
  const sampleFile = `${config.prompts}/greet.md`;
  if (!facts.hasPrompts || texts.has(sampleFile)) steps.push(create(sampleFile, samplePrompt(), "a first prompt"));
  // A run that was killed may have written the sample already.
  const hasSampleOnly = !facts.hasPrompts || texts.get(sampleFile) === samplePrompt();
  steps.push(
    create(touchedFiles.aliases, aliasesFile(schemas, hasSampleOnly), "aliases such as dev, staging and production"),
  );
  steps.push(...planPackage(facts, choices.packageName), ...planManifests(facts, choices));
  steps.push(planGitignore(facts), planGitattributes(facts));
  steps.push(...facts.prettierFolders.map((folder) => planPrettierIgnore(folder, facts)));
  if (choices.workflow) steps.push(...planCheck(facts));
  // The workflows share files of the actions.
  const add = (own: readonly InitStep[]) =>
    steps.push(...own.filter(({ file }) => steps.every((step) => step.file !== file)));
  if (choices.releases) add(planRelease(facts));
  if (choices.pages) add(planCatalog(facts));
  if (choices.skill) steps.push(...planSkill(facts, choices.packageName));
  const keepsMark = (step: InitStep) =>
    step.kind === "change" && facts.marked.has(step.file) ? { ...step, text: BOM + step.text } : step;
  return { createsRepository: facts.gitRoot === undefined, steps: steps.map(keepsMark) };
}

function aboutSettings(tagPrefix: string): string {
  return tagPrefix === "" ? "settings" : `settings; the tags of this project's versions begin with ${tagPrefix}`;
}

/** Settings that exist get a tag prefix only before the first release. */
function planSettings({ texts, config, others }: Facts, tagPrefix: string): InitStep[] {
  const file = touchedFiles.config;
  const text = texts.get(file);
  const needsPrefix = others.length > 0 && tagPrefix !== "" && config.tagPrefix === "" && !texts.has(LOCK_FILE);
  if (!needsPrefix) return text === undefined ? [] : [{ kind: "keep", file }];
  const edited = text === undefined ? undefined : addToJson(text, [{ path: ["tagPrefix"], value: tagPrefix }]);
  if (edited === text) return [{ kind: "keep", file }];
  if (edited !== undefined) return [{ kind: "change", file, text: edited, about: aboutSettings(tagPrefix) }];
  const about = `add "tagPrefix": "${tagPrefix}" to the settings: another project in this repository has versions as well`;
  return [{ kind: "manual", file: text === undefined ? touchedFiles.manifest : file, about }];
}
