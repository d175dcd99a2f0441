// How help is laid out: as commander does it, and readable in narrow terminals.

import { Help } from "commander";
import { wrap } from "../terminal/wrap.js";

const INDENT = "  ";
const DEEPER = "      ";
/** The fewest columns that a description beside its term can be read in. */
const NARROWEST = 24;

export const helpLayout: Partial<Help> = {
  minWidthToWrap: NARROWEST,
  /** Repeatable options default to an empty list, which help does not show. */
  optionDescription(option) {
    return Array.isArray(option.defaultValue) ? option.description : Help.prototype.optionDescription(option);
  },
  /** In a narrow terminal, the description goes below its term. */
  formatItem(term, termWidth, description, helper) {
    const width = helper.helpWidth ?? 80;
    if (description === "" || width - termWidth - 2 * INDENT.length >= NARROWEST)
      return Help.prototype.formatItem.call(helper, term, termWidth, description, helper);
    return `${INDENT}${term}\n${DEEPER}${wrap(description, width - DEEPER.length, DEEPER)}`;
  },
};
