// The panel on the page of a version. Its input is that of the form; a version without a form has a field of its own.

import { type JSX, render } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { RunFacts } from "../../../facts/describe-run.js";
import { onChange } from "../live.js";
import { InputChoice } from "./input-choice.js";
import { ModelTrial } from "./model-trial.js";

type Input = Readonly<Record<string, unknown>>;

export function startTrial(root: HTMLElement): void {
  const facts = JSON.parse(root.dataset["facts"] ?? "{}") as RunFacts;
  root.textContent = "";
  render(<Trial facts={facts} form={document.getElementById("playground") ?? undefined} />, root);
}

function Trial({ facts, form }: { readonly facts: RunFacts; readonly form: HTMLElement | undefined }): JSX.Element {
  const { name, version, model, privateNames, others, examples } = facts;
  const [input, setInput] = useFormInput(form, examples[0]?.input ?? {});
  const [hasRun, setHasRun] = useState(false);
  const [isOld, setIsOld] = useState(false);
  useEffect(() => {
    if (hasRun) onChange((hasChanged) => hasChanged && setIsOld(true));
  }, [hasRun]);
  return (
    <>
      {isOld && (
        <p class="callout" role="status">
          The project has changed since this page was loaded.{" "}
          <button type="button" class="link" onClick={() => location.reload()}>
            Load it again
          </button>
        </p>
      )}
      {form === undefined && <InputChoice examples={examples} input={input} change={setInput} />}
      <ModelTrial
        {...{ name, version, input, privateNames, others }}
        {...(model === undefined ? {} : { model })}
        title={version}
        onRun={() => setHasRun(true)}
      />
    </>
  );
}

/** The form is part of another script, which writes its input here. */
function useFormInput(form: HTMLElement | undefined, start: Input): [Input, (input: Input) => void] {
  const [input, setInput] = useState<Input>(() => read(form) ?? start);
  useEffect(() => {
    if (form === undefined) return;
    const update = () => setInput((before) => read(form) ?? before);
    update();
    const observer = new MutationObserver(update);
    observer.observe(form, { attributeFilter: ["data-input"] });
    return () => observer.disconnect();
  }, [form]);
  return [input, setInput];
}

function read(form: HTMLElement | undefined): Input | undefined {
  const json = form?.dataset["input"];
  return json === undefined ? undefined : (JSON.parse(json) as Input);
}
