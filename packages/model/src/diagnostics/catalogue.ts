// Every code that Cuecard can report, with the type of its arguments, its severity, its stage and its words. Rules report a
// code with arguments; the files of catalogue/ speak. A code is permanent: it may be retired, never reused.
// docs/diagnostics.md is generated from here.

import { alias } from "./catalogue/alias.js";
import { aliasMoves } from "./catalogue/alias-moves.js";
import { base } from "./catalogue/base.js";
import { code } from "./catalogue/code.js";
import { config } from "./catalogue/config.js";
import { edit } from "./catalogue/edit.js";
import { example } from "./catalogue/example.js";
import type { Finding } from "./catalogue/finding.js";
import { frontMatter } from "./catalogue/front-matter.js";
import { gate } from "./catalogue/gate.js";
import { git } from "./catalogue/git.js";
import { helpers } from "./catalogue/helpers.js";
import { input } from "./catalogue/input.js";
import { json } from "./catalogue/json.js";
import { lock } from "./catalogue/lock.js";
import { output } from "./catalogue/output.js";
import { prompt } from "./catalogue/prompt.js";
import { propose } from "./catalogue/propose.js";
import { register } from "./catalogue/register.js";
import { release } from "./catalogue/release.js";
import { request } from "./catalogue/request.js";
import { retire } from "./catalogue/retire.js";
import { review } from "./catalogue/review.js";
import { schema } from "./catalogue/schema.js";
import { scores } from "./catalogue/scores.js";
import { tag } from "./catalogue/tag.js";
import { template } from "./catalogue/template.js";
import { templatePartials } from "./catalogue/template-partials.js";
import { templateValues } from "./catalogue/template-values.js";
import { templateWarnings } from "./catalogue/template-warnings.js";
import { text } from "./catalogue/text.js";
import { trace } from "./catalogue/trace.js";
import { version } from "./catalogue/version.js";
import { waiver } from "./catalogue/waiver.js";
import { witness } from "./catalogue/witness.js";

type Catalogue = typeof git &
  typeof tag &
  typeof lock &
  typeof version &
  typeof base &
  typeof output &
  typeof json &
  typeof alias &
  typeof aliasMoves &
  typeof gate &
  typeof review &
  typeof code &
  typeof config &
  typeof helpers &
  typeof prompt &
  typeof release &
  typeof request &
  typeof retire &
  typeof propose &
  typeof edit &
  typeof register &
  typeof scores &
  typeof frontMatter &
  typeof schema &
  typeof trace &
  typeof template &
  typeof templatePartials &
  typeof templateValues &
  typeof templateWarnings &
  typeof text &
  typeof input &
  typeof example &
  typeof waiver &
  typeof witness;

export const catalogue: Catalogue = {
  ...git,
  ...tag,
  ...lock,
  ...version,
  ...base,
  ...output,
  ...json,
  ...alias,
  ...aliasMoves,
  ...gate,
  ...review,
  ...code,
  ...config,
  ...helpers,
  ...prompt,
  ...release,
  ...request,
  ...retire,
  ...propose,
  ...edit,
  ...register,
  ...scores,
  ...frontMatter,
  ...schema,
  ...trace,
  ...template,
  ...templatePartials,
  ...templateValues,
  ...templateWarnings,
  ...text,
  ...input,
  ...example,
  ...waiver,
  ...witness,
};

export type Code = keyof Catalogue;

export function isCode(text: string): text is Code {
  return Object.hasOwn(catalogue, text);
}

/** The arguments of a code's message and hint. */
export type Arguments<C extends Code> = Catalogue[C] extends Finding<infer A extends object> ? A : never;
