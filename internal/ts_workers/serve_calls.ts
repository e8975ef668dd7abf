import { wall } from "../world/mod.ts";
import { BoundWorkers } from "./bound_workers.ts";
import { CallerLine } from "./caller_line.ts";
import { redirectConsole } from "./console_lines.ts";
import { guardGlobals } from "./guard_globals.ts";
import { guardModules } from "./guard_modules.ts";
import { FROM_THREAD, type Letter, TO_THREAD } from "./letters.ts";
import { Mailbox } from "./mailbox.ts";
import type { ModulePolicy } from "./module_policy.ts";
import { messageOf, type Outcome } from "./outcome.ts";
import type { ThreadStart } from "./thread_start.ts";

/** In a real world the event loop runs after so many calls at the latest: what workers wait for shall come. */
const CALLS_PER_TURN = 256;

/** Does what the caller's letters ask for, one after the other, until the thread is terminated. */
export async function serveCalls({ memory, policy }: ThreadStart): Promise<never> {
  const mailbox = new Mailbox(memory, "thread");
  try {
    return await serve(mailbox, policy);
  } finally {
    mailbox.abandon();
  }
}

async function serve(mailbox: Mailbox, policy: ModulePolicy): Promise<never> {
  const line = new CallerLine(mailbox);
  process.on("exit", () => mailbox.abandon());
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    process.on(event, (error: unknown) => line.print(2, `uncaught in a worker module: ${messageOf(error)}`));
  }
  redirectConsole(line.print);
  guardModules(policy);
  guardGlobals(policy);
  const workers = new BoundWorkers(line.ask);
  mailbox.send(FROM_THREAD.done);
  for (let calls = 1; ; calls += 1) {
    // In a virtual world nothing may come between two calls.
    if (!policy.virtual) await (calls % CALLS_PER_TURN === 0 ? wall.yieldToEvents() : mailbox.idle());
    const letter = mailbox.receive();
    line.begin();
    const { kind, text } = letter.kind === TO_THREAD.call ? workers.call(letter) : await prepare(letter, workers);
    line.end(kind, text);
  }
}

async function prepare(letter: Letter, workers: BoundWorkers): Promise<Outcome> {
  return letter.kind === TO_THREAD.bind ? await workers.bind(letter) : workers.renew();
}
