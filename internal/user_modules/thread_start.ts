import type { MailboxMemory } from "./mailbox.ts";
import type { ModulePolicy } from "./module_policy.ts";

/** What a thread is told first, and by message; everything after that goes through the mailbox. */
export interface ThreadStart {
  readonly memory: MailboxMemory;
  readonly policy: ModulePolicy;
  /** Real milliseconds after which a thread that waits for something of its own says that it is alive. */
  readonly beatMs: number;
}
