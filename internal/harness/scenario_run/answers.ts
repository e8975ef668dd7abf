import type { Action } from "../../concept/mod.ts";
import type { LoggedInvocation } from "../../store/mod.ts";
import type { GivenAnswer } from "../../sync/mod.ts";
import { subset } from "../../value/mod.ts";
import type { ScenarioSpec, Stub } from "../scenario/mod.ts";
import type { ExpectedCompletion } from "./judge_result.ts";

/**
 * The completions that a scenario gives instead of a body (scenarios.md §3, which body): those of its stubs, and under
 * `unimplemented: assume` those that its steps expect.
 */
export class Answers {
  readonly #stubs = new Map<string, Stub[]>();
  readonly #uses = new Map<Stub, number>();
  readonly #assume: boolean;
  readonly #actions: ReadonlyMap<string, Action>;
  #expected: ExpectedCompletion | undefined;

  constructor({ stubs, unimplemented }: ScenarioSpec, actions: ReadonlyMap<string, Action>) {
    this.#assume = unimplemented === "assume";
    this.#actions = actions;
    for (const stub of stubs) {
      const entries = this.#stubs.get(stub.action);
      if (entries === undefined) this.#stubs.set(stub.action, [stub]);
      else entries.push(stub);
    }
  }

  /** A step begins: the next invocation that is answered is its own, and should complete like this. */
  begin(expected: ExpectedCompletion | undefined): void {
    this.#expected = expected;
  }

  /** What completes an invocation; undefined: its body does. */
  answer({ action_uri, args }: LoggedInvocation): GivenAnswer | undefined {
    const expected = this.#expected;
    this.#expected = undefined;
    const stub = this.#stubs.get(action_uri)?.find((entry) => this.#matches(entry, args));
    if (stub !== undefined) {
      this.#uses.set(stub, this.#usesOf(stub) + 1);
      return { case: stub.case, result: { ...stub.result }, assumed: 2 };
    }
    const action = this.#actions.get(action_uri);
    return this.#assume && action?.body === "none" ? assumption(action, expected) : undefined;
  }

  /** Stub entries that answered nothing, in their order. */
  unused(): readonly Stub[] {
    return [...this.#stubs.values()].flat().filter((stub) => this.#usesOf(stub) === 0);
  }

  #matches(stub: Stub, args: LoggedInvocation["args"]): boolean {
    if (stub.times !== undefined && this.#usesOf(stub) >= stub.times) return false;
    return stub.args === undefined || subset(stub.args, args);
  }

  #usesOf(stub: Stub): number {
    return this.#uses.get(stub) ?? 0;
  }
}

function assumption(action: Action, expected: ExpectedCompletion | undefined): GivenAnswer | undefined {
  if (expected !== undefined) {
    return { case: expected.case, result: Object.fromEntries(expected.result), assumed: 1 };
  }
  const hasSuccess = action.outputs.some((output) => output.case === "Success");
  return hasSuccess ? { case: "Success", result: {}, assumed: 1 } : undefined;
}
