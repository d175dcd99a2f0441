// Loads the compiler only if there is something to compile: its libraries take longer to load than an unchanged build.

export type Compiler = typeof import("@cuecard/build");

export function loadCompiler(): Promise<Compiler> {
  return import("@cuecard/build");
}
