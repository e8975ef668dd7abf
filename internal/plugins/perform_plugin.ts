import { drainMicrotasks } from "bun:jsc";
import { type PluginContext, pluginFailure, pluginResult, type StepAnswer } from "../engine/mod.ts";
import {
  type CallerLine,
  FROM_THREAD,
  type Outcome,
  type Perform,
  Refusal,
  type UserFunction,
} from "../user_modules/mod.ts";
import { wall } from "../world/mod.ts";
import { type PluginCall, type PluginEnd, type PluginQuestion, write } from "./plugin_call.ts";
import { VirtualSleepers } from "./virtual_sleepers.ts";

/** A call that ended as its text says. */
export const ENDED = FROM_THREAD.own;

/** Turns of the event loop after which a promise that waits for nothing of its world is given up. */
const TURNS = 8;
/** How often somebody who waits for something of the host is looked after, in real ms. */
const LOOK_MS = 1;

/**
 * Calls plugins in virtual time: as long as one sleeps, time goes on to where it wakes. Where they are `open`, they may wait for the
 * host too, until the watchdog loses patience.
 */
export function performPlugins(line: CallerLine, open: boolean): Perform {
  return (body, { text }) => {
    if (text === "") return { kind: ENDED, text: JSON.stringify(body()) };
    return perform(body, JSON.parse(text), line, open);
  };
}

async function perform(body: UserFunction, call: PluginCall, line: CallerLine, open: boolean): Promise<Outcome> {
  const sleepers = new VirtualSleepers(call.now);
  const abort = new AbortController();
  const answers: StepAnswer[] = [];
  start(body, call, contextOf(call, sleepers, abort.signal, line), answers);
  for (let idle = 0; answers.length === 0; ) {
    // Most promises wait for nothing but others.
    drainMicrotasks();
    if (answers.length > 0) break;
    const next = sleepers.next;
    if (next !== undefined) {
      if (call.until !== null && next > call.until) return late(abort);
      sleepers.wake();
      idle = 0;
    } else {
      if (idle === TURNS && !open) return late(abort);
      await (idle < TURNS ? wall.yieldToEvents() : wall.pause(LOOK_MS));
      idle = Math.min(idle + 1, TURNS);
    }
  }
  const [answer] = answers;
  return answer === undefined ? late(abort) : ended({ slept: sleepers.now - call.now, answer });
}

/** It has no answer within its time: what it does from now on is nobody's. */
function late(abort: AbortController): Outcome {
  abort.abort();
  drainMicrotasks();
  return ended({ answer: null });
}

function ended(end: PluginEnd): Outcome {
  return { kind: ENDED, text: write(end) };
}

function start(body: UserFunction, { args }: PluginCall, context: PluginContext, answers: StepAnswer[]): void {
  const fail = (thrown: unknown) => void answers.push(failureOf(thrown));
  try {
    const returned = body(args, context);
    if (isThenable(returned)) Promise.resolve(returned).then((value) => void answers.push(pluginResult(value)), fail);
    else answers.push(pluginResult(returned));
  } catch (thrown) {
    fail(thrown);
  }
}

/** Of a rule that it broke, the message names the code (flows §11). */
function failureOf(thrown: unknown): StepAnswer {
  return pluginFailure(thrown instanceof Refusal ? new Error(`${thrown.code}: ${thrown.message}`) : thrown);
}

function contextOf(call: PluginCall, sleepers: VirtualSleepers, signal: AbortSignal, line: CallerLine): PluginContext {
  const ask = (question: PluginQuestion) => line.ask(write(question));
  const { runId, traceId, stepId, kind, attempt } = call;
  return {
    runId,
    traceId,
    stepId,
    kind,
    attempt,
    inputs: call.inputs as PluginContext["inputs"],
    signal,
    log: (level, message) => void ask({ ask: "log", level, message: String(message).toWellFormed() }),
    clock: { now: () => sleepers.now, sleep: (ms) => sleepers.sleep(ms) },
    random: () => Number(ask({ ask: "random" })),
  };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
