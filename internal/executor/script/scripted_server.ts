import { decodeLine, type LineTaker, PLAIN_FRAMES, RepFault } from "../../rep/mod.ts";
import { exactJson, isObject, type Value } from "../../value/mod.ts";
import { type Wall, wall } from "../../world/mod.ts";
import type { ExecutorServer } from "../executor_server.ts";
import type { Action } from "./actions.ts";
import type { Machine } from "./machine.ts";
import type { Script } from "./script.ts";

/** A flood goes out in pieces of about so many bytes; between two of them signals are heard. */
const PIECE_BYTES = 64 << 10;

/** An executor that is honest but for its script (flows §18). Requests do not wait for each other. */
export class ScriptedServer implements LineTaker {
  readonly #server: ExecutorServer;
  readonly #script: Script;
  readonly #machine: Machine;
  readonly #failed: (error: unknown) => void;
  readonly #wall: Wall;
  #chunk = Number.POSITIVE_INFINITY;
  #lastReply: Uint8Array | undefined;

  /** `failed` hears of what went wrong while nobody waited, such as a reader of stdout that is gone. */
  constructor(
    server: ExecutorServer,
    script: Script,
    machine: Machine,
    failed: (error: unknown) => void,
    clock: Wall = wall,
  ) {
    this.#server = server;
    this.#script = script;
    this.#machine = machine;
    this.#failed = failed;
    this.#wall = clock;
  }

  /** Resolves when the first request may be read. */
  async start(): Promise<void> {
    await this.#do(this.#script.next("start") ?? [], undefined, () => undefined);
  }

  line(bytes: Uint8Array): boolean {
    // They are valid during this call only.
    const line = Uint8Array.from(bytes);
    const honest = () => this.#reply(this.#server.answer(line));
    const request = requestOf(line);
    const actions = request === undefined ? undefined : this.#script.next(request.method);
    if (actions === undefined) honest();
    else this.#do(actions, request?.id, honest).catch(this.#failed);
    return true;
  }

  tooLong(): boolean {
    this.#reply(this.#server.tooLong());
    return true;
  }

  /** Stdin has ended. Whoever does not exit then lingers. */
  eof(): void {
    const exit = () => this.#machine.exit(0);
    const actions = this.#script.next("eof");
    if (actions === undefined) exit();
    else this.#do(actions, undefined, exit).catch(this.#failed);
  }

  /** `die` is what happens without a rule. */
  sigterm(die: () => void): void {
    const actions = this.#script.next("sigterm");
    if (actions === undefined) die();
    else this.#do(actions, undefined, die).catch(this.#failed);
  }

  async #do(actions: readonly Action[], id: Value | undefined, honest: () => void): Promise<void> {
    for (const action of actions) {
      switch (action.name) {
        case "default":
          honest();
          break;
        case "ignore":
          break;
        case "result":
          this.#reply(exactJson({ jsonrpc: "2.0", id: id ?? null, result: action.value }));
          break;
        case "error": {
          const { code, message = "as scripted", ...data } = action.value;
          this.#reply(exactJson({ jsonrpc: "2.0", id: id ?? null, error: { code, message, ...data } }));
          break;
        }
        case "nest": {
          const result = `${'{"a":'.repeat(action.value)}{}${"}".repeat(action.value)}`;
          this.#reply(`{"jsonrpc":"2.0","id":${exactJson(id ?? null)},"result":${result}}`);
          break;
        }
        case "raw":
          this.#say(Buffer.from(withId(action.value, id)));
          break;
        case "hex":
          this.#say(Buffer.from(action.value.replaceAll(/\s/g, ""), "hex"));
          break;
        case "flood":
          await this.#flood(withId(action.value.text, id), action.value.bytes);
          break;
        case "repeat":
          for (let times = 0; times < action.value && this.#lastReply !== undefined; times += 1)
            this.#write(this.#lastReply);
          break;
        case "chunk":
          this.#chunk = action.value;
          break;
        case "sleep_ms":
          await this.#wall.pause(action.value);
          break;
        case "stderr":
          await this.#stderr(action.value.text, action.value.times ?? 1);
          break;
        case "close":
          this.#machine.close(action.value);
          break;
        case "fork_ms":
          this.#machine.fork(action.value);
          break;
        case "exit":
          this.#machine.exit(action.value);
          return;
        case "signal":
          this.#machine.signal(action.value);
          break;
        default:
          action satisfies never;
      }
    }
  }

  #reply(frame: string | undefined): void {
    if (frame !== undefined) this.#say(Buffer.from(`${frame}\n`));
  }

  #say(bytes: Uint8Array): void {
    this.#lastReply = bytes;
    this.#write(bytes);
  }

  #write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += this.#chunk) this.#machine.write(bytes.subarray(at, at + this.#chunk));
  }

  async #flood(text: string, bytes: number): Promise<void> {
    const one = Buffer.from(text);
    const piece = Buffer.from(text.repeat(Math.ceil(PIECE_BYTES / one.length)));
    let left = Math.ceil(bytes / one.length) * one.length;
    while (left > 0) {
      this.#write(left < piece.length ? piece.subarray(0, left) : piece);
      left -= piece.length;
      if (left > 0) await this.#wall.yieldToEvents();
    }
  }

  async #stderr(text: string, times: number): Promise<void> {
    const line = text.endsWith("\n") ? text : `${text}\n`;
    const most = Math.max(1, Math.ceil(PIECE_BYTES / line.length));
    for (let left = times; left > 0; left -= most) {
      this.#machine.stderr(line.repeat(Math.min(most, left)));
      if (left > most) await this.#wall.yieldToEvents();
    }
  }
}

function withId(text: string, id: Value | undefined): string {
  return text.replaceAll("$id", () => exactJson(id ?? null));
}

function requestOf(line: Uint8Array): { readonly method: string; readonly id: Value | undefined } | undefined {
  try {
    const decoded = decodeLine(line, PLAIN_FRAMES);
    if (decoded.kind !== "frame" || !isObject(decoded.value)) return undefined;
    const { method, id } = decoded.value;
    return typeof method === "string" ? { method, id } : undefined;
  } catch (error) {
    if (!(error instanceof RepFault)) throw error;
    return undefined;
  }
}
