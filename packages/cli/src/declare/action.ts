// How a command's declaration names the function that carries it out.

import type { Command } from "commander";
import type { CommandContext } from "../commands/command-context.js";

/** What a command does; gives the exit code. */
export type Work<O> = (context: CommandContext, options: O, args: readonly string[]) => Promise<number>;

/**
 * Makes the handler that commander calls. Optional arguments that are not given are left out of `args`; those of a
 * variadic argument (`[names...]`) stand in it one by one.
 *
 * @param finds Whether the project is looked for in the folders above. Default: yes.
 */
export type ActionMaker = <O>(work: Work<O>, finds?: boolean) => (...given: unknown[]) => Promise<void>;

/** Adds commands to the program. What a command does is imported when it runs, so that help stays fast. */
export type Declare = (program: Command, action: ActionMaker) => void;
