import { closeSync } from "node:fs";
import type { ExitCode } from "../../internal/diag/mod.ts";
import {
  type ExecutorServer,
  type Machine,
  type Script,
  ScriptedServer,
  serveLines,
} from "../../internal/executor/mod.ts";
import { realAlarms } from "../../internal/world/mod.ts";
import type { Terminal } from "./command.ts";

/** Longer than any host waits; the longest delay of a timer. */
const FOR_EVER_MS = 2 ** 31 - 1;

/** `plumb executor mock --scripted FILE` (flows §18). It ends when its script, its end of input or a signal says so. */
export async function runScripted(server: ExecutorServer, script: Script, terminal: Terminal): Promise<ExitCode> {
  // Nothing else keeps a process alive that neither reads nor waits for something.
  const letGo = realAlarms.after(FOR_EVER_MS, () => undefined);
  try {
    return await new Promise<ExitCode>((exit, fail) => {
      const machine = new StdioMachine(terminal, (code) =>
        exit({ code, name: "scripted", meaning: "as its script says" }),
      );
      const scripted = new ScriptedServer(server, script, machine, fail);
      if (script.knows("sigterm")) {
        const hear = (): void =>
          scripted.sigterm(() => {
            process.off("SIGTERM", hear);
            machine.signal("SIGTERM");
          });
        process.on("SIGTERM", hear);
      }
      serve(scripted, machine, server.frameBytes).catch(fail);
    });
  } finally {
    letGo();
    server.close();
  }
}

async function serve(scripted: ScriptedServer, machine: StdioMachine, frameBytes: number): Promise<void> {
  await scripted.start();
  if (!machine.isReading) return;
  await serveLines(machine.input(), frameBytes, scripted);
  if (machine.isReading) scripted.eof();
}

/** This process. */
class StdioMachine implements Machine {
  readonly #terminal: Terminal;
  readonly #exit: (code: number) => void;
  #reader: { cancel(): Promise<unknown> } | undefined;
  #isReading = true;
  #isWriting = true;

  constructor(terminal: Terminal, exit: (code: number) => void) {
    this.#terminal = terminal;
    this.#exit = exit;
  }

  /** Stdin was not closed on purpose. */
  get isReading(): boolean {
    return this.#isReading;
  }

  async *input(): AsyncGenerator<Uint8Array> {
    const reader = Bun.stdin.stream().getReader();
    this.#reader = reader;
    for (;;) {
      const { value } = await reader.read();
      if (value === undefined) return;
      yield value;
    }
  }

  write(bytes: Uint8Array): void {
    if (this.#isWriting) this.#terminal.out.writeBytes(bytes);
  }

  stderr(text: string): void {
    this.#terminal.err.write(text);
    this.#terminal.err.flush();
  }

  close(which: "stdout" | "stdin"): void {
    if (which === "stdout") {
      if (this.#isWriting) closeSync(1);
      this.#isWriting = false;
      return;
    }
    if (!this.#isReading) return;
    this.#isReading = false;
    this.#reader?.cancel().catch(() => undefined);
    try {
      closeSync(0);
    } catch {
      // Whoever read it has closed it.
    }
  }

  fork(ms: number): void {
    Bun.spawn(["sleep", `${ms / 1000}`], { stdin: "ignore", stdout: "inherit", stderr: "ignore" }).unref();
  }

  exit(code: number): void {
    this.#exit(code);
  }

  signal(name: string): void {
    process.kill(process.pid, name);
  }
}
