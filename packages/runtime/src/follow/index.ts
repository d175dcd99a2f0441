// Pointers that move at run time: what the entry point `follow` of a generated package needs. The main entry point contains none of it.

import type { BuiltPackage } from "./built-package.js";
import { type Contracts, readContracts } from "./contracts.js";
import { FLAG_POINTERS, makeFlagPointers } from "./flag-pointers.js";
import type { Following, FollowOptions } from "./follow-types.js";
import { Followed } from "./followed.js";
import { makeLoaders } from "./loaders.js";
import { readOptions } from "./options.js";

export { FollowError, type FollowErrorCode } from "./follow-error.js";
export type {
  Following,
  FollowOptions,
  FollowSource,
  FollowState,
  Live,
  PointerTarget,
  RefreshOptions,
  RefusedPointer,
} from "./follow-types.js";

/**
 * Makes the `follow` of a package. Only emitted code calls this; the types of what it returns are in the emitted declarations.
 *
 * @param packed Where pointers may move: see `readContracts`.
 */
export function createFollow(built: BuiltPackage, packed: readonly string[]): (options: FollowOptions) => Following {
  let contracts: Contracts | undefined;
  const read = () => {
    contracts ??= readContracts(packed);
    return contracts;
  };
  const follow = (options: FollowOptions) => {
    const followed = new Followed(readOptions(options), read(), built);
    followed.start();
    const close = () => followed.close();
    const live = {
      ...makeLoaders(built, () => followed.table),
      get state() {
        return followed.state;
      },
      refresh: (request?: { readonly maxAge?: number | string }) => followed.refresh(request),
      close,
      // Older run times have no such symbol.
      ...(Symbol.dispose === undefined ? {} : { [Symbol.dispose]: close }),
    };
    return Object.freeze(live) as unknown as Following;
  };
  return Object.defineProperty(follow, FLAG_POINTERS, { value: makeFlagPointers(built, read) });
}
