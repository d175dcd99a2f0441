// docs/diagnostics.md, generated from the catalogue: every code with its severity, when it is reported, what it says.

import { type Code, catalogue, type Diagnostic, diagnose, type Finding } from "../../packages/model/src/index.js";

/** Values for the arguments of messages; a message is shown as it reads with them. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  action: "create the tags",
  actual: "a number",
  adapter: "isomorphic",
  alias: "production",
  bytes: 40_000,
  chain: ["guidelines", "sources", "guidelines"],
  choices: ["formal", "friendly"],
  commit: "2c94b3d82ac5faa19b59ed164735d88ef2d30c7c",
  dir: "packages/prompts/dist",
  first: "{{#if}} is never closed",
  others: 1,
  example: "total cost",
  feature: "reftable",
  firstLine: 3,
  found: "edef23b4e56852976a498cf685b734def8480ed0",
  helper: "uppercase",
  here: "2c94b3d82ac5faa19b59ed164735d88ef2d30c7c",
  instead: undefined,
  key: "desciption",
  known: [1, 2],
  language: "js",
  limit: 32_768,
  locked: "2c94b3d82ac5faa19b59ed164735d88ef2d30c7c",
  looked: ["prompts/finance/_guidelines.md", "prompts/_guidelines.md"],
  name: "greet",
  nearest: undefined,
  option: "--push",
  other: "Greet",
  partial: "guidelines",
  path: "input.schema",
  pattern: "(a+)+$",
  pointer: "production",
  problem: "…",
  reason: "it left out the tax",
  ref: "https://example.com/user.json",
  remote: "origin",
  role: '"admin"',
  shallow: true,
  tag: "greet@v1",
  tags: ["greet@v2"],
  there: "edef23b4e56852976a498cf685b734def8480ed0",
  variable: "query",
  version: 7,
  what: "…",
};

/** Samples for messages that need other values than the defaults. */
const OWN_SAMPLES: Readonly<Partial<Record<Code, Readonly<Record<string, unknown>>>>> = {
  "trace/not-json": { problem: "it ends too early" },
  "trace/long-line": { limit: 67_108_864 },
  "trace/deep-line": { limit: 200 },
  "trace/unknown-candidate": { written: "prodution=v8", unknown: "prodution", nearest: "production" },
  "trace/unused-candidate": { written: "staging=v8", nearest: undefined },
  "git/not-a-repository": { dir: "/home/ada/notes", released: false },
  "git/dubious-ownership": { dir: "/srv/prompts" },
  "git/refused": { problem: "tags are frozen until Monday" },
  "git/remote-failed": { problem: "Could not resolve host: git.example.com" },
  "git/push-refused": { problem: "pre-receive hook declined" },
  "lock/commit-missing": { tags: undefined },
  "lock/fetch-failed": { commits: 2, problem: "Could not resolve host: git.example.com" },
  "lock/missing-line": { tags: undefined },
  "lock/left-out": { tags: ["greet@v2", "greet@v3"] },
  "base/unknown": { base: "origin/main", side: "base" },
  "base/no-common-commit": { base: "origin/main" },
  "lock/removed-line": { tags: ["greet@v1"] },
  "lock/changed-line": {
    ...{ what: "commit", base: "a41f2b7c90de", before: "2c94b3d82ac5faa19b59ed164735d88ef2d30c7c" },
    after: "edef23b4e56852976a498cf685b734def8480ed0",
  },
  "lock/changed-notes": { base: "a41f2b7c90de" },
  "alias/moved-back": { pointer: "greet@production", before: "v3", after: "v2" },
  "alias/removed": { pointers: ["greet@production (v3)"] },
  "version/not-on-branch": { tag: "greet@v2" },
  "version/not-on-branch-frozen": { tag: "greet@v2", pointers: ["greet@production"] },
  "version/branch-unknown": { branches: [] },
  "version/branch-missing": { pattern: "release/2" },
  "tag/object-missing": { tags: undefined },
  "tag/not-here": { tags: undefined },
  "tag/unsigned": { tags: undefined },
  "alias/unusable-version": { tags: undefined },
  "prompt/not-read": { path: "prompts/greet.prompt", wanted: "prompts/greet.md", kind: "dotprompt", isTaken: false },
  "prompt/ignored": { name: "README", path: "prompts/README.md", versions: ["v1"] },
  "release/ignored": { path: "prompts/README.md" },
  "tag/bad-signature": { problem: "No principal matched." },
  "witness/unreadable": { witness: "https://example.com/prompts.witness", problem: "the server answers 404" },
  "witness/differs": {
    recorded: "sha256-8/Gia7ZKGVyFNDkWpTMmpbhsbpcdFBn2wcMcDJGeRWc=",
    found: "sha256-q1MKE+RZFJgrefm34/uplM/R8/si9xzqGvvwK0YMbR0=",
  },
  "config/trust-changed": { setting: "allowedSigners", before: '".github/allowed_signers"', now: '"prompts/signers"' },
  "config/signers-changed": { path: ".github/allowed_signers", added: ["eve@example.com"], removed: [] },
  "tag/backdated": {
    tag: "greet@v2",
    date: "2026-01-01T00:00:00.000Z",
    before: undefined,
    beforeDate: "2026-11-29T00:00:00.000Z",
  },
  "tag/no-signers": { path: ".github/allowed_signers" },
  "release/unknown-commit": { commit: "2c94b3d82ac5" },
  "release/unknown-prompt": { name: "gret", commit: "HEAD", nearest: "greet" },
  "release/only-uncommitted": { version: 1 },
  "release/invalid-notes": { problem: "they contain a line that marks the beginning of a signature" },
  "release/tags-not-here": { problem: "tags are frozen until Monday" },
  "tag/jump": { tag: "greet@v999999999", before: 3 },
  "release/last-number": { tag: "greet@v999999999" },
  "tag/not-a-commit": { problem: "it points at a folder, not a commit" },
  "tag/prompt-missing": { path: "prompts/greet.md" },
  "tag/other-project": {
    ...{ tags: ["greet@v1", "greet@v2"], folder: "services/bot/prompts", project: "services/bot" },
    ...{ suggested: "shop/", otherSuggested: "bot/" },
  },
  "release/tag-taken": { path: "prompts/greet.md", holder: "services/bot/prompts", suggested: "shop/" },
  "release/shared-tag": { other: "services/bot", suggested: "shop/", otherSuggested: "bot/" },
  "config/shared-tags": { names: ["greet"], other: "services/bot", suggested: "shop/", otherSuggested: "bot/" },
  "config/tag-prefix-case": { prefix: "Bot/", other: "bot/", folder: "services/bot" },
  "lock/digest-mismatch": { locked: "sha256-riVd…", found: "sha256-186Q…" },
  "json/duplicate-key": { key: "production" },
  "json/syntax": { problem: "comma expected" },
  "alias/invalid-name": { alias: "latest", problem: '"latest" is reserved: it is computed, never stored' },
  "alias/invalid-target": { problem: '"1" is not a valid version' },
  "alias/unknown-prompt": { name: "gret", nearest: "greet" },
  "alias/unknown-alias": { alias: "prodution", known: ["production", "staging"], nearest: "production" },
  "git/needs-program": { action: "push" },
  "alias/not-promotable": {
    alias: "staging",
    because: "working",
    to: "production",
  },
  "alias/no-earlier-target": { because: "only" },
  "alias/nothing-released": { alias: "staging", tagsMissing: undefined },
  "alias/nothing-to-follow": { alias: "staging", isReleased: true },
  "alias/following-breaks": { aliases: ["staging"], version: 2, problem: 'input "place" is new and required' },
  "alias/retired-target": { version: 2, reason: "it promises refunds" },
  "front-matter/duplicate-example": { example: "a short question" },
  "front-matter/pattern-flags": {
    ...{ example: "a short question", path: "expect.matches", pattern: "hello", flags: "i" },
  },
  "gate/follows-latest": { version: 2 },
  "gate/failed": { version: 2, metric: "accuracy", dataset: "billing-v3", value: 0.87, limit: "at least 0.9" },
  "review/breaking-prompt": { aliases: ["production (v1)"], problems: ['input "language" is new and required'] },
  "review/breaking-move": { problems: ['v1 → v2: input "language" is new and required'] },
  "review/breaking-call": { aliases: ["production (v1)"], problems: ['input "language" is new and required'] },
  "gate/no-score": { version: 2, metric: "accuracy", dataset: "billing-v3" },
  "alias/unmerged-target": { version: 2 },
  "alias/earlier-target-unusable": { target: "v1" },
  "alias/breaking-change": { change: "v1 → v2", problem: "the prompt changed from text to chat: …" },
  "alias/unknown-version": { nearest: "v2" },
  "output/failed": { what: "package", reason: "EACCES", path: "packages/prompts" },
  "prompt/file-deleted": { path: "prompts/greet.md", became: "welcome" },
  "prompt/deleted-in-use": { path: "prompts/greet.md" },
  "request/invalid-argument": {
    call: "planRelease",
    path: "options.nanes",
    problem: 'unknown property "options.nanes"; did you mean "names"?',
    instead: 'write "names"',
  },
  "request/refused": { problem: 'the prompt "gret" does not exist', instead: 'did you mean "greet"?' },
  "prompt/rename-conflict": { name: "welcome", old: "greet", problem: '"hello" names it as well' },
  "retire/unknown-version": {
    ref: "greet@v9",
    problem: "greet has no version v9",
    instead: 'did you mean "greet@v3"?',
  },
  "retire/pointed-at": { pointer: "greet@production" },
  "retire/in-use": { ref: "latest" },
  "edit/not-editable": { path: "README.md", problem: "it is not in the folder prompts/" },
  "edit/invalid-text": { problem: "it contains half of a surrogate pair, which UTF-8 cannot hold" },
  "edit/invalid-change": { path: "tags.team", problem: "tags is a list" },
  "propose/invalid-branch": { branch: "main", problem: "it does not begin with cuecard/" },
  "propose/branch-moved": { branch: "cuecard/greet" },
  "propose/nothing": { branch: "cuecard/greet" },
  "propose/foreign-file": { path: "src/app.ts" },
  "propose/file-changed": { path: "prompts/greet.md" },
  "propose/not-proposable": { path: "prompts/greet.md", problem: "it is not UTF-8" },
  "propose/push-refused": { branch: "cuecard/greet", problem: "Permission to acme/bot.git denied to ada." },
  "propose/remote-moved": { branch: "cuecard/greet", problem: "[rejected] (fetch first)" },
  "register/invalid-draft": {
    problem: 'unknown property "messages[0].name"',
    path: "messages[0].name",
    instead: "remove it, and write in the content who is speaking",
  },
  "register/invalid-name": {
    name: "_greet",
    problem:
      'the segment "_greet" may contain only letters, digits, "_", "." and "-", and must start with a letter or digit',
  },
  "register/uncommitted": { path: "prompts/greet.md", where: "in the working tree" },
  "scores/invalid-line": { problem: '"value" must be a finite number' },
  "scores/unknown-reference": { problem: "greet has no version v9", instead: 'did you mean "greet@v3"?' },
  "scores/not-recorded": { problem: "greet@production is split between v1 and v2", instead: "choose one with --arm" },
  "alias/nothing-to-replace": { alias: "prod", known: ["dev", "production"] },
  "alias/replaced-frozen": { pointers: ["greet@production"] },
  "alias/working-missing": { alias: "dev", path: "prompts/greet.md", isIgnored: false },
  "config/invalid": { problem: '"working" must be true or false' },
  "config/unknown-key": { key: "promts", nearest: "prompts", known: ["prompts", "out"] },
  "config/duplicate": { other: "cuecard.config.json" },
  "helpers/not-found": { module: "helper.ts", nearest: "helpers.ts" },
  "helpers/no-typescript": { installed: "7.0.2", reason: "new" },
  "code/no-typescript": { installed: undefined, reason: "missing" },
  "code/not-searched": { installed: undefined, reason: "missing" },
  "helpers/outside-project": { module: '"../shared/money.ts"' },
  "helpers/type-error": { problem: "Type 'number' is not assignable to type 'string'", typescript: "TS2322" },
  "helpers/unusable-import": {
    specifier: "./rates.json",
    problem: "is not a TypeScript or JavaScript module",
    instead: "export the values from a .ts or .js file, and import that file",
  },
  "helpers/missing-dependency": { package: "money", manifest: "packages/prompts/package.json" },
  "helpers/no-exports": { module: "helpers.ts" },
  "helpers/not-a-function": { name: "PLACES" },
  "helpers/name-taken": { name: "json" },
  "helpers/malformed-name": { name: "my-helper" },
  "helpers/overloaded": { name: "currency", count: 2 },
  "helpers/generic": { name: "first", parameters: ["T"] },
  "helpers/asynchronous": { name: "lookUpPrice" },
  "helpers/unusable-type": { name: "join", what: '"map"', type: "(item: string) => string" },
  "prompt/invalid-name": { name: "my prompt", problem: 'the segment "my prompt" may contain only letters, digits, …' },
  "alias/foreign-file": {
    file: "aliases.json",
    problem: "it is not a document that `cuecard pointers` wrote",
    isFolder: false,
  },
  "alias/unusable-key": { file: "key.pem", problem: "it is a public key" },
  "output/not-a-catalog": { dir: "catalog", foreign: "catalog/notes.md" },
  "output/link": { out: "packages/prompts" },
  "project/not-a-file": { what: "a symbolic link" },
  "prompt/not-a-file": { what: "a symbolic link" },
  "prompt/too-large": { bytes: 2_000_000, limit: 1_000_000 },
  "tag/notes-not-text": { tag: "greet@v2", problem: "it is not valid UTF-8, and declares no encoding" },
  "release/notes-not-text": {
    name: "greet",
    commit: "1f2e3d4c5b6a79880716253443526170f1e2d3c4",
    problem: "it is not valid UTF-8, and declares no encoding",
  },
  "git/broken-link": { file: "/srv/shop/.git", target: "/home/ada/shop/.git/worktrees/feature" },
  "git/not-checked-out": { path: "aliases.json" },
  "prompt/none-found": {
    folder: "/srv/shop/services/app/prompts",
    path: "prompts",
    exists: false,
    above: "/srv/shop",
  },
  "git/code-not-checked-out": { folders: ["services"] },
  "prompt/ignored-by-git": { names: ["draft"], rule: ".gitignore:3" },
  "prompt/partial-not-in-git": {
    ...{ path: "prompts/_tone.md", user: "prompts/greet.md" },
    ...{ isIgnored: false, rule: undefined },
  },
  "prompt/windows-name": { path: "prompts/aux.md", segment: "aux.md" },
  "prompt/not-text": { problem: "it is UTF-16, not UTF-8", encoding: "UTF-16" },
  "front-matter/syntax": {
    problem: "`: ` in a text begins a nested value",
    instead: 'put the text in quotes: description: "Note: this"',
  },
  "front-matter/invalid-expectation": { path: "expect.contains", problem: "is empty, which every text contains" },
  "front-matter/invalid-budget": { wanted: 1200 },
  "example/over-budget": { example: "a long question", tokens: 1312, budget: 1200, estimated: false, others: 1 },
  "example/budget-not-measured": { reason: "no-example" },
  "example/not-filled": { problem: "no input that fits the schema was found" },
  "example/not-exported": { what: "greet", problem: "it has no example" },
  "example/unreadable-snapshot": { problem: "is the marker of a merge conflict", name: "greet", isForeign: false },
  "front-matter/invalid": {
    path: "config",
    problem: "must be an object",
    instead: "for example, config: { temperature: 0.2 }",
  },
  "front-matter/stray-character": {
    character: "U+00A0",
    name: "no-break space",
    isKey: true,
    instead: "write user_context",
  },
  "front-matter/setting-out-of-range": {
    setting: "temperature",
    expected: "a number from 0 to 1",
    actual: "a number (1.2)",
    maker: "Anthropic",
  },
  "front-matter/misspelled-setting": { setting: "temprature", nearest: "temperature" },
  "front-matter/repeated-setting": { setting: "maxTokens", other: "max_tokens" },
  "front-matter/unknown-key": { nearest: "description", presets: [] },
  "front-matter/shadowed-key": { key: "applyTo", member: "applyTo" },
  "schema/invalid": {
    path: "input.schema.tags",
    problem: '"string[]" is not a valid type: use any, boolean, …',
    instead: "write tags(array): string",
  },
  "schema/unknown-name": {
    path: "output.schema.lines(array)",
    name: "Line",
    looked: ["prompts/schemas/Line.yaml", "prompts/schemas/Line.yml", "prompts/schemas/Line.json"],
    described: "lines(array): string, Line",
  },
  "schema/file-syntax": {
    problem: "`: ` in a text begins a nested value",
    instead: 'put the text in quotes: description: "Note: this"',
  },
  "schema/same-name": { name: "Line", read: "prompts/schemas/Line.yaml" },
  "schema/invalid-tool": { path: "tools.0.inputSchema.city", problem: '"strnig" is not a valid type: use string, …' },
  "schema/unsafe-pattern": { problem: "can take very long for some strings (catastrophic backtracking)" },
  "template/syntax": { problem: "{{#if}} is never closed" },
  "template/too-large": { what: "nested blocks", limit: 64 },
  "template/stray-character": { character: "U+201C", name: "typographic quote “", instead: "write {{query}}" },
  "text/hidden-control": {
    characters: ["U+E006F TAG o", "U+E0062 TAG b", "U+E0065 TAG e"],
    ...{ count: 4, reads: "obey", others: undefined },
  },
  "text/invisible-character": {
    characters: ["U+200B ZERO WIDTH SPACE"],
    ...{ count: 1, reads: undefined, others: undefined },
  },
  "waiver/malformed": { problem: '"cuecard-disable-line" is not a directive' },
  "waiver/no-reason": { code: "template/unused-variable" },
  "waiver/not-needed": { code: "template/unused-variable" },
  "waiver/error": { code: "template/undeclared-variable" },
  "waiver/unknown-code": { code: "template/unused-variabel", nearest: "template/unused-variable" },
  "text/deceptive-name": {
    name: "n\u0430me",
    problem: "mixes Latin and Cyrillic: \u0430 (U+0430) is Cyrillic and looks like a",
  },
  "template/section-name": { written: "firm", section: "firm" },
  "template/foreign-name": { name: "endif", instead: "write {{/if}}" },
  "template/unsupported": { what: "../ out of a partial", instead: "pass the value: {{> partial name=../name}}" },
  "template/wrong-arguments": { helper: "lookup", problem: "takes an object and a key" },
  "template/unknown-helper": { helper: "loopkup", nearest: "lookup" },
  "template/undeclared-variable": { variable: "qury", nearest: "query" },
  "template/unknown-member": {
    value: '"user"',
    member: "nmae",
    nearest: "name",
    variable: undefined,
    helper: undefined,
  },
  "template/no-members": {
    value: '"guidelines"',
    kind: "a list",
    member: "title",
    list: "guidelines",
    variable: undefined,
    helper: undefined,
  },
  "template/list-as-text": { value: '"guidelines"', written: "guidelines" },
  "template/object-as-text": { value: '"user"', written: "user", member: "name" },
  "template/not-a-list": { value: '"query"', kind: "a string" },
  "template/optional-value": { value: '"user_context"', written: "user_context", helper: undefined },
  "template/media-not-text": { value: '"image"', kind: "an object" },
  "template/untrusted-undelimited": {
    written: "{{query}}",
    variable: "query",
    instead: "write {{untrusted query}}",
  },
  "template/untrusted-in-system": { written: "{{untrusted query}}", variable: "query" },
  "template/never-equal": {
    left: '"tone"',
    right: '"freindly"',
    problem: 'it is one of "formal", "friendly"',
    nearest: "friendly",
  },
  "template/wrong-argument-type": {
    wanted: "a number",
    found: "a string",
    parameter: "amount",
    helper: "usd",
    nearest: undefined,
  },
  "template/unknown-argument": { helper: "usd", argument: "digit", nearest: "digits" },
  "template/outside-loop": { variable: "@index", partial: false },
  "template/misspelt-loop-variable": { variable: "@idx", nearest: "@index" },
  "template/repeated-history": { inLoop: false },
  "schema/unused-default": { path: "input.schema.properties.tone.default", entry: "{ tone: formal }" },
  "template/misread-history": { sign: "variable" },
  "front-matter/not-first": { reason: "comment" },
  "front-matter/partial-text": { line: "Answer in one word" },
  "front-matter/unclear-list": {
    ...{ key: "tools", problem: 'has an item with quotes as part of it: "Write"' },
    instead: "write tools: [Read, Write]",
  },
  "schema/unclear-key": {
    ...{ path: "input.schema.a?", problem: '"a" and "a?" declare the same variable, "a"' },
    instead: "remove one of them",
  },
  "front-matter/cut-text": { rest: "#12", written: '"Fixes #12"' },
  "front-matter/only-comments": { line: "# Answer in one word" },
  "template/escaped-tag": { tag: "\\{{path}}", name: "path" },
  "template/role-line": { written: "system:", role: "system" },
  "template/other-language": { written: "{% if query %}", instead: "write {{#if …}}" },
  "input/unsafe-name": { name: "__proto__" },
  "input/invalid-default": { path: "query", problem: "must be a string" },
  "input/invalid-example": { path: "query", problem: "must be a string" },
  "input/breaking-change": { change: "v1 → v2", problem: 'input "place" is new and required' },
};

