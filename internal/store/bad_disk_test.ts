import { afterAll, describe, expect, test } from "bun:test";
import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tempDir } from "../testkit/mod.ts";
import { openReader, openStore } from "./open_store.ts";

const FIXTURE = join(import.meta.dir, "writer_fixture.ts");
const newLog = (): string => join(tempDir(), "log.db");

/** How many invocations a log holds, and whether they are the first ones without a gap. */
function contents(log: string): number {
  const opened = openReader(log);
  try {
    const seqs = opened.reader.flows().flatMap((flow) => opened.reader.trace(flow).events.map(({ seq }) => seq));
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    return seqs.length;
  } finally {
    opened.close();
  }
}

/** The last line before the error, and the error, of a writer that wrote until it could not. */
function filled(output: string): { readonly acknowledged: number; readonly error: string } {
  const lines = output.trim().split("\n");
  return { acknowledged: Number(lines.at(-2)?.split(" ")[1]), error: lines.at(-1) ?? "" };
}

describe("a disk that takes no more", () => {
  test("of a limit on files: the error says what cannot be done, and nothing that was acknowledged is lost", () => {
    const log = newLog();
    // Without the trap the system would end the process.
    const script = `trap '' XFSZ; ulimit -f 1000; exec "$@"`;
    const { stdout } = Bun.spawnSync(["sh", "-c", script, "sh", process.execPath, FIXTURE, "fill", log]);
    const { acknowledged, error } = filled(stdout.toString());
    expect(error).toStartWith(`E_STORE_WRITE ${log} cannot be`);
    expect(acknowledged).toBeGreaterThan(0);
    const left = contents(log);
    expect(left).toBeGreaterThanOrEqual(acknowledged);
    expect(existsSync(`${log}.lock`)).toBe(false);
    const next = openStore(log);
    next.unit(() => next.writeInvocation({ flow_token: "f", action_uri: "A.b", args: {}, seq: left + 1 }));
    next.close();
    expect(contents(log)).toBe(left + 1);
  });

  const small = tempDir();
  const mounted = Bun.spawnSync(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small]).success;
  afterAll(() => {
    if (mounted) Bun.spawnSync(["umount", small]);
  });

  // Only the superuser may make a small disk.
  test.skipIf(!mounted)("of a full disk: the same; with room again the log goes on", () => {
    const log = join(small, "log.db");
    const ballast = join(small, "ballast");
    Bun.spawnSync(["fallocate", "-l", "300K", ballast]);
    const { stdout } = Bun.spawnSync([process.execPath, FIXTURE, "fill", log]);
    const { acknowledged, error } = filled(stdout.toString());
    expect(error).toStartWith(`E_STORE_WRITE ${log} cannot be written: the disk is full`);
    expect(acknowledged).toBeGreaterThan(0);
    const left = contents(log);
    expect(left).toBeGreaterThanOrEqual(acknowledged);
    Bun.spawnSync(["rm", ballast]);
    const next = openStore(log);
    next.unit(() => next.writeInvocation({ flow_token: "f", action_uri: "A.b", args: {}, seq: left + 1 }));
    next.close();
    expect(contents(log)).toBe(left + 1);
  });
});

describe("a log that may not be written", () => {
  /** What openStore and openReader make of it for a user who may not. */
  function opened(log: string): { readonly write: string; readonly read: string } {
    const script = `
      import { openReader, openStore } from ${JSON.stringify(join(import.meta.dir, "open_store.ts"))};
      if (process.getuid() === 0) process.setuid(65534); // the superuser may write everywhere
      const tell = (work) => { try { work().close(); return "opened"; } catch (error) { return error.code + " " + error.message; } };
      const path = ${JSON.stringify(log)};
      const said = { write: tell(() => openStore(path)), read: tell(() => openReader(path)) };
      require("node:fs").writeSync(1, JSON.stringify(said));`;
    const { stdout, stderr } = Bun.spawnSync([process.execPath, "-e", script]);
    expect(stderr.toString()).toBe("");
    return JSON.parse(stdout.toString());
  }

  function someLog(): string {
    const log = newLog();
    const store = openStore(log);
    store.migrate();
    store.writeInvocation({ flow_token: "f", action_uri: "A.b", args: {}, seq: 1 });
    store.close();
    return log;
  }

  test("in a folder that may not be written it is read, and cannot be opened for writing", () => {
    const log = someLog();
    const before = readFileSync(log);
    chmodSync(log, 0o666);
    chmodSync(dirname(log), 0o555);
    const { read, write } = opened(log);
    expect(read).toBe("opened");
    expect(write).toMatch(/^E_STORE_OPEN the writer lock .*log\.db\.lock cannot be made: EACCES/);
    expect(readdirSync(dirname(log))).toEqual(["log.db"]);
    expect(readFileSync(log).equals(before)).toBe(true);
  });

  test("a file that may not be written cannot be opened for writing, and leaves no lock", () => {
    const log = someLog();
    chmodSync(log, 0o444);
    chmodSync(dirname(log), 0o777);
    const { read, write } = opened(log);
    expect(read).toBe("opened");
    expect(write).toStartWith(`E_STORE_OPEN ${log} cannot be`);
    expect(existsSync(`${log}.lock`)).toBe(false);
  });

  test("a file that may not be read is no log to anybody", () => {
    const log = someLog();
    chmodSync(log, 0o000);
    chmodSync(dirname(log), 0o777);
    const { read, write } = opened(log);
    expect(read).toStartWith(`E_STORE_OPEN ${log} cannot be`);
    expect(write).toStartWith(`E_STORE_OPEN ${log} cannot be`);
  });
});
