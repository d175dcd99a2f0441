// What went wrong in a run, in the words of a person who tries a prompt, and what to do.

import type { RunFailure } from "@cuecard/project";
import { UnexpectedAnswer } from "./guarded-fetch.js";
import type { Provider } from "./providers.js";
import { redact } from "./redact.js";

export interface ModelCall {
  readonly provider: Provider;
  /** Left out if models were to be listed. */
  readonly model?: string;
  readonly secrets: readonly string[];
}

/** What providers say is shown up to here. */
const MOST_DETAIL = 1_000;

const LATER = "Run it again in a moment, or choose another model.";

export function explainFailure(error: unknown, call: ModelCall): RunFailure {
  const causes = causesOf(error);
  const unexpected = causes.find((one) => one instanceof UnexpectedAnswer);
  return unexpected === undefined
    ? (explainConnection(causes, call) ?? explainAnswer(error, call))
    : explainUnexpected(unexpected, call);
}

function explainUnexpected({ kind, target }: UnexpectedAnswer, { provider, secrets }: ModelCall): RunFailure {
  const { name, baseUrl } = provider;
  switch (kind) {
    case "silence":
      return { problem: `${name} sent nothing for minutes, so the run was stopped.`, hint: LATER };
    case "page":
      return {
        problem: `${baseUrl} answers with a web page, not with a model's answer.`,
        hint: "Check the server's address. Most end in /v1.",
      };
    case "redirect":
      return {
        problem: `${baseUrl} redirects to another address, which was not followed because your key would be sent there.`,
        hint: "If you trust it, start cuecard dev with that address.",
        ...(target === undefined ? {} : { detail: shorten(target, secrets) }),
      };
  }
}

/** Of certificates: each says what is wrong with it, more than the problem does. */
const CERTIFICATE = /CERT|SIGNATURE|ISSUER/;

/** By the codes of Node's errors. */
const CONNECTION: readonly (readonly [codes: RegExp, problem: (host: string) => string, hint: string])[] = [
  [/^ECONNREFUSED$/, (host) => `Nothing answers at ${host}.`, "Start the server, or check its address and port."],
  [
    /^(?:ENOTFOUND|EAI_AGAIN)$/,
    (host) => `The name ${host} cannot be found.`,
    "Check the network connection, and the address.",
  ],
  [
    /^(?:ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/,
    (host) => `${host} cannot be reached.`,
    "Check the network connection, a VPN or a proxy.",
  ],
  [
    CERTIFICATE,
    (host) => `The TLS certificate of ${host} is not trusted.`,
    "If it is your company's, start cuecard dev with NODE_EXTRA_CA_CERTS set to the file of its certificate.",
  ],
  [
    /^(?:EPROTO|ERR_SSL\w*|ERR_TLS\w*)$/,
    (host) => `${host} cannot be reached securely (TLS).`,
    "Check whether the address begins with http:// or https:// as it should.",
  ],
  [
    /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|UND_ERR_BODY_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|HPE_\w+)$/,
    (host) => `The connection to ${host} broke before the answer was complete.`,
    "Run it again.",
  ],
];

function explainConnection(causes: readonly unknown[], { provider }: ModelCall): RunFailure | undefined {
  const { host } = new URL(provider.baseUrl);
  const errors: readonly (Error & { readonly code?: unknown })[] = causes.filter((one) => one instanceof Error);
  for (const { code } of errors) {
    if (typeof code !== "string") continue;
    const [, problem, hint] = CONNECTION.find(([codes]) => codes.test(code)) ?? [];
    if (problem !== undefined && hint !== undefined)
      return { problem: problem(host), hint, ...(CERTIFICATE.test(code) ? { detail: code } : {}) };
  }
  if (!errors.some(({ name }) => name === "TimeoutError")) return undefined;
  return { problem: `${host} took too long to answer.`, hint: LATER };
}

/** What the errors of the AI SDK have, and the error objects of providers within a stream. */
interface Answered {
  readonly message?: unknown;
  readonly statusCode?: unknown;
  readonly responseHeaders?: Readonly<Record<string, string>> | undefined;
  readonly responseBody?: unknown;
  readonly type?: unknown;
  readonly code?: unknown;
  readonly name?: unknown;
}

const TOO_LONG =
  /context.?(?:length|window)|(?:prompt|input|message|request)s? (?:is|are|was) too (?:long|large)|maximum.{0,40}tokens|too many tokens|token count.{0,40}exceeds/i;
const CREDIT = /insufficient_quota|credit balance|billing|payment/i;

/** Errors of the AI SDK about what is to be sent. */
const NOT_SENT =
  /^AI_(?:InvalidPrompt|InvalidArgument|InvalidDataContent|InvalidMessageRole|MessageConversion|UnsupportedFunctionality|Download)Error$/;

