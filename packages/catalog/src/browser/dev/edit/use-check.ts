// Asks the compiler about the text, shortly after it was changed.

import { useEffect, useState } from "preact/hooks";
import type { Checked } from "../../../dev/protocol.js";
import { messageOf } from "../../message-of.js";
import { ask } from "../request.js";

export interface Check {
  /** The last answer, with the text it is about. */
  readonly checked?: Checked & { readonly text: string };
  /** Why there is none. */
  readonly problem?: string;
}

/** In milliseconds: what a fast typist needs for a letter. */
const PAUSE = 120;

/** @param generation Changes when the rest of the project has changed. */
export function useCheck(file: string, text: string, generation: number): Check {
  const [check, setCheck] = useState<Check>({});
  useEffect(() => {
    const superseded = new AbortController();
    const request = async () => {
      try {
        const checked = await ask<Checked>("check", { file, text }, superseded.signal);
        setCheck({ checked: { ...checked, text } });
      } catch (error) {
        if (!superseded.signal.aborted) setCheck((last) => ({ ...last, problem: messageOf(error) }));
      }
    };
    const timer = setTimeout(request, check.checked === undefined ? 0 : PAUSE);
    return () => {
      clearTimeout(timer);
      superseded.abort();
    };
  }, [file, text, generation]);
  return check;
}
