import * as v from "valibot";
import { LocalEngine, POLICY_APPLY, policyDocument, type RunTime } from "../engine/mod.ts";
import {
  CONTROL_KINDS,
  checkInputs,
  checkIr,
  type FlowIr,
  RUN_CODE,
  type ValueObject,
  VERSION_REFUSED,
} from "../flow/mod.ts";
import {
  decodeLine,
  MAX_FRAME_BYTES,
  METHODS,
  type Method,
  PLAIN_FRAMES,
  PollParamsSchema,
  RepFault,
  RPC,
} from "../rep/mod.ts";
import { exactJson, isObject, type Value } from "../value/mod.ts";
import { freshRunId, freshTraceId, type Wall, wall } from "../world/mod.ts";
import { CHECK_KINDS, MOCK_KINDS, mockSteps } from "./mock_steps.ts";
import { Refused } from "./refused.ts";
import { ServerRun } from "./server_run.ts";

const CONCURRENCY = 4;
/** Runs that have ended are known for so many more. */
const FINISHED_KEPT = 1024;

export interface ExecutorServerOptions {
  /** plumb's. */
  readonly version: string;
  /** The host is the conformance suite: `check.*` are there too. */
  readonly offersChecks?: boolean;
  /** Bytes of a frame; default: as many as REP allows. */
  readonly frameBytes?: number;
  readonly wall?: Wall;
  /** The time of a run; default: real. */
  readonly time?: () => RunTime;
}

/** The result of a method, or its JSON. */
type Answer = ValueObject | string;

