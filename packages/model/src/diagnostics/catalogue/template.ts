// Findings about templates: syntax, helper calls and roles.

import type { Finding } from "./finding.js";
import { didYouMean } from "./words.js";

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
    about: "A template is larger or more deeply nested than the limit.",
    message: ({ what, limit }) => `the template has more than ${limit} ${what}`,
    hint: "split the template, or move repeated material into data and `{{#each}}`",
  } as Finding<{ what: string; limit: number }>,
  "template/unsupported": {
    severity: "error",
    stage: "compile",
    about: "The template uses a feature of Handlebars or dotprompt that Cuecard does not compile.",
    message: ({ what }) => `${what} is not supported`,
    hint: ({ instead }) => instead,
  } as Finding<{ what: string; instead: string | undefined }>,
  "template/unknown-helper": {
    severity: "error",
    stage: "compile",
    about: "The template calls a helper that does not exist. `{{name argument}}` is always a helper call.",
    message: ({ helper }) => `the helper "${helper}" does not exist`,
    hint: ({ nearest, instead }) =>
      instead ??
      didYouMean(
        nearest,
        `to insert a variable, write only its name: {{name}}; to call a function of your own, name its module in "helpers" in cuecard.config.json`,
      ),
  } as Finding<{ helper: string; nearest: string | undefined; instead?: string | undefined }>,
  "template/wrong-arguments": {
    severity: "error",
    stage: "compile",
    about: "A helper is called with arguments that it does not accept.",
    message: ({ helper, problem }) => `"${helper}" ${problem}`,
    hint: ({ instead }) => instead,
  } as Finding<{ helper: string; problem: string; instead?: string | undefined }>,
  "template/unknown-role": {
    severity: "error",
    stage: "compile",
    about:
      "A chat role is not one of system, user, assistant (also written model) and tool, or is not a literal. Roles are part of the prompt and cannot come from its input.",
    message: ({ role }) => `unknown role ${role}`,
    hint: 'write {{role "system"}}, "user", "assistant" or "tool"',
  } as Finding<{ role: string }>,
  "template/log": {
    severity: "warning",
    stage: "compile",
    about: "The template uses `{{log}}`. A prompt has nowhere to log to, so the tag is removed.",
    message: "{{log}} has no effect in a prompt",
    hint: ({ isAlone }) =>
      isAlone ? "remove the tag; to insert a variable of that name, write {{this.log}}" : "remove the tag",
  } as Finding<{ isAlone: boolean }>,
};
