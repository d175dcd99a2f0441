// Findings about the values that a template uses, checked against their types.

import type { Finding } from "./finding.js";
import { didYouMean } from "./words.js";

export const templateValues = {
  "template/undeclared-variable": {
    severity: "error",
    stage: "compile",
    about: "The template uses a variable that `input.schema` does not declare.",
    message: ({ variable }) => `"${variable}" is not declared in input.schema`,
    hint: ({ nearest, instead }) => instead ?? didYouMean(nearest, "declare it in input.schema"),
  } as Finding<{ variable: string; nearest: string | undefined; instead?: string | undefined }>,
  "template/unused-variable": {
    severity: "warning",
    stage: "compile",
    about:
      "`input.schema` declares a variable that the template never uses, so a value that callers pass has no effect.",
    message: ({ variable }) => `"${variable}" is declared in input.schema, but the template does not use it`,
    hint: ({ instead }) => instead ?? "use the variable or remove it from input.schema",
  } as Finding<{ variable: string; instead?: string | undefined }>,
  "template/unknown-member": {
    severity: "error",
    stage: "compile",
    about:
      "The template uses a member that the schema does not declare for the object, or that a helper's return type does not have.",
    message: ({ value, member }) => `${value} has no member "${member}"`,
    hint: ({ nearest, variable, helper, instead }) => {
      if (instead !== undefined) return instead;
      if (nearest === undefined && variable !== undefined) return `for the input variable, write {{@root.${variable}}}`;
      return didYouMean(
        nearest,
        helper === undefined ? "declare it in input.schema" : `add it to the return type of "${helper}"`,
      );
    },
  } as Finding<{
    value: string;
    member: string;
    nearest: string | undefined;
    variable: string | undefined;
    helper: string | undefined;
    instead?: string | undefined;
  }>,
  "template/no-members": {
    severity: "error",
    stage: "compile",
    about:
      "The template uses a member of a string, a number, a boolean or a list. These have no members; the items of a list may have some.",
    message: ({ value, kind, member }) => `${value} is ${kind} and has no member "${member}"`,
    hint: ({ member, list, variable, helper, instead }) => {
      if (instead !== undefined) return instead;
      if (variable !== undefined) return `for the input variable, write {{@root.${variable}}}`;
      const better = helper === undefined ? "make it an object in input.schema" : `return an object from "${helper}"`;
      return list === undefined
        ? `use the value itself, or ${better}`
        : `loop over it: {{#each ${list}}}{{${member}}}{{/each}}`;
    },
  } as Finding<{
    value: string;
    kind: string;
    member: string;
    list: string | undefined;
    variable: string | undefined;
    helper: string | undefined;
    instead?: string | undefined;
  }>,
  "template/list-as-text": {
    severity: "error",
    stage: "compile",
    about: "A list is inserted as text. Its items would be joined by commas.",
    message: ({ value }) => `${value} is a list, but is inserted as text`,
    hint: ({ written }) =>
      written === undefined
        ? "loop over it with {{#each}}, or write it as JSON with {{json}}"
        : `write {{#each ${written}}}…{{/each}}, or {{json ${written}}}`,
  } as Finding<{ value: string; written: string | undefined }>,
  "template/object-as-text": {
    severity: "error",
    stage: "compile",
    about: "An object is inserted as text, which does not print its members.",
    message: ({ value }) => `${value} is an object, but is inserted as text`,
    hint: ({ written, member, instead }) => {
      if (instead !== undefined) return instead;
      if (written === undefined) return "write it as JSON with {{json}}";
      const context = written === "this" || written === ".";
      const json = `{{json ${written === "." ? "this" : written}}}`;
      const named = context ? member : `${written}.${member}`;
      return member === undefined ? `write ${json}` : `write ${json}, or a member: {{${named}}}`;
    },
  } as Finding<{
    value: string;
    written: string | undefined;
    member: string | undefined;
    instead?: string | undefined;
  }>,
  "template/not-a-list": {
    severity: "error",
    stage: "compile",
    about: "`{{#each}}` is used with a value that is neither a list nor an object, so it would print nothing.",
    message: ({ value, kind }) => `${value} is ${kind}, so {{#each}} prints nothing`,
    hint: "test it with {{#if}}, or make it a list in input.schema",
  } as Finding<{ value: string; kind: string }>,
  "template/optional-value": {
    severity: "warning",
    stage: "compile",
    about:
      "The template uses a value that may be missing, according to the schema or a helper's return type, without testing for it. A missing value prints nothing.",
    message: ({ value }) => `${value} may be missing here`,
    hint: ({ written, helper }) => {
      const test = written === undefined ? "test for it with {{#if}}" : `test it: {{#if ${written}}}…{{/if}}`;
      if (helper === undefined) return `${test}; or make it required, or give it a default`;
      return `${written === undefined ? `use it in {{#with (${helper} …)}}` : test}; or return a value from "${helper}" in every case`;
    },
  } as Finding<{ value: string; written: string | undefined; helper: string | undefined }>,
  "template/media-not-text": {
    severity: "error",
    stage: "compile",
    about: "`{{media}}` is used with a URL that is not a string.",
    message: ({ value, kind }) => `${value} is ${kind}, but {{media}} needs a URL as a string`,
    hint: "use a member that is a string, such as {{media url=image.url}}",
  } as Finding<{ value: string; kind: string }>,
  "template/media-in-system": {
    severity: "warning",
    stage: "compile",
    about:
      "A system message contains media. `format` returns the system message as text and throws if it contains media; `messages` works.",
    message: "a system message contains media, so format() throws and only messages() works",
    hint: 'move the media after {{role "user"}}, or use messages()',
  } as Finding,
  "template/never-equal": {
    severity: "warning",
    stage: "compile",
    about:
      "`{{#ifEquals}}` or `{{#unlessEquals}}` compares values that can never be equal: their types differ, or one value is not among the other's possible values.",
    message: ({ left, right, problem }) => `${left} is never equal to ${right}: ${problem}`,
    hint: ({ nearest, instead }) => didYouMean(nearest, instead),
  } as Finding<{
    left: string;
    right: string;
    problem: string;
    nearest: string | undefined;
    instead: string | undefined;
  }>,
  "template/wrong-argument-type": {
    severity: "error",
    stage: "compile",
    about: "One of your helpers gets an argument of a type that it does not accept.",
    message: ({ helper, parameter, wanted, found }) => `"${helper}" takes ${wanted} for "${parameter}", not ${found}`,
    hint: ({ nearest }) => didYouMean(nearest),
  } as Finding<{ helper: string; parameter: string; wanted: string; found: string; nearest: string | undefined }>,
  "template/unknown-argument": {
    severity: "error",
    stage: "compile",
    about: "One of your helpers gets a named argument that it does not have.",
    message: ({ helper, argument }) => `"${helper}" has no argument "${argument}"`,
    hint: ({ nearest }) => didYouMean(nearest),
  } as Finding<{ helper: string; argument: string; nearest: string | undefined }>,
};