const SUBJECTS: Readonly<Record<string, string>> = {
  git: "Git",
  tag: "Tags",
  lock: "prompts.lock",
  witness: "Witnesses",
  output: "The generated package",
  json: "JSON files",
  alias: "Aliases",
  gate: "Gates",
  review: "Reviews",
  config: "Settings",
  helpers: "Helpers of your own",
  code: "Code that loads prompts",
  project: "Files of the project",
  prompt: "Prompt files",
  version: "Versions",
  base: "Comparing with a base",
  release: "Releases",
  retire: "Retiring",
  register: "Registering",
  propose: "Proposals",
  edit: "Editing in the browser",
  scores: "Scores",
  trace: "Traces",
  request: "Requests",
  "front-matter": "Front matter",
  schema: "Schemas",
  template: "Templates",
  text: "Hidden text",
  input: "Inputs",
  example: "Examples",
  waiver: "Accepted findings",
};

export function diagnosticsPage(): string {
  const codes = Object.keys(catalogue) as Code[];
  const sections = Object.entries(SUBJECTS).map(([subject, title]) => {
    const entries = codes.filter((code) => code.startsWith(`${subject}/`)).map(entry);
    return `## ${title}\n\n${entries.join("\n")}`;
  });
  const covered = codes.filter((code) => Object.hasOwn(SUBJECTS, code.split("/")[0] ?? ""));
  if (covered.length !== codes.length) throw new Error("a subject has no title in SUBJECTS");
  return `${head()}\n${sections.join("\n")}`;
}

