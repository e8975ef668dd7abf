import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "../testkit/mod.ts";
import { isDead, readOwner, thisOwner, writeOwner } from "./lock_owner.ts";
import { WriterLock } from "./writer_lock.ts";

/** Time that passes when somebody waits. */
function quick() {
  const time = { ms: 0, pauses: 0 };
  const pause = (ms: number): void => {
    time.ms += ms;
    time.pauses++;
  };
  return { time, wait: { now: () => time.ms, pause } };
}

const newLog = (): string => join(tempDir(), "log.db");
const BUSY = expect.objectContaining({ code: "E_STORE_BUSY" });

describe("the writer lock", () => {
  test("holds process id and boot id, keeps a second writer out for 5 s, and is gone when released", () => {
    const log = newLog();
    const { time, wait } = quick();
    const lock = WriterLock.acquire(log, wait);
    expect(readOwner(readFileSync(`${log}.lock`, "utf8"))).toEqual(thisOwner());
    expect(time.pauses).toBe(0);
    expect(() => WriterLock.acquire(log, wait)).toThrow(BUSY);
    expect(time.ms).toBe(5000);
    lock.release();
    lock.release();
    expect(readdirSync(join(log, ".."))).toEqual([]);
  });

  test("a writer that ends within the wait lets the next one in", () => {
    const log = newLog();
    const { time, wait } = quick();
    const first = WriterLock.acquire(log, wait);
    const pause = (ms: number): void => {
      wait.pause(ms);
      if (time.ms === 100) first.release();
    };
    WriterLock.acquire(log, { ...wait, pause }).release();
    expect(time.ms).toBe(100);
  });

  test.each([
    ["a process that has ended", { pid: 2 ** 22 + 1 }],
    ["another boot", { boot_id: "00000000-0000-0000-0000-000000000000", pid: 1 }],
    ["another process with the same id", { pid: process.ppid, start: 1 }],
    ["an earlier process with our own id", {}],
  ])("the lock of %s is taken over at once", (_, owner) => {
    const log = newLog();
    writeFileSync(`${log}.lock`, writeOwner({ ...thisOwner(), ...owner }));
    const { time, wait } = quick();
    const lock = WriterLock.acquire(log, wait);
    expect(time.pauses).toBe(0);
    expect(readOwner(readFileSync(`${log}.lock`, "utf8"))).toEqual(thisOwner());
    lock.release();
    expect(existsSync(`${log}.lock`)).toBe(false);
  });

  test.each(["", '{"boot_id":"', "\0\0\0\0"])("a lock that a lost power tore, %j, is taken over", (text) => {
    const log = newLog();
    writeFileSync(`${log}.lock`, text);
    const { time, wait } = quick();
    const lock = WriterLock.acquire(log, wait);
    expect(time.pauses).toBe(0);
    expect(readOwner(readFileSync(`${log}.lock`, "utf8"))).toEqual(thisOwner());
    lock.release();
  });

  test("the lock of a living process is left alone, and so is a file that we cannot judge", () => {
    for (const text of [writeOwner({ ...thisOwner(), pid: process.ppid, start: 0 }), "{}", "1234\n"] as const) {
      const log = newLog();
      writeFileSync(`${log}.lock`, text);
      expect(() => WriterLock.acquire(log, quick().wait)).toThrow(BUSY);
      expect(readFileSync(`${log}.lock`, "utf8")).toBe(text);
    }
  });
});

test("this process is not dead", () => {
  expect(isDead(thisOwner())).toBe(false);
  expect(thisOwner().boot_id).not.toBe("");
});
