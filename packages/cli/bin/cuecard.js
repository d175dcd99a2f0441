#!/usr/bin/env node
// The program's entry: a file that is there before the build, so that package managers can link it.
import module from "node:module";

module.enableCompileCache?.();
await import("../dist/bin.js");