const head = () => `# Diagnostics

<!-- Generated from packages/model/src/diagnostics/catalogue/: \`npm test -- scripts/docs -u\` regenerates it. -->

Cuecard reports every problem in prompts, versions, aliases and settings as a diagnostic: a code, a severity, a message, the file with
line and column, and usually a hint that says what to do. Codes are permanent. A code may be retired, but it is never reused for
something else.

If there is an **error**, \`check\` and \`build\` fail and nothing is written. If there is only a **warning**, \`check --strict\` fails. A
**note** never makes a command fail. Lines and columns start at 1. The place of a problem in a released version includes the version:
\`prompts/greet.md@v3:12:5\`.

This page shows messages and hints with example values.

## Diagnostics as JSON

\`cuecard check --format json\` prints \`{ "diagnostics": [ … ] }\`. With \`--json\`, commands that change something print \`diagnostics\`
beside their plan and result. The schema is in the package: \`cuecard/schemas/diagnostics.schema.json\`. The programmatic API
returns the same objects; \`hasCode(diagnostic, "tag/moved")\` narrows the type of \`args\`.

<!-- docs: schema diagnostics -->

\`\`\`json
${JSON.stringify({ diagnostics: [example()] }, null, 2)}
\`\`\`

| member | what it is |
| --- | --- |
| \`code\`, \`severity\` | the code, and \`error\`, \`warning\` or \`info\` |
| \`stage\` | the step that found it: \`settings\` and \`read\` (settings, tags, prompts.lock, aliases.json, files), \`compile\` (prompts and helpers), \`plan\` (what you asked a command to do), \`write\` |
| \`message\`, \`hint\` | the text. It may change in any release, so compare \`code\`, \`args\` and \`subject\` instead |
| \`file\`, \`range\` | the place. The file is relative to the project's folder |
| \`revision\`, \`ref\` | the version or commit that the file belongs to, as data (\`{ "version": 3 }\`) and as text (\`v3\`). Absent for files of the working tree |
| \`subject\` | the prompt, version or alias that the diagnostic is about: \`name\`, and \`version\` or \`alias\` if it is about one of these. Absent if the diagnostic is about something else, or about a partial that several prompts share |
| \`args\` | the values in the message and the hint. The schema lists them for each code |
`;

function example(): Diagnostic {
  const args = { variable: "nme", nearest: "name" };
  const range = { start: { line: 7, column: 9 }, end: { line: 7, column: 12 } };
  return diagnose("template/undeclared-variable", args, { file: "prompts/greet.md", range }, { name: "greet" });
}

function entry(code: Code): string {
  const { severity, about, message, hint } = catalogue[code] as Finding<unknown>;
  const args = { ...SAMPLES, ...OWN_SAMPLES[code] };
  const way = typeof hint === "function" ? hint(args) : hint;
  const words = typeof message === "function" ? message(args) : message;
  const said = [`  ${words}`, ...(way === undefined ? [] : [`  hint: ${way}`])].join("\n");
  return `### ${code}\n\n**${severity === "info" ? "note" : severity}** · ${about}\n\n\`\`\`text\n${said}\n\`\`\`\n`;
}
