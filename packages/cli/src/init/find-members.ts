// The packages of a workspace, found by the patterns that it lists.

import { readdirSync } from "node:fs";
import path from "node:path";
import { parse as parseYaml } from "yaml";
import { coversWorkspace } from "./edit-workspace.js";
import { readText } from "./read-text.js";

const DEPTH = 5;

/** Folders relative to the workspace's root, sorted. Folders that tools write are not searched. */
export function findMembers(root: string): readonly string[] {
  const patterns = workspacePatterns(root);
  if (patterns.length === 0) return [];
  const found: string[] = [];
  const walk = (folder: string, depth: number) => {
    const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
    if (folder !== "" && entries.some(({ name }) => name === "package.json") && coversWorkspace(patterns, folder))
      found.push(folder);
    if (depth === DEPTH) return;
    for (const entry of entries)
      if (entry.isDirectory() && !/^(?:\..*|node_modules|dist.*)$/.test(entry.name))
        walk(folder === "" ? entry.name : `${folder}/${entry.name}`, depth + 1);
  };
  walk("", 0);
  return found.sort();
}

function workspacePatterns(root: string): readonly string[] {
  const fromPnpm = field(read(root, "pnpm-workspace.yaml", parseYaml), "packages");
  const listed = fromPnpm ?? field(read(root, "package.json", JSON.parse), "workspaces");
  const patterns = Array.isArray(listed) ? listed : field(listed, "packages");
  return Array.isArray(patterns) ? patterns.filter((pattern) => typeof pattern === "string") : [];
}

function read(root: string, file: string, parse: (text: string) => unknown): unknown {
  try {
    const text = readText(root, file);
    return text === undefined ? undefined : parse(text);
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
