import type { ValueObject } from "../flow/mod.ts";
import { isObject, nearestDoubles, type Value } from "../value/mod.ts";

/** A request as the arguments of an `http.*` step say it (flows §11). */
export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  /** Statuses that succeed beside 200–299. */
  readonly ok: ReadonlySet<number>;
}

/** An argument that is no good. */
export class ArgumentFault extends Error {
  constructor(
    readonly argument: string,
    message: string,
  ) {
    super(`${argument} ${message}`);
  }
}

const METHODS: ReadonlyMap<string, string> = new Map([
  ["http.get", "GET"],
  ["http.post", "POST"],
]);

/**
 * Reads the arguments of a step.
 * @throws ArgumentFault
 */
export function httpRequest(kind: string, args: ValueObject): HttpRequest {
  const { json, body } = args;
  if (json !== undefined && json !== null && body !== undefined && body !== null)
    throw new ArgumentFault("body", "and json are both given; a request has one of them");
  const headers = headersOf(args.headers);
  let text: string | undefined;
  if (json !== undefined && json !== null) {
    text = JSON.stringify(nearestDoubles(json));
    if (!headers.has("content-type")) headers.set("content-type", "application/json");
  } else if (body !== undefined && body !== null) {
    text = typeof body === "string" ? body : JSON.stringify(nearestDoubles(body));
  }
  const method = METHODS.get(kind) ?? methodOf(args.method);
  if (text !== undefined && (method === "GET" || method === "HEAD"))
    throw new ArgumentFault(json === undefined ? "body" : "json", `cannot go with ${method}`);
  return { url: urlOf(args.url, args.query), method, headers, body: text, ok: statusesOf(args.ok) };
}

function urlOf(given: Value | undefined, query: Value | undefined): URL {
  const url = typeof given === "string" && URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new ArgumentFault("url", "must be an address that starts with http:// or https://");
  for (const [name, value] of entriesOf("query", query)) url.searchParams.append(name, value);
  return url;
}

function methodOf(given: Value | undefined): string {
  if (given === undefined || given === null) return "GET";
  if (typeof given === "string" && /^[A-Za-z]+$/.test(given)) return given.toUpperCase();
  throw new ArgumentFault("method", "must be a word such as GET");
}

function headersOf(given: Value | undefined): Headers {
  const headers = new Headers();
  for (const [name, value] of entriesOf("headers", given)) {
    try {
      headers.append(name, value);
    } catch {
      throw new ArgumentFault("headers", `has ${JSON.stringify(name)}, which is no header with a value`);
    }
  }
  return headers;
}

/** Texts stay, other scalars are JSON; a list gives the name several times, null none. */
function entriesOf(argument: string, given: Value | undefined): readonly (readonly [string, string])[] {
  if (given === undefined || given === null) return [];
  if (!isObject(given)) throw new ArgumentFault(argument, "must be a mapping");
  return Object.entries(given).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((item): [string, string][] => {
      if (item === null) return [];
      if (typeof item === "object")
        throw new ArgumentFault(argument, `must map ${name} to texts, numbers or lists of them`);
      return [[name, String(item)]];
    }),
  );
}

function statusesOf(given: Value | undefined): ReadonlySet<number> {
  if (given === undefined || given === null) return new Set();
  const isStatus = (status: Value): status is number => typeof status === "number" && Number.isInteger(status);
  if (Array.isArray(given) && given.every(isStatus)) return new Set(given);
  throw new ArgumentFault("ok", "must be a list of statuses such as [404]");
}
