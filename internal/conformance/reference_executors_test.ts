import { afterAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { ReferenceExecutors } from "../testkit/mod.ts";
import { type CheckRecord, checkExecutor } from "./mod.ts";

// The executors that ship hold every rule (flows §18, §21). The mock is checked as the binary's users check it, by the command's test.

setDefaultTimeout(120_000);

const executors = new ReferenceExecutors();
afterAll(() => executors[Symbol.dispose]());

/** Without what python looks for first, which takes most of its start. */
const commandOf = (path: string) => (path.endsWith(".py") ? ["python3", "-S", "-E", path] : [path]);
const withStatus = (records: readonly CheckRecord[], status: CheckRecord["status"]) =>
  records.filter((record) => record.status === status);

describe("flows row 24", () => {
  test.each(executors.all)("the executor in %s passes every check", async (_, path) => {
    const records = await checkExecutor(commandOf(path));
    expect(withStatus(records, "fail")).toEqual([]);
    expect(withStatus(records, "ok")).toHaveLength(75);
  });
});

describe("flows row 27", () => {
  const [, c] = executors.all.find(([name]) => name === "c") ?? [];
  test.if(c !== undefined && Bun.which("socat") !== null)("the executor in C passes behind one socket", async () => {
    using server = new SocketServer(c ?? "");
    const records = await checkExecutor([], { transport: `tcp://127.0.0.1:${await server.port()}` });
    expect(withStatus(records, "fail")).toEqual([]);
    expect(withStatus(records, "n/a").map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6].map((at) => `REP-PROC-0${at}`));
  });
});

/** `socat` with one connection only: all checks go over that. */
class SocketServer {
  readonly #process: Bun.Subprocess<"ignore", "ignore", "pipe">;

  constructor(path: string) {
    this.#process = Bun.spawn(["socat", "-d", "-d", "TCP-LISTEN:0,bind=127.0.0.1", `EXEC:${path}`], {
      stdin: "ignore",
      stdout: "ignore",
      stderr: "pipe",
      env: { ...process.env, PLUMB_CHECK: "1" },
    });
  }

  /** It chooses one, and says so. */
  async port(): Promise<number> {
    let said = "";
    const decoder = new TextDecoder();
    for await (const bytes of this.#process.stderr) {
      said += decoder.decode(bytes);
      const [, port] = /listening on .*:(\d+)/.exec(said) ?? [];
      if (port !== undefined) return Number(port);
    }
    throw new Error(`socat said ${said}`);
  }

  [Symbol.dispose](): void {
    this.#process.kill();
  }
}
