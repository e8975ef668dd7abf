import { ExecutorServer } from "../../executor/mod.ts";
import {
  LineSplitter,
  PLAIN_FRAMES,
  type ProcessExit,
  type Transport,
  type TransportEnd,
  type TransportListener,
} from "../../rep/mod.ts";
import { exactJson, parseExact, type Value } from "../../value/mod.ts";
import type { Bench, Environment, TestedProcess } from "../bench.ts";
import type { QuickAlarms } from "./quick_alarms.ts";
import type { ReplyDraft, RequestDraft, Twist } from "./twist.ts";

/** Small, so that a line beyond it is quickly made. */
const FRAME_BYTES = 64 << 10;

/** Brings executors that break a rule, each as if it were a process. */
export function twistedBench(alarms: QuickAlarms, twist: () => Twist): Bench {
  return {
    hasProcesses: true,
    bytesPerSecond: undefined,
    async open(environment) {
      const process = new TwistedExecutor(alarms, twist(), environment);
      return { transport: process, process };
    },
  };
}

/** The mock in this process, with a twist. */
class TwistedExecutor implements Transport, TestedProcess {
  readonly frames = PLAIN_FRAMES;
  readonly stderr = undefined;
  readonly exited: Promise<ProcessExit>;
  readonly #alarms: QuickAlarms;
  readonly #twist: Twist;
  readonly #server: ExecutorServer;
  readonly #splitter: LineSplitter;
  #tellExit: (exit: ProcessExit) => void = () => undefined;
  #listener: TransportListener | undefined;
  #isOver = false;
  #runs = 0;

  constructor(alarms: QuickAlarms, twist: Twist, environment: Environment) {
    this.#alarms = alarms;
    this.#twist = twist;
    const time = () => alarms.runTime();
    this.#server = new ExecutorServer({ version: "1.0.0", offersChecks: true, frameBytes: FRAME_BYTES, time });
    this.exited = new Promise((resolve) => {
      this.#tellExit = resolve;
    });
    this.#splitter = new LineSplitter(FRAME_BYTES, {
      line: (bytes) => this.#line(Buffer.from(bytes)),
      tooLong: () => this.#tooLong(),
    });
    if (twist.needsVariables === true && environment === "bare") this.#exit({ exitCode: 1 });
  }

  get leftSomebody(): boolean {
    return this.#twist.leavesSomebody === true;
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    if (this.#isOver) this.#close();
    if (this.#twist.banner !== undefined) this.#say(this.#twist.banner);
  }

  send(text: string): undefined {
    this.#splitter.push(Buffer.from(this.#twist.chunk?.(text) ?? text));
  }

  sendBytes(bytes: Uint8Array): undefined {
    this.#splitter.push(bytes);
  }

  closeStdin(): void {
    const ms = this.#twist.eofMs?.(this.#runs > 0) ?? 0;
    this.#alarms.after(ms, () => this.#exit({ exitCode: this.#twist.eofStatus ?? 0 }));
  }

  terminate(): void {
    if (this.#twist.ignoresSigterm !== true) this.#exit({ signal: "SIGTERM" });
  }

  async end(): Promise<TransportEnd> {
    this.#listener = undefined;
    this.#exit({ exitCode: 0 });
    return { exit: { exitCode: 0 }, wasKilled: false };
  }

  #line(line: Buffer): boolean {
    const instead = this.#twist.line?.(line.toString());
    if (instead === "dies") this.#exit({ exitCode: 1 });
    else if (instead !== undefined) this.#say(instead);
    else this.#read(line);
    return true;
  }

  #tooLong(): boolean {
    const instead = this.#twist.line?.("(too long)");
    if (instead === "dies") this.#exit({ exitCode: 1 });
    else this.#say(instead ?? `${this.#server.tooLong()}\n`);
    return true;
  }

  #read(line: Buffer): void {
    const request = requestIn(line);
    const ms = request === undefined ? 0 : (this.#twist.delayMs?.(request) ?? 0);
    if (ms > 0) this.#alarms.after(ms, () => this.#answer(line, request));
    else this.#answer(line, request);
  }

  #answer(line: Buffer, request: RequestDraft | undefined): void {
    if (request === undefined) {
      const reply = this.#server.answer(line);
      if (reply !== undefined) this.#say(`${reply}\n`);
      return;
    }
    if (request.method === "Runtime.StartRun") this.#runs += 1;
    const verdict = this.#twist.request?.(request);
    if (verdict === "dies") {
      this.#exit({ exitCode: 1 });
      return;
    }
    const id = request.id ?? null;
    const honest = () => this.#server.answer(Buffer.from(exactJson(request)));
    const text = verdict === undefined ? honest() : exactJson({ jsonrpc: "2.0", id, ...verdict });
    if (text === undefined) return;
    const reply = parseExact(text) as unknown as ReplyDraft;
    this.#twist.reply?.(reply, request);
    this.#say(`${exactJson(reply)}\n`);
  }

  #say(text: string): void {
    const bytes = Buffer.from(this.#twist.text?.(text) ?? text);
    queueMicrotask(() => this.#listener?.received(bytes));
  }

  #exit(exit: ProcessExit): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#splitter.stop();
    this.#server.close();
    this.#tellExit(exit);
    queueMicrotask(() => this.#close(exit));
  }

  #close(exit: ProcessExit = { exitCode: 1 }): void {
    this.#listener?.closed({ kind: "exit", exit });
    this.#listener = undefined;
  }
}

/** A line that is a request; what is none goes to the honest executor as it is. */
function requestIn(line: Buffer): RequestDraft | undefined {
  let value: Value;
  try {
    value = parseExact(line.toString());
  } catch {
    return undefined;
  }
  const isRequest = typeof value === "object" && value !== null && !Array.isArray(value) && "method" in value;
  return isRequest ? (value as unknown as RequestDraft) : undefined;
}
