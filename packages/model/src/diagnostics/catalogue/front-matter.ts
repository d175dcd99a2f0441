// Findings about front matter.

import { toolOfPreset } from "../../metadata-keys.js";
import type { Finding } from "./finding.js";
import { didYouMean, either } from "./words.js";

/** What to do about front matter that is not at the top of its file. */
const WAYS = {
  blank: "remove the blank lines above it",
  comment: "move what is above it below the first ---, as comments: # …",
  indented: "remove the spaces before --- and the keys",
  "not-opened": "write --- on the line above it",
  second: "remove the empty front matter above it",
  twice: "move the keys to the front matter above it; if it is text, write the rule above it as ***",
  misspelled: "write it as YAML between two lines that are exactly ---",
  unfenced: "write --- on the line above it and on the line below it",
} as const;

export const frontMatter = {
  "front-matter/language": {
    severity: "error",
    stage: "compile",
    about:
      "Front matter opens with a line that is not exactly `---`. Other languages (`---js`, `---json`) are rejected and never executed.",
    message: ({ language }) => `front matter in "${language}" is not supported; only YAML is`,
    hint: "open the front matter with a line that is exactly ---",
  } as Finding<{ language: string }>,
  "front-matter/unclosed": {
    severity: "error",
    stage: "compile",
    about: "Front matter opens with `---`, but no later line closes it.",
    message: "the front matter is not closed",
    hint: "close it with a line that is exactly ---; if the text should start with a horizontal rule, use ***",
  } as Finding,
  "front-matter/not-first": {
    severity: "warning",
    stage: "compile",
    about:
      "Keys of front matter follow a comment, a `#!` line or a blank line, are indented, or have no `---` lines above and below them. Other fences (`--`, `----`, `—`, `+++`, code, comments) are text as well. Front matter begins on the first line, so these lines are part of the prompt's text, and the model gets them.",
    message: "this looks like front matter, but it is part of the text: front matter begins with --- on the first line",
    hint: ({ reason }) => WAYS[reason],
  } as Finding<{ reason: keyof typeof WAYS }>,
  "front-matter/only-comments": {
    severity: "warning",
    stage: "compile",
    about:
      "The front matter has no keys, only lines that begin with `#`. To YAML they are comments, so they are not part of the prompt's text.",
    message: ({ line }) => `"${line}" is a comment in the front matter, and not part of the text`,
    hint: "if it is a heading of the text, write the rule above it as ***",
  } as Finding<{ line: string }>,
  "front-matter/cut-text": {
    severity: "warning",
    stage: "compile",
    about: "A text without quotes ends before ` #`, where YAML begins a comment. The rest is not part of the value.",
    message: ({ rest }) => `"${rest}" is a comment, and not part of the value`,
    hint: ({ written }) =>
      `if it belongs to the text, put the text in quotes: ${written}; otherwise, write a space after #`,
  } as Finding<{ rest: string; written: string }>,
  "front-matter/unclear-list": {
    severity: "warning",
    stage: "compile",
    about:
      "A text with commas, as in `tools: Read, Write`, has an item in quotes, which are part of the item, or a bracket without its other half, so that commas do not separate as they should.",
    message: ({ key, problem }) => `"${key}" ${problem}`,
    hint: ({ instead }) => instead,
  } as Finding<{ key: string; problem: string; instead: string }>,
  "front-matter/partial-text": {
    severity: "warning",
    stage: "compile",
    about:
      "A partial begins with a `---` line, and the lines up to the next one have no key of front matter. They are read as front matter, which partials ignore, so they are not inserted where the partial is included.",
    message: ({ line }) => `"${line}" is between the first two --- lines of a partial, so it is not part of its text`,
    hint: "if it is text, write the rule above it as ***; otherwise remove the lines",
  } as Finding<{ line: string }>,
  "front-matter/too-large": {
    severity: "error",
    stage: "compile",
    about: "The front matter is larger than the limit.",
    message: ({ bytes, limit }) => `the front matter has ${bytes} bytes; the limit is ${limit}`,
    hint: "move long text to the body or to a partial",
  } as Finding<{ bytes: number; limit: number }>,
  "front-matter/syntax": {
    severity: "error",
    stage: "compile",
    about: "The front matter is not valid YAML 1.2, has a duplicate key, or uses YAML aliases (`*name`).",
    message: ({ problem }) => `the front matter is not valid YAML: ${problem}`,
    hint: ({ instead }) => instead,
  } as Finding<{ problem: string; instead?: string | undefined }>,
  "front-matter/invalid": {
    severity: "error",
    stage: "compile",
    about: "A front-matter value is of the wrong kind.",
    message: ({ path, problem }) => `${path === "" ? "the front matter" : `"${path}"`} ${problem}`,
    hint: ({ nearest, instead }) => didYouMean(nearest, instead),
  } as Finding<{ path: string; problem: string; nearest: string | undefined; instead?: string | undefined }>,
  "front-matter/invalid-expectation": {
    severity: "error",
    stage: "compile",
    about:
      "An expectation of an example cannot be checked, or holds for every text: an empty text, a regular expression that is not valid or could take very long, an unknown role, a schema with errors.",
    message: ({ example, path, problem }) => `in the example "${example}", "${path}" ${problem}`,
    hint: ({ nearest, instead }) => didYouMean(nearest, instead),
  } as Finding<{
    example: string;
    path: string;
    problem: string;
    nearest?: string | undefined;
    instead?: string | undefined;
  }>,
  "front-matter/duplicate-example": {
    severity: "warning",
    stage: "compile",
    about:
      "Two examples of a prompt have the same name. Snapshots, tests and reviews find examples by their names, so they compare only one of the two.",
    message: ({ example }) => `another example of this prompt has the name "${example}"`,
    hint: "give each example a name of its own",
  } as Finding<{ example: string }>,
  "front-matter/pattern-flags": {
    severity: "warning",
    stage: "compile",
    about:
      "The expectation `matches` has a regular expression with slashes and flags, as JavaScript writes it. Slashes and flags are part of the text that is looked for.",
    message: ({ example, path, flags }) =>
      `in the example "${example}", "${path}" looks for the slashes and "${flags}" as well: only the pattern between the slashes is meant`,
    hint: ({ pattern, flags }) =>
      `write the pattern alone: ${pattern}${flags.includes("i") ? "; for upper and lower case, write both: [Aa]" : ""}`,
  } as Finding<{ example: string; path: string; pattern: string; flags: string }>,
  "front-matter/invalid-budget": {
    severity: "warning",
    stage: "compile",
    about:
      "`budget` is not a number of tokens, so there is no limit. If another tool reads the key from this file, name it in the setting `metadataKeys`.",
    message: "the budget is not a whole number of tokens, so nothing is limited",
    hint: ({ wanted }) => `write budget: { tokens: ${wanted} }`,
  } as Finding<{ wanted: number }>,
  "front-matter/stray-character": {
    severity: "warning",
    stage: "compile",
    about:
      "A key contains a space that is not a plain one, such as a no-break space, or a value is in typographic quotes. YAML treats them as part of the key or value.",
    message: ({ character, name, isKey }) =>
      isKey
        ? `this key contains the character ${character} (${name})`
        : `this value contains the character ${character} (${name}), which is part of the text`,
    hint: ({ instead }) => instead,
  } as Finding<{ character: string; name: string; isKey: boolean; instead: string }>,
  "front-matter/unknown-key": {
    severity: "warning",
    stage: "compile",
    about:
      "The front matter has a key that neither Cuecard nor dotprompt knows. If another tool uses this key, the hint says where its value belongs in Cuecard: `temperature` in `config`, for example. If another tool reads the key from this file, name the key, or the tool's preset, in the setting `metadataKeys`: its value then goes to `metadata`. Put your own data under `metadata`, or use a key that contains a dot.",
    message: ({ key }) => `unknown key "${key}"`,
    hint: ({ nearest, instead, presets = [] }) => {
      if (presets.length === 0)
        return (
          instead ??
          didYouMean(
            nearest,
            `put your own data under \`metadata\`, or name the key in "metadataKeys" in cuecard.config.json`,
          )
        );
      const tools = either(presets.map(toolOfPreset));
      const entries = either(presets.map((preset) => `"${preset}"`));
      const passed = `if ${tools} reads this file, add ${entries} to "metadataKeys" in cuecard.config.json`;
      return instead === undefined ? passed : `${passed}; if not, ${instead}`;
    },
  } as Finding<{
    key: string;
    nearest: string | undefined;
    instead?: string | undefined;
    /** The presets of `metadataKeys` that contain the key. */
    presets?: readonly string[];
  }>,
  "front-matter/shadowed-key": {
    severity: "warning",
    stage: "compile",
    about:
      "The setting `metadataKeys` sends the value of this key to `metadata`, but `metadata` has an entry of the same name. The entry in `metadata` counts, and the other value is left out.",
    message: ({ key, member }) => `"${key}" is left out, because \`metadata\` has an entry "${member}" of its own`,
    hint: "remove one of the two",
  } as Finding<{ key: string; member: string }>,
  "front-matter/setting-out-of-range": {
    severity: "warning",
    stage: "compile",
    about:
      "A model setting in `config` has a value that the APIs of OpenAI, Anthropic, Google and Mistral refuse. If the model is certainly Anthropic's or Mistral's, their own range counts. Settings are passed through as they are, so the first call would fail.",
    message: ({ setting, expected, actual, maker }) =>
      `"config.${setting}" must be ${expected}${maker === undefined ? "" : ` for ${maker}'s models`}, but is ${actual}`,
    hint: ({ expected }) => `write ${expected}, or remove the setting`,
  } as Finding<{ setting: string; expected: string; actual: string; maker: string | undefined }>,
  "front-matter/misspelled-setting": {
    severity: "warning",
    stage: "compile",
    about:
      "A name in `config` is almost that of a setting that most model APIs have. Some APIs refuse names that they do not know, others ignore them without a word. Other unknown names are never reported.",
    message: ({ setting }) => `"config.${setting}" looks like a misspelled model setting`,
    hint: ({ nearest }) => didYouMean(nearest),
  } as Finding<{ setting: string; nearest: string }>,
  "front-matter/repeated-setting": {
    severity: "warning",
    stage: "compile",
    about:
      "Two names in `config` are the same setting in camel case and in snake case. An SDK reads one of them: if the values differ, the other has no effect.",
    message: ({ setting, other }) => `"config.${setting}" and "config.${other}" are the same setting`,
    hint: "keep the spelling that your SDK reads, and remove the other",
  } as Finding<{ setting: string; other: string }>,
};
