import type { HandlerCall } from "../sync/mod.ts";
import { receiveValue } from "./receive_value.ts";
import { sendValue } from "./send_value.ts";

/** What a handler is told in its context, and how long it may take. */
export type ToldCall = Pick<HandlerCall, "flowToken" | "invocationId" | "seq" | "nowMs" | "timeoutMs">;

type Told = readonly [flowToken: string, invocationId: string, seq: number, nowMs: number, timeoutMs: number];

/** A call as the thread gets it: the args, `split` characters, then what else is told. */
export function writeCall(call: HandlerCall): { readonly text: string; readonly split: number } {
  const args = sendValue(call.args);
  const told: Told = [call.flowToken, call.invocationId, call.seq, call.nowMs, call.timeoutMs];
  return { text: args + JSON.stringify(told), split: args.length };
}

/** A fresh copy of the args, and what else is told. */
export function readCall(text: string, split: number): { readonly args: unknown; readonly told: ToldCall } {
  const [flowToken, invocationId, seq, nowMs, timeoutMs]: Told = JSON.parse(text.slice(split));
  return {
    args: receiveValue(text.slice(0, split)),
    told: { flowToken, invocationId, seq, nowMs, timeoutMs },
  };
}
