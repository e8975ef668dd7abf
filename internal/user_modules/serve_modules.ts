import { wall } from "../world/mod.ts";
import { BoundExports, type UserFunction } from "./bound_exports.ts";
import { CallerLine } from "./caller_line.ts";
import { redirectConsole } from "./console_lines.ts";
import { guardHost } from "./guard_globals.ts";
import { guardModules } from "./guard_modules.ts";
import { FROM_THREAD, type Letter, TO_THREAD } from "./letters.ts";
import { Mailbox } from "./mailbox.ts";
import type { ModuleKind } from "./module_kind.ts";
import { messageOf, type Outcome } from "./outcome.ts";
import { redirectStreams } from "./process_streams.ts";
import type { ThreadStart } from "./thread_start.ts";

/** In a real world the event loop runs after so many calls at the latest: what modules wait for shall come. */
const CALLS_PER_TURN = 256;

/** What a thread does with a call. */
export type Perform = (body: UserFunction, letter: Letter) => Outcome | Promise<Outcome>;

/**
 * Does what the caller's letters ask for, one after the other, until the thread is terminated. `prepare` is called once, before
 * any module is loaded; it may guard more of the globals.
 */
export async function serveModules(
  { memory, policy, beatMs }: ThreadStart,
  kind: ModuleKind,
  prepare: (line: CallerLine) => Perform,
): Promise<never> {
  const mailbox = new Mailbox(memory, "thread");
  try {
    const line = new CallerLine(mailbox, beatMs);
    process.on("exit", () => mailbox.abandon());
    for (const event of ["uncaughtException", "unhandledRejection"]) {
      process.on(event, (error: unknown) =>
        line.print(2, `uncaught in a ${kind.callable} module: ${messageOf(error)}`),
      );
    }
    redirectConsole(line.print);
    redirectStreams(line.write);
    guardModules(kind, policy.open);
    if (!policy.open) guardHost(kind);
    const bound = new BoundExports(kind);
    const perform = prepare(line);
    mailbox.send(FROM_THREAD.done);
    return await serve({ mailbox, line, virtual: policy.virtual, bound, perform });
  } finally {
    mailbox.abandon();
  }
}

interface Serving {
  readonly mailbox: Mailbox;
  readonly line: CallerLine;
  readonly virtual: boolean;
  readonly bound: BoundExports;
  readonly perform: Perform;
}

async function serve({ mailbox, line, virtual, bound, perform }: Serving): Promise<never> {
  for (let calls = 1; ; calls += 1) {
    // In a virtual world nothing may come between two calls.
    if (!virtual) await (calls % CALLS_PER_TURN === 0 ? wall.yieldToEvents() : mailbox.idle());
    const letter = mailbox.receive();
    if (letter.kind === TO_THREAD.renew) line.forget();
    line.begin();
    const outcome = begin(letter, bound, perform);
    const { kind, text } = outcome instanceof Promise ? await outcome : outcome;
    line.end(kind, text);
  }
}

function begin(letter: Letter, bound: BoundExports, perform: Perform): Outcome | Promise<Outcome> {
  if (letter.kind === TO_THREAD.call) return perform(bound.numbered(letter.arg), letter);
  return letter.kind === TO_THREAD.bind ? bound.bind(letter) : bound.renew();
}
