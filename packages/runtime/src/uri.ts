// The URI of a prompt, as MLflow's registry writes it: `prompts:/<name>/<version>`, `prompts:/<name>@<alias>`.

export interface PromptReference {
  readonly name: string;
  /** `v3`, `latest`, `working`, or an alias. */
  readonly ref: string;
}

const SCHEME = "prompts:/";

/**
 * Reads `prompts:/name/3`, `prompts:/name/production`, `prompts:/name@production`, `prompts:/folder/name/latest`.
 * `undefined` if the text is not such a URI. The caller finds out whether the prompt exists.
 */
export function parsePromptUri(uri: string): PromptReference | undefined {
  if (!uri.startsWith(SCHEME)) return undefined;
  const rest = uri.slice(SCHEME.length);
  const at = rest.lastIndexOf("@");
  const split = at === -1 ? rest.lastIndexOf("/") : at;
  const name = rest.slice(0, Math.max(split, 0));
  const ref = rest.slice(split + 1);
  return name === "" || ref === "" ? undefined : { name, ref: normalizeRef(ref) };
}

/** `3` and `"3"` mean `v3`; everything else means itself. */
export function normalizeRef(ref: string | number): string {
  return typeof ref === "number" || /^[1-9]\d*$/.test(ref) ? `v${ref}` : ref;
}

/** The URI of one version: `prompts:/finance/forecast/3`, `prompts:/finance/forecast/working`. */
export function promptUri(name: string, version: number | "working"): string {
  return `${SCHEME}${name}/${version}`;
}
