// Findings about input and output schemas.

import type { Finding } from "./finding.js";
import { didYouMean, listNames } from "./words.js";

export const schema = {
  "schema/invalid": {
    severity: "error",
    stage: "compile",
    about: "An input or output schema is neither valid Picoschema nor valid JSON Schema (draft 2020-12).",
    message: ({ path, problem }) => `"${path}" is not a valid schema: ${problem}`,
    hint: ({ instead }) => instead,
  } as Finding<{ path: string; problem: string; instead?: string | undefined }>,
  "schema/unclear-key": {
    severity: "warning",
    stage: "compile",
    about:
      "Two keys of a Picoschema declare the same variable, or a key has brackets that are not read as they look: Picoschema has one pair of them, as in `tags(array, what they are)`, and leaves out what follows a second one. Or a description looks like the mark `untrusted` or `private`, such as `string, Untrusted`, or ends with it.",
    message: ({ path, problem }) => `"${path}" is unclear: ${problem}`,
    hint: ({ instead }) => instead,
  } as Finding<{ path: string; problem: string; instead: string }>,
  "schema/unknown-name": {
    severity: "error",
    stage: "compile",
    about:
      "A schema is given by a name, as in `schema: Recipe` or `lines(array): Line`, and the folder of named schemas has no such file.",
    message: ({ path, name }) => `"${path}" is "${name}", which is neither a type nor a named schema`,
    hint: ({ nearest, looked, described }) => {
      const text = described === undefined ? "" : `; if it describes a text, write ${described}`;
      return didYouMean(nearest, `create one of these files: ${listNames(looked)}${text}`);
    },
  } as Finding<{
    path: string;
    name: string;
    looked: readonly string[];
    nearest: string | undefined;
    described?: string | undefined;
  }>,
  "schema/file-syntax": {
    severity: "error",
    stage: "compile",
    about: "The file of a named schema is not valid YAML 1.2, has a duplicate key, or uses YAML aliases (`*name`).",
    message: ({ problem }) => `not valid YAML: ${problem}`,
    hint: ({ instead }) => instead,
  } as Finding<{ problem: string; instead: string | undefined }>,
  "schema/same-name": {
    severity: "warning",
    stage: "read",
    about: "Two files have the name of a schema that a prompt uses. Cuecard reads `.yaml`, else `.yml`, else `.json`.",
    message: ({ name, read }) => `this file is not read, because ${read} is the schema "${name}" as well`,
    hint: "delete one of them",
  } as Finding<{ name: string; read: string }>,
  "schema/invalid-tool": {
    severity: "error",
    stage: "compile",
    about:
      "A tool's schema is neither valid Picoschema nor JSON Schema. In a released version, it is a warning, and the package contains the schema as it is written.",
    message: ({ path, problem }) => `"${path}" is not a valid schema: ${problem}`,
    hint: ({ instead }) => instead,
  } as Finding<{ path: string; problem: string; instead?: string | undefined }>,
  "schema/unused-default": {
    severity: "warning",
    stage: "compile",
    about:
      "`input.schema` contains a `default`. In JSON Schema it is an annotation and fills in nothing; the values for variables that a caller leaves out are in `input.default`.",
    message: ({ path }) => `"${path}" has no effect: a default in a schema fills in nothing`,
    hint: ({ entry }) =>
      entry === undefined
        ? "remove it, or write the variable's whole value in input.default"
        : `write it in input.default: ${entry}`,
  } as Finding<{ path: string; entry: string | undefined }>,
  "schema/remote-ref": {
    severity: "error",
    stage: "compile",
    about: "A schema refers to another document. Cuecard never fetches anything: a version must be self-contained.",
    message: ({ path, ref }) => `"${path}" refers to "${ref}", which is outside of this file`,
    hint: ({ ref }) => {
      const name = /^(?:\.{1,2}\/)*(\w[\w-]*)(?:\.(?:ya?ml|json))?$/.exec(ref)?.[1];
      const named = name === undefined ? "" : `; only Picoschema can name a schema: item: ${name}`;
      return `copy the definition into $defs and refer to #/$defs/…${named}`;
    },
  } as Finding<{ path: string; ref: string }>,
  "schema/unsafe-pattern": {
    severity: "error",
    stage: "compile",
    about:
      "A schema's `pattern` can take exponential or polynomial time on some inputs, so that a single input could stall a service.",
    message: ({ path, pattern, problem }) => `the pattern /${pattern}/ in "${path}" ${problem}`,
    hint: ({ problem }) =>
      problem.startsWith("is not a regular expression")
        ? "check its brackets and backslashes; JavaScript writes named groups as (?<name>…), and has no flags such as (?i) in a pattern"
        : "avoid nested or adjacent repetitions of the same characters",
  } as Finding<{ path: string; pattern: string; problem: string }>,
};
