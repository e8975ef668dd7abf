import * as v from "valibot";
import { shownValue, type ValueObject } from "../flow/mod.ts";
import { isObject, type Value } from "../value/mod.ts";
import { RepFault } from "./fault.ts";
import { type PeerError, PeerErrorSchema } from "./messages.ts";

/** What a frame of the other side is (flows §12, Envelope). Its schema is not looked at. */
export type Message =
  | { readonly kind: "result"; readonly id: Value; readonly result: ValueObject }
  | { readonly kind: "error"; readonly id: Value; readonly error: PeerError }
  | { readonly kind: "request"; readonly id: Value }
  | { readonly kind: "notification" };

/** @throws RepFault Envelope: it is none of them */
export function readMessage(value: Value): Message {
  if (!isObject(value)) throw new RepFault("Envelope", `a frame is an object; the executor wrote ${shownValue(value)}`);
  if ("method" in value) {
    return "id" in value ? { kind: "request", id: value.id ?? null } : { kind: "notification" };
  }
  const [hasResult, hasError] = ["result" in value, "error" in value];
  if (hasResult === hasError) {
    throw new RepFault(
      "Envelope",
      `a reply has either result or error; this one has ${hasResult ? "both" : "neither"}`,
    );
  }
  const id = value.id ?? null;
  if (hasError) return { kind: "error", id, error: readError(value.error ?? null) };
  const result = value.result ?? null;
  if (!isObject(result)) {
    throw new RepFault("Envelope", `the result of a call is an object; this one is ${shownValue(result)}`);
  }
  return { kind: "result", id, result };
}

function readError(value: Value): PeerError {
  const read = v.safeParse(PeerErrorSchema, value);
  if (!read.success) throw envelopeFault("the error of a reply", read.issues);
  return read.output;
}

/** A message that its schema refuses: `Runtime.Poll: status: expected …, found "banana"`. */
export function envelopeFault(what: string, issues: readonly v.BaseIssue<unknown>[]): RepFault {
  return new RepFault("Envelope", `${what}: ${issueText(issues)}`);
}

/** The first thing that a schema has against a value. */
export function issueText([issue]: readonly v.BaseIssue<unknown>[]): string {
  if (issue === undefined) return "it is not valid";
  const path = (issue.path ?? []).map(({ key }) => String(key)).join("/");
  const place = path === "" ? "" : `${path}: `;
  if (issue.input === undefined) return `${place}it is missing`;
  const expected = issue.type === "loose_object" ? "an object" : issue.message;
  return `${place}expected ${expected}, found ${shownValue(issue.input)}`;
}
