// What the files of a package depend on besides its prompts.

import type { HelperSignature } from "../language/helper-signature.js";

export interface PackageOptions {
  /** Whether the package can validate inputs and answers. */
  readonly validation: boolean;
  readonly helpers: ProjectHelpers | undefined;
  /** The pointers that differ from aliases.json for this build. */
  readonly replaced: readonly string[];
  /** The project's folder, relative to dist; `undefined`: declarations have no maps. */
  readonly project: string | undefined;
}

/** The module whose functions templates may call, as JavaScript that goes into the package. */
export interface ProjectHelpers {
  readonly signatures: readonly HelperSignature[];
  /** The module's path within the package's dist folder: `helpers/helpers.js`. */
  readonly entry: string;
  /** The same for `require`: `helpers/helpers.cjs`. */
  readonly commonJsEntry: string;
  /** The texts of the module and of those it imports, by path within dist; there only if some prompt calls a helper. */
  readonly files: ReadonlyMap<string, string>;
}
