// What the form calls the keys of front matter.

const TITLES: Readonly<Record<string, string>> = {
  description: "Description",
  model: "Model",
  tags: "Tags",
  input: "Inputs",
  output: "Output",
  tools: "Tools",
  examples: "Examples",
  config: "Model settings",
  budget: "Token budget",
  renamed_from: "Renamed from",
  metadata: "Metadata",
};

/** Keys of other tools keep their own names. */
export function titleOf(key: string): string {
  return TITLES[key] ?? key;
}
