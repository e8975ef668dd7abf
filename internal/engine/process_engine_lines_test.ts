import { afterAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { RunEvent } from "../flow/mod.ts";
import { ExecutorScripts, ReferenceExecutors, sampleIr, tempDir } from "../testkit/mod.ts";
import type { RunRequest } from "./engine.ts";
import { executorSetup } from "./executor_fixtures.ts";
import type { ExecutorSetup } from "./executor_setup.ts";
import { ProcessEngine } from "./process_engine.ts";

// Engine proc over TCP and over a serial line (flows §13, Transports). The C executor stands at the other end.

setDefaultTimeout(30_000);

const references = new ReferenceExecutors();
const scripts = new ExecutorScripts();
const folder = tempDir();
const C_EXECUTOR = references.all.find(([name]) => name === "c")?.[1] ?? "";
const hasC = C_EXECUTOR !== "";

afterAll(() => {
  references[Symbol.dispose]();
  scripts[Symbol.dispose]();
});

const READ = { id: "read", type: "opcua.read", with: { endpoint: "e", node_ids: ["n"] } };
const IR = sampleIr([READ, { id: "out", type: "dsl.emit", with: { n: "$step.read.values.n" } }], ["read -> out"]);
const REQUEST: RunRequest = { ir: IR, inputs: {}, runId: "run-1", traceId: "0".repeat(32), timeoutMs: 20_000 };

async function run(setup: Partial<ExecutorSetup>, request: Partial<RunRequest> = {}) {
  const engine = new ProcessEngine(executorSetup("", { executor: undefined, language: "c", ...setup }));
  const { result, warnings } = await engine.run({ ...REQUEST, ...request });
  await engine.close();
  return { ...result, codes: warnings.map(({ code }) => code) };
}

/** Puts an executor behind a TCP port, one process a connection: what `socat TCP-LISTEN:P,fork EXEC:…` does. */
function proxy(command: readonly string[]): { readonly port: number; stop(): void } {
  type Child = Bun.Subprocess<"pipe", "pipe", "inherit">;
  const server = Bun.listen<{ child: Child }>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open(socket) {
        const child = Bun.spawn([...command], { stdin: "pipe", stdout: "pipe", lazy: true });
        socket.data = { child };
        (async () => {
          for await (const bytes of child.stdout) socket.write(bytes);
          socket.end();
        })();
      },
      data({ data }, bytes) {
        data.child.stdin.write(bytes);
        data.child.stdin.flush();
      },
      close: ({ data }) => void data.child.stdin.end(),
    },
  });
  return { port: server.port, stop: () => server.stop(true) };
}

describe("over TCP", () => {
  test.if(hasC)("flows row 27: an executor behind a socket runs flows as on stdio", async () => {
    const server = proxy([C_EXECUTOR]);
    const address = { kind: "tcp", host: "127.0.0.1", port: server.port } as const;
    const { status, outputs, events, codes } = await run({ address });
    expect([status, outputs, events.length, codes]).toEqual(["completed", { n: 80 }, 4, []]);
    const big = await run({ address }, { inputs: { text: "x".repeat(40_000) } });
    expect(big.status).toBe("completed");
    server.stop();
  });

  test("what an executor_path names is started first, and ends with the run", async () => {
    const port = freePort();
    const body = `const answers = { Capabilities: CAPABILITIES, StartRun: { run_id: "run-1" }, Poll: FINAL };
      await Bun.sleep(100);
      Bun.listen({ hostname: "127.0.0.1", port: ${port}, socket: { data(socket, bytes) {
        const q = JSON.parse(bytes.toString());
        socket.write(JSON.stringify({ jsonrpc: "2.0", id: q.id, result: answers[q.method.slice(8)] }) + "\\n");
      } } });
      console.log("listening");
      process.stdin.on("end", () => process.exit(0)); process.stdin.resume();`;
    const ir = sampleIr([{ id: "a", type: "k" }], []);
    const executor = { path: scripts.write(body), args: [] };
    const { status, outputs, codes } = await run(
      { executor, address: { kind: "tcp", host: "127.0.0.1", port } },
      { ir },
    );
    expect([status, outputs, codes]).toEqual(["completed", { r: 1 }, []]);
  });

  test("a connection that is closed in the run is Eof, one that is refused is Connect", async () => {
    const server = proxy(["head", "-c", "1"]);
    const closed = await run({ address: { kind: "tcp", host: "127.0.0.1", port: server.port } });
    server.stop();
    expect([closed.status, closed.error?.name]).toEqual(["failed", "E_REP_EOF"]);
    const refused = await run({ address: { kind: "tcp", host: "127.0.0.1", port: freePort() } });
    expect([refused.error?.name, refused.error?.data.blame]).toEqual(["E_REP_CONNECT", "environment"]);
  });
});

