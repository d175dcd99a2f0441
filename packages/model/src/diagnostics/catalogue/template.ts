// Findings about templates: syntax, helper calls and roles.

import type { Finding } from "../finding.js";
import { didYouMean } from "../words.js";

export const template = {
  "template/syntax": {
    severity: "error",
    stage: "compile",
    about: "The template is not valid Handlebars.",
    message: ({ problem }) => problem,
    hint: ({ instead }) => instead,
  } as Finding<{ problem: string; instead?: string | undefined }>,
  "template/too-large": {
    severity: "error",
    stage: "compile",
    about: "A template is larger, or nested deeper, than Cuecard compiles.",
    message: ({ what, limit }) => `the template has more than ${limit} ${what}`,
    hint: "split it, or move repeated material into data and `{{#each}}`",
  } as Finding<{ what: string; limit: number }>,
  "template/unsupported": {
    severity: "error",
    stage: "compile",
    about: "The template uses a part of Handlebars or dotprompt that is not compiled. Nothing is guessed.",
    message: ({ what }) => `${what} is not supported`,
    hint: ({ instead }) => instead,
  } as Finding<{ what: string; instead: string | undefined }>,
  "template/unknown-helper": {
    severity: "error",
    stage: "compile",
    about: "The template calls a helper that does not exist; `{{name argument}}` is always a helper call.",
    message: ({ helper }) => `there is no helper "${helper}"`,
    hint: ({ nearest, instead }) => instead ?? didYouMean(nearest, "a variable stands alone: {{name}}"),
  } as Finding<{ helper: string; nearest: string | undefined; instead?: string | undefined }>,
  "template/wrong-arguments": {
    severity: "error",
    stage: "compile",
    about: "A helper is called with arguments that it does not take.",
    message: ({ helper, problem }) => `"${helper}" ${problem}`,
    hint: ({ instead }) => instead,
  } as Finding<{ helper: string; problem: string; instead?: string | undefined }>,
  "template/unknown-role": {
    severity: "error",
    stage: "compile",
    about:
      "A chat role is not one of system, user, assistant (also written model), tool, or is not written out as text. Roles are part of the prompt, never of its input.",
    message: ({ role }) => `${role} is no role`,
    hint: 'write {{role "system"}}, "user", "assistant" or "tool"',
  } as Finding<{ role: string }>,
  "template/log": {
    severity: "warning",
    stage: "compile",
    about: "A template logs something. A prompt has nowhere to log to: the tag is left out.",
    message: "{{log}} does nothing here",
    hint: "remove it",
  } as Finding,
};