/** Answers the requests of one host (flows §12), each at once; runs go on between them. */
export class ExecutorServer {
  readonly #options: ExecutorServerOptions;
  readonly #runs = new Map<string, ServerRun>();
  readonly #kinds: ReadonlySet<string>;
  readonly #engine: LocalEngine;
  readonly #methods: Readonly<Record<Method, (params: ValueObject) => Answer>> = {
    [METHODS.capabilities]: () => this.#capabilities(),
    [METHODS.startRun]: (params) => this.#startRun(params),
    [METHODS.poll]: (params) => this.#poll(params),
    [METHODS.cancel]: (params) => this.#cancel(params),
    [METHODS.health]: () => ({ ok: true }),
  };

  constructor(options: ExecutorServerOptions) {
    const { offersChecks = false, time } = options;
    this.#options = options;
    this.#kinds = new Set([...MOCK_KINDS, ...(offersChecks ? CHECK_KINDS : [])]);
    this.#engine = new LocalEngine({ providers: [mockSteps(offersChecks)], time });
  }

  /** The longest line that it takes. */
  get frameBytes(): number {
    return this.#options.frameBytes ?? MAX_FRAME_BYTES;
  }

  /** The reply to a line without its end; undefined: there is none. */
  answer(line: Uint8Array): string | undefined {
    try {
      const decoded = decodeLine(line, PLAIN_FRAMES);
      return decoded.kind === "frame" ? this.#reply(decoded.value) : undefined;
    } catch (error) {
      if (!(error instanceof RepFault)) throw error;
      return errorReply(null, new Refused(RPC.notJson, "this line is not JSON of UTF-8, at most 256 deep"));
    }
  }

  /** A line that is longer than a frame may be. */
  tooLong(): string {
    return errorReply(null, new Refused(RPC.notRequest, `a frame is at most ${this.frameBytes} bytes`));
  }

  /** The host is gone. */
  close(): void {
    for (const run of this.#runs.values()) run.cancel();
  }

  #reply(request: Value): string | undefined {
    if (isReply(request)) return undefined;
    if (!isObject(request) || typeof request.method !== "string") {
      return errorReply(null, new Refused(RPC.notRequest, "this is no request: it is not an object with a method"));
    }
    const { id, method, params = {} } = request;
    if (id === undefined) return undefined;
    try {
      const result = this.#call(method, params);
      return `{"jsonrpc":"2.0","id":${exactJson(id)},"result":${typeof result === "string" ? result : exactJson(result)}}`;
    } catch (error) {
      return errorReply(id, error instanceof Refused ? error : new Refused(RPC.internal, String(error)));
    }
  }

  #call(method: string, params: Value): Answer {
    const known = Object.entries(this.#methods).find(([name]) => name === method)?.[1];
    if (known === undefined) throw new Refused(RPC.noMethod, `there is no method ${method}`);
    if (!isObject(params)) throw new Refused(RPC.badParams, "params is not an object");
    return known(params);
  }

  #capabilities(): ValueObject {
    const { frameBytes } = this;
    const limits = frameBytes < MAX_FRAME_BYTES ? { max_frame_bytes: frameBytes } : {};
    return {
      name: "plumb-mock",
      version: this.#options.version,
      step_kinds: [...this.#kinds],
      limits: { concurrency: CONCURRENCY, ...limits },
      features: ["poll_after"],
    };
  }

  #startRun({ ir = null, inputs = {}, options = {} }: ValueObject): ValueObject {
    if (!isObject(options ?? {})) throw new Refused(RPC.badParams, "options is not an object");
    const { run_id = null, trace_id = null } = isObject(options) ? options : {};
    if (run_id !== null && typeof run_id !== "string") throw new Refused(RPC.badParams, "run_id is not a text");
    if (run_id !== null && this.#runs.has(run_id)) return { run_id };
    if (!isObject(inputs)) throw new Refused(RPC.badParams, "inputs is not an object");
    const flow = this.#checked(ir, inputs);
    const going = [...this.#runs.values()].filter((run) => !run.isOver).length;
    if (going >= CONCURRENCY) {
      const data = { retriable: true, details: { cause: "Busy" } };
      throw new Refused(RUN_CODE.executor, `${going} runs are going on, which is the limit`, data);
    }
    const runId = run_id ?? freshRunId(this.#options.wall);
    const traceId = typeof trace_id === "string" ? trace_id : freshTraceId(this.#options.wall);
    this.#forgetFinished();
    const { yieldToEvents } = this.#options.wall ?? wall;
    const request = { ir: flow, inputs, runId, traceId };
    // In a later turn, so that this is answered before the first step.
    const run = new ServerRun(async (onEvent, signal) => {
      await yieldToEvents();
      return this.#engine.run({ ...request, onEvent, signal });
    });
    this.#runs.set(runId, run);
    return { run_id: runId };
  }

  /** A flow that may run, or 1001, 1002, 1003. */
  #checked(document: Value, inputs: ValueObject): FlowIr {
    const { ir, problems } = checkIr(document);
    const [problem] = problems.filter(({ level }) => level === "error");
    if (ir === undefined || problem !== undefined) {
      const code = problem?.code === VERSION_REFUSED ? RUN_CODE.irVersion : RUN_CODE.invalid;
      throw new Refused(code, problem?.message ?? "this is no Flow IR");
    }
    for (const { id, type } of ir.graph.nodes) {
      if (this.#kinds.has(type) || CONTROL_KINDS.some((kind) => kind === type)) continue;
      throw new Refused(RUN_CODE.capabilities, `step kind ${type} is not supported (step ${id})`);
    }
    const [unjudged] = ir.graph.nodes.filter(
      (node) => node.type === POLICY_APPLY && policyDocument(ir, node) === undefined,
    );
    if (unjudged !== undefined) throw new Refused(RUN_CODE.invalid, `step ${unjudged.id} has no policy`);
    const [wrong] = checkInputs(ir.inputs_schema, inputs).filter(({ level }) => level === "error");
    if (wrong !== undefined) throw new Refused(RUN_CODE.invalid, wrong.message);
    return ir;
  }

  #poll(params: ValueObject): string {
    const { run_id, after } = pollParams(params);
    const run = this.#runs.get(run_id);
    if (run === undefined) {
      throw new Refused(RPC.badParams, `there is no run ${run_id}`, { details: { cause: "UnknownRun" } });
    }
    return run.poll(after, this.frameBytes);
  }

  #cancel(params: ValueObject): ValueObject {
    const run = this.#runs.get(pollParams(params).run_id);
    run?.cancel();
    return { ok: run !== undefined };
  }

  #forgetFinished(): void {
    const finished = [...this.#runs].filter(([, run]) => run.isOver);
    for (const [id] of finished.slice(0, Math.max(0, finished.length - FINISHED_KEPT + 1))) this.#runs.delete(id);
  }
}

function pollParams(params: ValueObject): v.InferOutput<typeof PollParamsSchema> {
  const read = v.safeParse(PollParamsSchema, params);
  if (read.success) return read.output;
  throw new Refused(RPC.badParams, `params: ${read.issues[0].path?.[0]?.key ?? ""} is missing or of a wrong type`);
}

function errorReply(id: Value, { code, message, data }: Refused): string {
  const error = data === undefined ? { code, message } : { code, message, data };
  return exactJson({ jsonrpc: "2.0", id, error });
}

/** The host's answer to something that was asked of it: no answer is due to that. */
function isReply(frame: Value): boolean {
  return isObject(frame) && !("method" in frame) && ("result" in frame || "error" in frame);
}
