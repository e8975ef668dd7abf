import { errorText } from "../diag/mod.ts";
import type { ValueObject } from "../flow/mod.ts";
import { parseExact, type Value } from "../value/mod.ts";
import { ArgumentFault, type HttpRequest, httpRequest } from "./http_request.ts";
import { type StepAnswer, type StepCall, type StepProvider, stepFailure } from "./step_provider.ts";

const KINDS: ReadonlySet<string> = new Set(["http.get", "http.post", "http.request"]);
const MOST_REDIRECTS = 10;
const MOST_BYTES = 10 * 1024 * 1024;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Statuses that another attempt may mend, beside 5xx. */
const RETRIABLE: ReadonlySet<number> = new Set([408, 425, 429]);

/** Performs `http.*` (flows §11). Not for tests: there a mock must answer. */
export const HTTP_STEPS: StepProvider = {
  open: () => (node) => (KINDS.has(node.type) ? answered : undefined),
};

async function answered(call: StepCall): Promise<StepAnswer> {
  try {
    const request = httpRequest(call.kind, call.args);
    return await perform(request, call.signal);
  } catch (error) {
    if (error instanceof ArgumentFault)
      return stepFailure(`${call.stepId}: ${error.message}`, { cause: "Argument", argument: error.argument }, false);
    if (error instanceof HttpFault) return stepFailure(error.message, error.details, false);
    return stepFailure(`${call.kind}: ${errorText(error)}`, { cause: "Network" });
  }
}

/** What no other attempt would mend. */
class HttpFault extends Error {
  constructor(
    message: string,
    readonly details: ValueObject,
  ) {
    super(message);
  }
}

async function perform(request: HttpRequest, signal: AbortSignal): Promise<StepAnswer> {
  let { url, method, body } = request;
  const headers = new Headers(request.headers);
  for (let redirects = 0; ; redirects += 1) {
    const sent = body === undefined ? { method, headers } : { method, headers, body };
    const response = await fetch(url, { ...sent, redirect: "manual", signal });
    const { status } = response;
    const target = REDIRECTS.has(status) ? locationOf(response, url) : undefined;
    if (target === undefined) return await answerOf(response, request, url, signal);
    await response.body?.cancel();
    if (redirects === MOST_REDIRECTS)
      throw new HttpFault(`${url.href} redirects once more after ${MOST_REDIRECTS} redirects`, {
        cause: "Redirects",
        status,
      });
    // As browsers do: only 307 and 308 keep the method and what it sends.
    if (status === 303 ? method !== "HEAD" : status < 303 && method === "POST") {
      method = "GET";
      body = undefined;
      for (const name of ["content-type", "content-length"]) headers.delete(name);
    }
    if (target.origin !== url.origin) for (const name of ["authorization", "cookie"]) headers.delete(name);
    url = target;
  }
}

function locationOf(response: Response, from: URL): URL | undefined {
  const location = response.headers.get("location");
  if (location === null || !URL.canParse(location, from.href)) return undefined;
  const target = new URL(location, from.href);
  return /^https?:$/.test(target.protocol) ? target : undefined;
}

async function answerOf(response: Response, request: HttpRequest, url: URL, signal: AbortSignal): Promise<StepAnswer> {
  const { status } = response;
  if (!response.ok && !request.ok.has(status)) {
    await response.body?.cancel();
    const isRetriable = RETRIABLE.has(status) || status >= 500;
    return stepFailure(`${request.method} ${url.href} answered ${status}`, { cause: "Status", status }, isRetriable);
  }
  const body = await textOf(response, signal);
  const headers: ValueObject = Object.fromEntries(response.headers);
  return { ok: true, result: { status, headers, body, json: jsonOf(response, body) } };
}

async function textOf(response: Response, signal: AbortSignal): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of response.body ?? []) {
    signal.throwIfAborted();
    size += chunk.byteLength;
    if (size > MOST_BYTES)
      throw new HttpFault(`the answer has more than ${MOST_BYTES} bytes`, { cause: "Size", status: response.status });
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Null unless the content type is JSON, and the body too. */
function jsonOf(response: Response, body: string): Value {
  const type = response.headers.get("content-type") ?? "";
  if (!/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) return null;
  try {
    return parseExact(body);
  } catch {
    return null;
  }
}
