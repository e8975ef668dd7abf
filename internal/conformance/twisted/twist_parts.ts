import { isObject, type Value } from "../../value/mod.ts";
import type { EventDraft, NodeDraft, ReplyDraft, RequestDraft, Twist } from "./twist.ts";

// What twists are made of.

export const CAPABILITIES = "Runtime.Capabilities";
export const START = "Runtime.StartRun";
export const POLL = "Runtime.Poll";
export const CANCEL = "Runtime.Cancel";
export const FINAL: readonly unknown[] = ["completed", "failed", "cancelled"];

/** An executor that breaks one rule. */
export interface BrokenExecutor {
  /** What is wrong with it. */
  readonly what: string;
  /** The check that is about that. */
  readonly id: string;
  /** Checks that rest on the rule too. */
  readonly also?: readonly string[];
  /** Checks that no longer apply. */
  readonly notApplicable?: readonly string[];
  readonly twist: () => Twist;
}

export function broken(
  id: string,
  what: string,
  twist: () => Twist,
  also: readonly string[] = [],
  notApplicable: readonly string[] = [],
): BrokenExecutor {
  return { id, what, twist, also, notApplicable };
}

/** Members of something that may not be there. */
export function set(target: object | undefined, members: object): void {
  if (target !== undefined) Object.assign(target, members);
}

/** Replies to a method, or to all. */
export function replies(
  method: string,
  change: (reply: ReplyDraft, request: RequestDraft) => unknown,
  text: (text: string) => string = (same) => same,
): () => Twist {
  return () => ({
    reply(reply, request) {
      if (method === "" || request.method === method) change(reply, request);
    },
    text,
  });
}

export function requests(request: NonNullable<Twist["request"]>): () => Twist {
  return () => ({ request });
}

export function starts(change: (params: RequestDraft["params"]) => void): () => Twist {
  return requests(({ method, params }) => {
    if (method === START) change(params);
    return undefined;
  });
}

export function nodes(change: (node: NodeDraft) => void): () => Twist {
  return starts(({ ir }) => {
    for (const node of ir?.graph?.nodes ?? []) change(node);
  });
}

export function texts(text: (text: string) => string): () => Twist {
  return () => ({ text });
}

/** The events of one Poll. */
export function polls(change: (events: EventDraft[]) => void): () => Twist {
  return replies(POLL, ({ result }) => {
    if (result?.events !== undefined) change(result.events);
  });
}

export function events(change: (event: EventDraft) => void): () => Twist {
  return polls((list) => {
    for (const event of list) change(event);
  });
}

export function outputs(change: (outputs: { [name: string]: Value }) => void): () => Twist {
  return replies(POLL, ({ result }) => {
    if (result?.outputs !== undefined) change(result.outputs);
  });
}

/** Another code of errors. */
export function recoded(code: number, other: number): () => Twist {
  return replies("", ({ error }) => set(error, error?.code === code ? { code: other } : {}));
}

export function causes(cause: string): () => Twist {
  return replies(POLL, ({ result }) => {
    const details = result?.error?.data?.details ?? null;
    if (isObject(details) && details.cause === cause) delete details.cause;
  });
}

/** Cancel says false of runs that go on, or that have ended. */
export function cancels(when: "running" | "ended"): () => Twist {
  return () => {
    const ended = new Set<string>();
    return {
      reply({ result }, { method, params: { run_id = "" } }) {
        if (method === POLL && FINAL.includes(result?.status)) ended.add(run_id);
        if (method === CANCEL && result?.ok === true && ended.has(run_id) === (when === "ended")) result.ok = false;
      },
    };
  };
}

export function switches(ir: RequestDraft["params"]["ir"]): readonly NodeDraft[] {
  return ir?.graph?.nodes?.filter(({ type }) => type === "switch") ?? [];
}
