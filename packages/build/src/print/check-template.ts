// Whether the template of a draft is a whole file: its front matter would be part of the text.

import { type Diagnostic, diagnose, type Place } from "@cuecard/model";
import { findMisplacedFrontMatter } from "../hints/misplaced-front-matter.js";
import { FRONT_MATTER_KEYS } from "../parse/front-matter-schema.js";
import { locateFences } from "../parse/split-front-matter.js";
import { SourceText } from "../text/source-text.js";
import type { PromptDraft } from "./print-prompt.js";

/** @param place The file that the draft will be written to. */
export function checkTemplate({ template, ...others }: PromptDraft, place: Place): Diagnostic[] {
  const text = template?.replaceAll("\r\n", "\n").trimStart() ?? "";
  if (locateFences(text).kind !== "fenced") return [];
  if (findMisplacedFrontMatter(new SourceText(place.file, text, 0), FRONT_MATTER_KEYS, "empty").length === 0) return [];
  const problem = "its template begins with front matter, which would be part of the text";
  const instead = Object.values(others).some((value) => value !== undefined)
    ? "pass the text as `source`, and write the other fields in its front matter"
    : "pass the text as `source`, which is a whole file with its front matter";
  return [diagnose("register/invalid-draft", { problem, path: "template", instead }, place)];
}