function explainAnswer(error: unknown, call: ModelCall): RunFailure {
  const answered = (typeof error === "object" && error !== null ? error : { message: error }) as Answered;
  const said = detailOf(answered, call.secrets);
  if (NOT_SENT.test(String(answered.name)))
    return {
      problem: `The prompt cannot be sent to ${call.provider.name}, so nothing was sent.`,
      hint: "Change its messages, or choose another model.",
      detail: said,
    };
  const all = [said, answered.type, answered.code, answered.responseBody].map(String).join(" ");
  const detail = said === "" ? {} : { detail: said };
  const retry = retryAfterOf(answered);
  return {
    ...explainStatus(statusOf(answered), all, call),
    ...detail,
    ...(retry === undefined ? {} : { retryAfter: retry }),
  };
}

function explainStatus(status: number, said: string, { provider, model }: ModelCall): RunFailure {
  const { name, keyName, key } = provider;
  const isKey = status === 401 || status === 403 || (status === 400 && /api.?key/i.test(said));
  if (isKey && key === undefined)
    return {
      problem: `${name} requires an API key.`,
      hint: `Set ${keyName} in the shell, and start cuecard dev again.`,
    };
  if (status === 403)
    return {
      problem: `${name} does not allow this with your API key.`,
      hint: `Check what the key in ${keyName} may do, or choose another model.`,
    };
  if (isKey)
    return {
      problem: `${name} does not accept the API key.`,
      hint: `Check ${keyName} in the shell, and start cuecard dev again.`,
    };
  if (status === 402 || ((status === 429 || status === 400) && CREDIT.test(said)))
    return { problem: `The account at ${name} has no credit left.`, hint: "Check its plan and billing." };
  if (status === 404)
    return {
      problem: model === undefined ? `${name} has no list of models.` : `${name} has no model ${model}.`,
      hint:
        provider.id === "compatible"
          ? "Choose a model that the server has, or check its address: most end in /v1."
          : "Choose another model.",
    };
  if (status === 429) return { problem: `${name} received too many requests.`, hint: "Wait, then run it again." };
  if (status === 413 || ((status === 400 || status === 422) && TOO_LONG.test(said)))
    return {
      problem: `The messages are too long for ${model ?? "the model"}.`,
      hint: "Shorten the input or the prompt, or choose a model with a larger context.",
    };
  if (status === 529 || status === 503 || /overloaded/i.test(said))
    return { problem: `${name} is overloaded.`, hint: LATER };
  if (status >= 500) return { problem: `${name} failed (status ${status}).`, hint: LATER };
  if (status >= 400)
    return {
      problem: `${name} refused the request (status ${status}).`,
      hint: "Change what it names: a setting, a tool or the schema of the prompt, or choose another model.",
    };
  return {
    problem: `The answer of ${name} could not be read to its end.`,
    hint: "Run it again. If it stays, check that the address is that of a server with this API.",
  };
}

/** The status of the answer; for an error within a stream, the status with the same meaning. 0: unknown. */
function statusOf({ statusCode, code, type }: Answered): number {
  const status = [statusCode, code].find((one): one is number => typeof one === "number" && one >= 400 && one < 600);
  if (status !== undefined) return status;
  const name = [type, code].map(String).join(" ");
  const [, found] = IN_STREAM.find(([names]) => names.test(name)) ?? [];
  return found ?? 0;
}

const IN_STREAM: readonly (readonly [names: RegExp, status: number])[] = [
  [/overloaded/, 529],
  [/rate_limit|quota/, 429],
  [/authentication|api_key/, 401],
  [/permission/, 403],
  [/not_found/, 404],
  [/context_length/, 413],
  [/invalid_request/, 400],
  [/api_error|server_error/, 500],
];

function detailOf({ message, responseBody }: Answered, secrets: readonly string[]): string {
  const text = typeof message === "string" && message !== "" ? message : responseBody;
  return typeof text === "string" ? shorten(text.trim(), secrets) : "";
}

/** Without keys, which must be whole to be found. */
function shorten(text: string, secrets: readonly string[]): string {
  const clean = redact(text, secrets);
  return clean.length <= MOST_DETAIL ? clean : `${clean.slice(0, MOST_DETAIL)}…`;
}

/** https://www.rfc-editor.org/rfc/rfc9110#field.retry-after: seconds, or a date. OpenAI also sends milliseconds. */
function retryAfterOf({ responseHeaders = {} }: Answered): number | undefined {
  const milliseconds = Number(responseHeaders["retry-after-ms"] || Number.NaN);
  const given = responseHeaders["retry-after"] ?? "";
  const seconds = /^\d+$/.test(given) ? Number(given) : (Date.parse(given) - Date.now()) / 1000;
  const found = Number.isNaN(milliseconds) ? seconds : milliseconds / 1000;
  return Number.isFinite(found) && found > 0 ? Math.ceil(found) : undefined;
}

/** An error, then what caused it, then what caused that. */
function causesOf(error: unknown): readonly unknown[] {
  const causes = new Set<unknown>();
  let one = error;
  while (one !== undefined && one !== null && !causes.has(one)) {
    causes.add(one);
    one = (one as { readonly cause?: unknown }).cause;
  }
  return [...causes];
}
