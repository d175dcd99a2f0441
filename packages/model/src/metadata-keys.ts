// The setting `metadataKeys`: front-matter keys of other tools that read the same files, whose values go to `metadata`.
// A preset means all keys that a tool documents and that Cuecard does not read itself.

// A list of models: text under `model` is always the prompt's model.
const COPILOT =
  "model applyTo excludeAgent agent mode argument-hint handoffs target infer agents user-invocable user-invokable disable-model-invocation advancedOptions github hooks mcp-servers license compatibility context allowed-tools";

const CLAUDE = [
  "when_to_use argument-hint arguments disable-model-invocation user-invocable allowed-tools disallowed-tools effort context agent background hooks paths shell license compatibility hide-from-slash-command-tool",
  "disallowedTools permissionMode maxTurns skills mcpServers memory isolation color initialPrompt omitClaudeMd experimental",
  "keep-coding-instructions force-for-plugin",
].join(" ");

const CURSOR =
  "globs alwaysApply readonly is_background paths disable-model-invocation allowed-tools license compatibility";

const GENKIT = "maxTurns toolChoice returnToolRequests use";

const PRESETS: Readonly<Record<string, ReadonlySet<string>>> = {
  copilot: new Set(COPILOT.split(" ")),
  claude: new Set(CLAUDE.split(" ")),
  cursor: new Set(CURSOR.split(" ")),
  genkit: new Set(GENKIT.split(" ")),
};

const TOOLS: Readonly<Record<string, string>> = {
  copilot: "GitHub Copilot",
  claude: "Claude Code",
  cursor: "Cursor",
  genkit: "Genkit",
};

/** Keys that Cuecard reads, in every form. The setting cannot name them, because their values have a place of their own. */
const READ_KEYS = "description config input output tools toolDefs tags examples renamed_from metadata ext".split(" ");

/** The names of all presets. */
export const METADATA_PRESETS: readonly string[] = Object.keys(PRESETS);

/** The keys that the setting's entries mean. A preset also means a key of its own name. */
export function expandMetadataKeys(entries: readonly string[]): ReadonlySet<string> {
  return new Set(entries.flatMap((entry) => [entry, ...(Object.hasOwn(PRESETS, entry) ? (PRESETS[entry] ?? []) : [])]));
}

/** The presets that contain a key. */
export function presetsWith(key: string): readonly string[] {
  return METADATA_PRESETS.filter((preset) => PRESETS[preset]?.has(key));
}

/** How messages name the tool of a preset. */
export function toolOfPreset(preset: string): string {
  return TOOLS[preset] ?? preset;
}

/** Why the setting cannot name a key; `undefined` if it can. */
export function metadataKeyProblem(key: string): string | undefined {
  if (key === "") return "it is empty";
  if (READ_KEYS.includes(key)) return "Cuecard reads this key itself";
  return key.includes(".") ? "keys with a dot are extension data, which is always kept" : undefined;
}
