#!/usr/bin/env node
// The program's entry: a file that is there before the build, so that package managers can link it. It runs on old versions of
// Node as well, where anything else would fail in words that do not name the reason.
import module from "node:module";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`cuecard needs Node 20.19 or later; this is ${process.versions.node}`);
  process.exitCode = 1;
} else {
  if (module.enableCompileCache !== undefined) module.enableCompileCache();
  await import("../dist/bin.js");
}
