import { shownValue, type ValueObject } from "../flow/mod.ts";
import { type Closed, crcText, decodeLine, encodeFrame, exitText, LineSplitter, RepFault, RPC } from "../rep/mod.ts";
import { isObject, type Value } from "../value/mod.ts";
import type { Alarms } from "../world/mod.ts";
import { type Answer, answerOf, type Heard, idOf, shownAnswer } from "./answer.ts";
import type { OpenedExecutor, TestedProcess } from "./bench.ts";
import { FrameLog, type ShownFrame } from "./frame_log.ts";
import { Broken } from "./verdict.ts";

/** The longest line that is read: no honest reply to a check comes near it. */
const LINE_BYTES = 1 << 20;
/** An executor that writes more than this between two replies floods; nothing more is read. */
const IDLE_LINES = 10_000;
const IDLE_BYTES = 8 << 20;
/** So much of a line is kept as text. */
const KEPT_TEXT = 2000;

/** So many lines of stderr are told of a process that ended. */
const TOLD_LINES = 3;

export interface WireOptions {
  readonly opened: OpenedExecutor;
  readonly alarms: Alarms;
  /** How long the first reply may take, which waits for a process to start, and any other. */
  readonly firstReplyMs: number;
  readonly replyMs: number;
  /** The id of the first request. */
  readonly firstId: number;
}

/** A conversation with an executor, byte for byte and line for line: unlike a session it goes on whatever comes. */
export class Wire {
  readonly process: TestedProcess | undefined;
  #log = new FrameLog();
  readonly #options: WireOptions;
  readonly #splitter: LineSplitter;
  readonly #waiting = new Set<() => void>();
  #heard: Heard[] = [];
  #answers: Answer[] = [];
  #idleLines = 0;
  #idleBytes = 0;
  #closed: Closed | "floods" | undefined;
  #nextId: number;
  /** Replies to requests of before are no matter any more, even where they come once more. */
  #pastBefore: number;
  #hasAnswered = false;

