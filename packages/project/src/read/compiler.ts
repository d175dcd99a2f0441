// The compiler, loaded when there is something to compile: its libraries take longer to import than an unchanged build.

type Compiler = typeof import("@cuecard/build");

let loaded: Compiler | undefined;

export async function loadCompiler(): Promise<Compiler> {
  loaded ??= await import("@cuecard/build");
  return loaded;
}

/** The compiler if somebody loaded it before. */
export function loadedCompiler(): Compiler | undefined {
  return loaded;
}
