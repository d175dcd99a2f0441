// Findings about the values that a template uses, checked against their types.

import type { Finding } from "../finding.js";
import { didYouMean } from "../words.js";

export const templateValues = {
  "template/undeclared-variable": {
    severity: "error",
    stage: "compile",
    about: "The template uses a variable that `input.schema` does not declare.",
    message: ({ variable }) => `"${variable}" is not declared in input.schema`,
    hint: ({ nearest, instead }) => instead ?? didYouMean(nearest, "declare it there"),
  } as Finding<{ variable: string; nearest: string | undefined; instead?: string | undefined }>,
  "template/unused-variable": {
    severity: "warning",
    stage: "compile",
    about: "`input.schema` declares a variable that the template never uses; callers must pass it for nothing.",
    message: ({ variable }) => `"${variable}" is declared, but the template does not use it`,
    hint: "use it or remove it",
  } as Finding<{ variable: string }>,
  "template/unknown-member": {
    severity: "error",
    stage: "compile",
    about:
      "The template names a member that the schema does not give the object, or that the type of a helper's result does not have.",
    message: ({ value, member }) => `${value} has no member "${member}"`,
    hint: ({ nearest, variable, helper, instead }) => {
      if (instead !== undefined) return instead;
      if (nearest === undefined && variable !== undefined) return `the input's own is {{@root.${variable}}}`;
      return didYouMean(
        nearest,
        helper === undefined ? "declare it in input.schema" : `add it to what "${helper}" returns`,
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
      "The template looks for a member in a value that has none: in a string, a number, a boolean, or in a list, whose items are what has members.",
    message: ({ value, kind, member }) => `${value} is ${kind}: it has no member "${member}"`,
    hint: ({ member, list, variable, helper, instead }) => {
      if (instead !== undefined) return instead;
      if (variable !== undefined) return `the input's own is {{@root.${variable}}}`;
      const better = helper === undefined ? "make it an object in input.schema" : `let "${helper}" return an object`;
      return list === undefined ? `use it as it is, or ${better}` : `walk it: {{#each ${list}}}{{${member}}}{{/each}}`;
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
    about: "A list is inserted as text. Its items would stand there with commas between them.",
    message: ({ value }) => `${value} is a list, and is inserted as text`,
    hint: ({ written }) =>
      written === undefined
        ? "walk it with {{#each}}, or write it as JSON with {{json}}"
        : `write {{#each ${written}}}…{{/each}}, or {{json ${written}}}`,
  } as Finding<{ value: string; written: string | undefined }>,
  "template/object-as-text": {
    severity: "error",
    stage: "compile",
    about: "An object is inserted as text, which would not show what is in it.",
    message: ({ value }) => `${value} is an object, and is inserted as text`,
    hint: ({ written, member }) => {
      if (written === undefined) return "write it as JSON with {{json}}";
      const context = written === "this" || written === ".";
      const json = `{{json ${written === "." ? "this" : written}}}`;
      const named = context ? member : `${written}.${member}`;
      return member === undefined ? `write ${json}` : `write ${json}, or a member: {{${named}}}`;
    },
  } as Finding<{ value: string; written: string | undefined; member: string | undefined }>,
  "template/not-a-list": {
    severity: "error",
    stage: "compile",
    about: "`{{#each}}` walks something that is neither a list nor an object. Nothing would be written.",
    message: ({ value, kind }) => `${value} is ${kind}: {{#each}} finds nothing in it`,
    hint: "use {{#if}} to ask for it, or make it a list in input.schema",
  } as Finding<{ value: string; kind: string }>,
  "template/optional-value": {
    severity: "warning",
    stage: "compile",
    about:
      "The template uses a value that may be missing, by the schema or by the type of a helper's result, where no test of it stands around. Nothing would be written in its place.",
    message: ({ value }) => `${value} may be missing here`,
    hint: ({ written, helper }) =>
      helper !== undefined
        ? `${written === undefined ? `use it in {{#with (${helper} …)}}` : `ask first: {{#if ${written}}}…{{/if}}`}; or let "${helper}" return it in any case`
        : `${written === undefined ? "ask first with {{#if}}" : `ask first: {{#if ${written}}}…{{/if}}`}; or require it, or give it a default`,
  } as Finding<{ value: string; written: string | undefined; helper: string | undefined }>,
  "template/media-not-text": {
    severity: "error",
    stage: "compile",
    about: "`{{media}}` gets a URL that is no text.",
    message: ({ value, kind }) => `${value} is ${kind}: {{media}} takes a URL, as text`,
  } as Finding<{ value: string; kind: string }>,
  "template/media-in-system": {
    severity: "warning",
    stage: "compile",
    about:
      "Media stands in a system message. `format` gives the system message apart, as text, and throws for one with media; `messages` keeps it in its place.",
    message: "media in a system message: format() throws for it, and only messages() works",
    hint: 'put it behind {{role "user"}}, or use messages()',
  } as Finding,
  "template/never-equal": {
    severity: "warning",
    stage: "compile",
    about:
      "`{{#ifEquals}}` or `{{#unlessEquals}}` compares values that can never be equal: their kinds differ, or one is not among the other's values.",
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
    about: "A helper of the project gets an argument that its type does not allow.",
    message: ({ helper, parameter, wanted, found }) => `"${helper}" takes ${wanted} for "${parameter}", not ${found}`,
    hint: ({ nearest }) => didYouMean(nearest),
  } as Finding<{ helper: string; parameter: string; wanted: string; found: string; nearest: string | undefined }>,
  "template/unknown-argument": {
    severity: "error",
    stage: "compile",
    about: "A helper of the project gets a named argument that it does not know.",
    message: ({ helper, argument }) => `"${helper}" takes no "${argument}"`,
    hint: ({ nearest }) => didYouMean(nearest),
  } as Finding<{ helper: string; argument: string; nearest: string | undefined }>,
};
