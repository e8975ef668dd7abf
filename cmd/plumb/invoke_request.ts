import { type CommandSpec, type ParsedArgs, UsageError } from "../../internal/cli/mod.ts";
import { type CrashPoint, readCrashPoint } from "../../internal/store/mod.ts";
import { argsText } from "./args_text.ts";
import type { GlobalFlag } from "./global_flags.ts";
import type { INVOKE } from "./invoke_command.ts";

type InvokeFlag = typeof INVOKE extends CommandSpec<infer Name> ? Name : never;
export type InvokeArgs = ParsedArgs<InvokeFlag | GlobalFlag>;

/** What `plumb invoke` was asked to invoke. */
export interface InvokeRequest {
  readonly action: string;
  /** JSON, as it was given. */
  readonly args: string;
  /** Undefined: a fresh one. */
  readonly flow: string | undefined;
  readonly key: string | undefined;
}

/** As specs name actions (scenarios.md §2). */
const ACTION = /^[A-Z][A-Za-z0-9]*\.[a-z][A-Za-z0-9_]*$/;

/** Flags that say what is invoked. */
const OF_AN_ACTION = ["args", "flow", "key"] as const;

/**
 * Reads what is to be invoked; undefined: nothing, with `--recover`.
 *
 * @throws UsageError
 */
export function readRequest(args: InvokeArgs, cwd: string): InvokeRequest | undefined {
  const [action] = args.positionals;
  if (args.has("recover")) {
    const given = OF_AN_ACTION.filter((flag) => args.has(flag)).map((flag) => `--${flag}`);
    const surplus = [...(action === undefined ? [] : ["ACTION"]), ...given];
    if (surplus.length === 0) return undefined;
    throw new UsageError("E_USAGE_CONFLICT", `--recover invokes nothing: it takes no ${surplus.join(", no ")}`);
  }
  if (action === undefined) {
    // --specs takes every word up to the next flag, and so it may have taken the action.
    const taken = args.values("specs").find((word) => ACTION.test(word));
    const help = taken === undefined ? undefined : `plumb invoke ${taken} …, with ACTION before --specs`;
    throw new UsageError("E_USAGE_ARGUMENT", "plumb invoke needs ACTION, written Concept.action, or --recover", help);
  }
  return {
    action,
    args: argsText("args", args.value("args") ?? "{}", cwd),
    flow: notEmpty(args, "flow"),
    key: notEmpty(args, "key"),
  };
}

/** An empty token or key is most likely a variable of a shell that nobody has set. */
function notEmpty(args: InvokeArgs, flag: "flow" | "key"): string | undefined {
  const value = args.value(flag);
  if (value === "") throw new UsageError("E_USAGE_VALUE", `--${flag} is empty; leave it out, or give it a value`);
  return value;
}

/**
 * `PLUMB_CRASH_AT`, for tests of recovery (spec/scenarios.md §5); undefined: it is not set.
 *
 * @throws UsageError
 */
export function crashPointOf(text: string | undefined): CrashPoint | undefined {
  if (text === undefined || text === "") return undefined;
  const point = readCrashPoint(text);
  if (point !== undefined) return point;
  const expected = "expected before:N or after:N, N being a commit from 1";
  throw new UsageError("E_USAGE_VALUE", `PLUMB_CRASH_AT: ${expected}, found ${JSON.stringify(text)}`);
}
