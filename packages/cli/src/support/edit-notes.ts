// Opens the notes of each planned version in the user's editor, as git does for a commit message.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { PlannedVersion, ReleasePlan } from "@cuecard/project";
import { decodeInput } from "../decode-input.js";
import { RequestError } from "../exit.js";
import type { CommandContext } from "./command-context.js";

/** Everything below this line is ignored. Notes may contain lines that begin with `#`. */
const SCISSORS = "# ------------------------ >8 ------------------------";

/** @throws RequestError when notes are left empty or the editor fails. Nothing is released then. */
export async function editNotes(context: CommandContext, plan: ReleasePlan): Promise<ReleasePlan> {
  if (plan.releases.length === 0) return plan;
  const editor = await findEditor(context);
  const folder = await mkdtemp(path.join(os.tmpdir(), "cuecard-notes-"));
  try {
    const releases: PlannedVersion[] = [];
    for (const version of plan.releases) {
      const file = path.join(folder, `${version.tag.replaceAll("/", "_")}.md`);
      const explained = `${SCISSORS}\n# Notes for ${version.tag}. Everything from the line above is ignored. Empty notes cancel the release.\n`;
      await writeFile(file, `${version.notes}\n\n${explained}`);
      await runEditor(editor, file, context);
      const [notes = ""] = decodeInput(await readFile(file), `the notes for ${version.tag}`)
        .replaceAll("\r\n", "\n")
        .split(`${SCISSORS}\n`);
      if (notes.trim() === "") throw new RequestError(`the notes for ${version.tag} are empty; nothing was released`);
      releases.push({ ...version, notes: notes.trim() });
    }
    return { ...plan, releases };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The editor that git would open; without the git program, the one that the environment names. */
async function findEditor({ dir, terminal }: CommandContext): Promise<string> {
  const { editorOf } = await import("@cuecard/project");
  const own = terminal.env["GIT_EDITOR"];
  const editor = own || (await editorOf(dir)) || terminal.env["VISUAL"] || terminal.env["EDITOR"];
  if (!editor) throw new RequestError("no editor is configured", "set GIT_EDITOR, or pass the notes with -m");
  return editor;
}

async function runEditor(editor: string, file: string, { dir }: CommandContext): Promise<void> {
  // Through the shell, as git does: the setting may contain arguments.
  const child = spawn("sh", ["-c", `${editor} "$@"`, editor, file], { cwd: dir, stdio: "inherit" });
  const code = await new Promise<number>((done, fail) => {
    child.on("error", ({ message }) =>
      fail(new RequestError(`cannot run the editor (${editor}): ${message}`, "pass the notes with -m")),
    );
    child.on("close", (exit) => done(exit ?? 1));
  });
  if (code !== 0) throw new RequestError(`the editor exited with code ${code}; nothing was released`);
}
