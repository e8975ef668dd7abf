import { readSync, writeSync } from "node:fs";
import { openStore } from "./open_store.ts";
import type { Store } from "./store.ts";
import { StoreError } from "./store_error.ts";

// A writer in a process of its own, for tests that kill it, race it or fill its disk: `bun writer_fixture.ts DEED LOG`. It
// tells what it did as lines, and goes on when a line comes.

const [deed = "", log = ""] = process.argv.slice(2);
const say = (text: string): void => void writeSync(1, `${text}\n`);
const waitForLine = (): void => void readSync(0, new Uint8Array(1));
let seq = 0;

const DEEDS: Readonly<Record<string, () => void>> = {
  /** Commits one invocation and writes a second one, in a unit that stays open until it is killed. */
  hold: () => {
    const store = open(log);
    write(store);
    store.flush();
    store.begin();
    write(store);
    say("open");
    waitForLine();
  },
  /** At a line, wants the lock without waiting for anybody. */
  race: () => {
    say("ready");
    waitForLine();
    open(log);
    say("won");
    waitForLine();
  },
  /** Commits until that fails. */
  fill: () => {
    const store = open(log);
    try {
      for (; seq < 100_000; say(`acknowledged ${seq}`)) {
        for (let n = 0; n < 20; n++) store.unit(() => write(store));
        store.flush();
      }
    } finally {
      store.close();
    }
  },
};

function open(path: string): Store {
  const store = openStore(path, { wait: { now: () => 0, waitMs: 0 } });
  store.migrate();
  return store;
}

function write(store: Store): void {
  seq++;
  store.writeInvocation({ flow_token: "f", action_uri: "A.b", args: { text: "x".repeat(500) }, seq });
}

try {
  DEEDS[deed]?.();
} catch (error) {
  if (!(error instanceof StoreError)) throw error;
  say(`${error.code} ${error.message}`);
}