/** A port that nobody listens on just now. */
function freePort(): number {
  const server = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  const { port } = server;
  server.stop(true);
  return port;
}

const hasPython = Bun.which("python3") !== null;

describe("over a serial line", () => {
  const DEVICE = resolve(import.meta.dir, "../../testdata/executors/serial/device.py");

  async function onLine(
    flips: number,
    command: readonly string[],
    setup: Partial<ExecutorSetup>,
    crc: boolean,
    line: readonly string[] = [],
  ) {
    const device = Bun.spawn(["python3", DEVICE, String(flips), ...line, "--", ...command], {
      stdin: "pipe",
      stdout: "pipe",
      lazy: true,
    });
    const { value } = await device.stdout.getReader().read();
    const path = Buffer.from(value ?? [])
      .toString()
      .trim();
    const address = { kind: "serial", device: path, baud: 115_200, hasCrc: crc } as const;
    const result = await run({ address, ...setup });
    device.stdin.end();
    await device.exited;
    return result;
  }

  const consoleLines = (events: readonly RunEvent[]) =>
    events.flatMap((event) => (event.type === "log" && event.stream === "console" ? [event.message] : []));

  test.if(hasC && hasPython)("console lines between frames become log events (flows §17, row 5)", async () => {
    const { status, outputs, events } = await onLine(0, [C_EXECUTOR], {}, false);
    expect([status, outputs]).toEqual(["completed", { n: 80 }]);
    expect(consoleLines(events)).toContain("temp=21.5");
    expect(events.find(({ type }) => type === "log")).toMatchObject({ level: "debug", stream: "console" });
  });

  test.if(hasC && hasPython)("flows row 28: with CRC a run completes though one byte in 500 is flipped", async () => {
    const { status, outputs, events, codes } = await onLine(500, [C_EXECUTOR, "--crc"], { callTimeoutMs: 2000 }, true);
    expect([status, outputs, codes]).toEqual(["completed", { n: 80 }, []]);
    // Lines that a flipped bit has made noise.
    expect(consoleLines(events).some((line) => line.includes("jsonrpc"))).toBe(true);
  });

  test.if(hasC && hasPython && Bun.which("socat") !== null)("the same over a pair of lines made by socat", async () => {
    const ends = ["a", "b"].map((name) => join(folder, name));
    const pair = Bun.spawn(["socat", ...ends.map((end) => `pty,raw,echo=0,link=${end}`)]);
    while (!ends.every((end) => existsSync(end))) await Bun.sleep(10);
    const setup = {
      address: { kind: "serial", device: ends[0] ?? "", baud: 115_200, hasCrc: true },
      callTimeoutMs: 2000,
    } as const;
    const { status, outputs } = await onLine(500, [C_EXECUTOR, "--crc"], setup, true, ["--line", ends[1] ?? ""]);
    pair.kill();
    expect([status, outputs]).toEqual(["completed", { n: 80 }]);
  });

  test("a line that is not there is Connect", async () => {
    for (const device of ["/dev/no-such-line", "/dev/null"]) {
      const { error } = await run({ address: { kind: "serial", device, baud: 9600, hasCrc: false } });
      expect([error?.name, error?.data.blame]).toEqual(["E_REP_CONNECT", "environment"]);
    }
  });
});