  constructor(options: WireOptions) {
    this.#options = options;
    this.#nextId = options.firstId;
    this.#pastBefore = options.firstId;
    const { transport, process } = options.opened;
    this.process = process;
    this.#splitter = new LineSplitter(LINE_BYTES, {
      line: (bytes) => this.#line(bytes),
      tooLong: () => this.#flood(),
    });
    transport.listen({
      received: (bytes) => this.#received(bytes),
      closed: (reason) => {
        this.#closed ??= reason;
        this.#wake();
      },
    });
  }

  /** What was heard since the last `forget`. */
  get heard(): readonly Heard[] {
    return this.#heard;
  }

  /** What was said, of both sides. */
  get frames(): readonly ShownFrame[] {
    return this.#log.frames;
  }

  /** The beginning of a line whose end has not come. */
  get partial(): string {
    return Buffer.from(this.#splitter.partial).toString();
  }

  /** Nothing more comes. */
  get isClosed(): boolean {
    return this.#closed !== undefined;
  }

  /** The replies so far, whatever their ids. */
  get answers(): readonly Answer[] {
    return this.#answers;
  }

  /** Milliseconds, of the alarms. */
  now(): number {
    return this.#options.alarms.monotonicMs();
  }

  /** What was sent and heard so far is no matter any more. */
  forget(): void {
    this.#heard = [];
    this.#answers = [];
    this.#pastBefore = this.#nextId;
    this.#log = new FrameLog();
  }

  /** Sends a text as one line. */
  line(text: string): void {
    this.raw(this.framed(text), text);
  }

  /** The bytes of a line. */
  framed(text: string): string {
    const { hasCrc } = this.#options.opened.transport.frames;
    return hasCrc ? `${text}\t${crcText(Buffer.from(text))}\n` : `${text}\n`;
  }

  /** Sends bytes of UTF-8 as they are. */
  raw(bytes: string, shown = bytes): void {
    if (shown !== "") this.#log.add("host", shown.trimEnd());
    this.#options.opened.transport.send(bytes);
  }

  /** Sends a request; returns its id. */
  request<Id extends number | string>(method: string, params: object, id?: Id): Id | number {
    const chosen = id ?? this.#takeId();
    this.line(this.requestText(method, params, chosen));
    return chosen;
  }

  /** A request as JSON. */
  requestText(method: string, params: object, id: number | string = this.#takeId()): string {
    const message = { jsonrpc: "2.0", id, method, params };
    return encodeFrame(message, { hasCrc: false, hasNoise: false, resends: false }).trimEnd();
  }

  /** Waits for the reply to a request, whose id it must have, of the same type. @throws Broken */
  async reply(id: number | string, what: string, ms = this.#replyMs): Promise<Answer> {
    const found = await this.until(() => this.answers.find((answer) => idOf(answer) === id), ms);
    if (found === undefined) throw new Broken(this.#silence(what, ms));
    this.#hasAnswered = true;
    return found;
  }

  /** Sends a request and waits for its reply. @throws Broken */
  async call(method: string, params: object, ms = this.#replyMs): Promise<Answer> {
    const { resends } = this.#options.opened.transport.frames;
    const id = this.#takeId();
    const text = this.requestText(method, params, id);
    this.line(text);
    if (resends) {
      // Bytes get lost there (flows §13, Transports).
      for (let again = 0; again < 3; again += 1) {
        const early = await this.until(() => this.answers.find((answer) => idOf(answer) === id), ms / 4);
        if (early !== undefined || this.isClosed) break;
        this.line(text);
      }
    }
    return await this.reply(id, method, resends ? ms / 4 : ms);
  }

  /** The result of a request. @throws Broken: there is none, or it is no object */
  async result(method: string, params: object, ms = this.#replyMs): Promise<ValueObject> {
    const answer = await this.call(method, params, ms);
    if (answer.result === undefined) throw new Broken(`${method} was answered with ${shownAnswer(answer)}`);
    if (!isObject(answer.result)) throw new Broken(`the result of ${method} is ${shownValue(answer.result)}`);
    return answer.result;
  }

  /** Waits until there is something, nothing more can come, or time is over. */
  until<T>(look: () => T | undefined, ms: number): Promise<T | undefined> {
    return new Promise((resolve) => {
      const done = (value: T | undefined): void => {
        this.#waiting.delete(again);
        off();
        resolve(value);
      };
      const again = (): void => {
        const value = look();
        if (value !== undefined || this.isClosed) done(value);
      };
      const off = this.#options.alarms.after(ms, () => done(look()));
      this.#waiting.add(again);
      again();
    });
  }

  /** Lets time pass, whatever comes meanwhile. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#options.alarms.after(ms, resolve);
    });
  }

  /** How it ended, within a time; undefined: it lives. */
  async ended(ms: number): Promise<string | undefined> {
    const { process } = this;
    if (process === undefined) throw new Error("there is no process");
    return await new Promise((resolve) => {
      const off = this.#options.alarms.after(ms, () => resolve(undefined));
      process.exited.then((exit) => {
        off();
        resolve(exitText(exit));
      });
    });
  }

  async end(): Promise<void> {
    this.#splitter.stop();
    // One that never said a word is not given time to say goodbye.
    if (!this.#hasAnswered) this.process?.terminate();
    await this.#options.opened.transport.end();
  }

  get #replyMs(): number {
    return this.#hasAnswered ? this.#options.replyMs : this.#options.firstReplyMs;
  }

  #takeId(): number {
    this.#nextId += 1;
    return this.#nextId - 1;
  }

  #received(bytes: Uint8Array): void {
    this.#idleBytes += bytes.length;
    this.#splitter.push(bytes);
    if (this.#idleLines > IDLE_LINES || this.#idleBytes > IDLE_BYTES) this.#flood();
    this.#wake();
  }

  /** False: nothing more is read. */
  #flood(): false {
    this.#splitter.stop();
    this.#closed ??= "floods";
    return false;
  }

  #line(bytes: Uint8Array): boolean {
    this.#idleLines += 1;
    if (this.#idleLines > IDLE_LINES) return this.#flood();
    try {
      const decoded = decodeLine(bytes, this.#options.opened.transport.frames);
      if (decoded.kind === "blank") return true;
      const text = Buffer.from(bytes.subarray(0, KEPT_TEXT)).toString();
      if (decoded.kind === "noise") this.#log.add("executor", text, bytes.length);
      else this.#hear(text, decoded.value, undefined, bytes.length);
    } catch (error) {
      if (!(error instanceof RepFault)) throw error;
      this.#hear(Buffer.from(bytes.subarray(0, KEPT_TEXT)).toString(), undefined, error.message, bytes.length);
    }
    return true;
  }

  #hear(text: string, value: Value | undefined, problem: string | undefined, bytes: number): void {
    const heard = { text, value, problem, atMs: this.now() };
    this.#log.add("executor", text, bytes);
    this.#heard.push(heard);
    this.#refuse(value);
    const answer = answerOf(heard);
    if (answer === undefined) return;
    const id = idOf(answer);
    if (!this.#isPast(id)) this.#answers.push(answer);
    if (id === null || id === undefined) return;
    this.#idleLines = 0;
    this.#idleBytes = 0;
  }

  #isPast(id: Value | undefined): boolean {
    return typeof id === "number" && id >= this.#options.firstId && id < this.#pastBefore;
  }

  /** An executor must not ask (flows §12). */
  #refuse(value: Value | undefined): void {
    if (value === undefined || !isObject(value) || value.id === undefined || value.method === undefined) return;
    const error = { code: RPC.noMethod, message: "a host answers no requests" };
    const reply = encodeFrame({ jsonrpc: "2.0", id: value.id, error }, this.#options.opened.transport.frames);
    this.raw(reply);
  }

  #wake(): void {
    for (const again of [...this.#waiting]) again();
  }

  #silence(what: string, ms: number): string {
    const unfinished = this.partial === "" ? "" : `; there is a line without LF: ${this.partial.slice(0, 200)}`;
    const reason = this.#closed;
    if (reason === undefined) return `no reply to ${what} within ${ms} ms${unfinished}`;
    if (reason === "floods") return `no reply to ${what}: it writes without end what answers nothing`;
    const how = reason.kind === "exit" ? `it ended with ${exitText(reason.exit)}` : "it closed its output";
    const lines = this.#options.opened.transport.stderr?.since(0).lines.slice(-TOLD_LINES) ?? [];
    const told = lines.length === 0 ? "" : `; on stderr: ${lines.map(({ text }) => text).join(" / ")}`;
    return `no reply to ${what}: ${how}${unfinished}${told}`;
  }
}
