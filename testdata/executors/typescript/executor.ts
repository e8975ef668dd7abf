// A reference executor in TypeScript: REP v0.1 on stdin and stdout, one file that imports nothing but the platform.
//
// It runs Flow IR as docs/executors.md describes. Everything happens in turns of the event loop: a request is answered at once,
// a run goes on when it can (a sleeping step and a pause before another attempt are timers).
//
// Step kinds: opcua.read, opcua.write, and for the conformance suite check.echo, check.fail, check.sleep. To make it yours, add
// to KINDS.

import { writeSync } from "node:fs";

const VERSION = "0.1.0";
const CONCURRENCY = 4;
const MAX_FRAME_BYTES = 1_048_576;
const FINISHED_RUNS_KEPT = 64;
const CONTROL_KINDS = new Set(["switch", "dsl.emit", "finish"]);

type Value = null | boolean | number | bigint | string | Value[] | Mapping;
type Mapping = { [key: string]: Value };

// ---------------------------------------------------------------------------------------------------------------- steps

/** A step failed: an error of 2000 to 2999, retried unless it says otherwise. */
class StepError extends Error {
  readonly code = 2001;
  readonly retriable: boolean;
  readonly details: Mapping;

  constructor(message: string, { retriable = true, details = {} }: { retriable?: boolean; details?: Mapping } = {}) {
    super(message);
    this.retriable = retriable;
    this.details = details;
  }
}

/** What a step function returns to be finished later, with a result. */
class Sleep {
  readonly ms: number;
  readonly result: Mapping;

  constructor(ms: number, result: Mapping) {
    this.ms = ms;
    this.result = result;
  }
}

type StepFunction = (args: Mapping, attempt: number) => Mapping | Sleep;

const KINDS = new Map<string, StepFunction>([
  ["opcua.read", opcuaRead],
  ["opcua.write", ({ endpoint = null, node_id = null, value = null }) => ({ endpoint, node_id, value, status: "ok" })],
  ["check.echo", (args) => args],
  ["check.fail", checkFail],
  ["check.sleep", ({ ms }) => new Sleep(whole(ms, 0), { slept_ms: whole(ms, 0) })],
]);

function opcuaRead({ endpoint = null, node_ids }: Mapping): Mapping {
  const wrong = { retriable: false, details: { cause: "Args" } };
  if (!Array.isArray(node_ids)) throw new StepError("node_ids is not a list", wrong);
  const values: Mapping = {};
  for (const id of node_ids) values[typeof id === "string" ? id : canonical(id)] = 80;
  return { endpoint, values };
}

function checkFail({ times, retriable = true }: Mapping, attempt: number): Mapping {
  if (attempt <= whole(times, 1)) {
    throw new StepError(`failed as asked, attempt ${attempt}`, { retriable: retriable !== false });
  }
  return { attempts: attempt };
}

// --------------------------------------------------------------------------------------------------------------- values

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A number of 0 or more without fraction, as the times and counts of IR are. */
function whole(value: unknown, otherwise: number): number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : otherwise;
}

function mappingOr(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}

/** Marks an integer that a double cannot hold, so that it keeps its digits through JSON.parse and JSON.stringify. */
const BIG = "\u{F0000}integer:";
const LONG_INTEGER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;
const MARKED = new RegExp(`"${BIG}(-?\\d+)"`, "g");

/** JSON nested deeper than this is refused. */
const MAX_DEPTH = 256;

/** How deep the brackets of a text stand in each other; those in its strings do not count. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === "[" || token === "{") depth += 1;
    else if (token === "]" || token === "}") depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function parse(text: string): unknown {
  if (text.length > 2 * MAX_DEPTH && depthOf(text) > MAX_DEPTH) throw new SyntaxError(`deeper than ${MAX_DEPTH}`);
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  const marked = text.replace(LONG_INTEGER, (token) => (token.startsWith('"') ? token : `"${BIG}${token}"`));
  return JSON.parse(marked, (_key, value) =>
    typeof value === "string" && value.startsWith(BIG) ? BigInt(value.slice(BIG.length)) : value,
  );
}

function stringify(value: unknown): string {
  const text = JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? `${BIG}${item}` : item));
  return text.includes(BIG) ? text.replace(MARKED, "$1") : text;
}

/** Canonical JSON (RFC 8785). */
function canonical(value: Value): string {
  if (typeof value === "bigint") return String(Number(value));
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isMapping(value)) return JSON.stringify(value);
  // Sorting strings compares UTF-16 code units, as the rule wants it.
  const members = Object.keys(value).sort();
  return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(",")}}`;
}

// ------------------------------------------------------------------------------------------------------------ templates

interface Scope {
  readonly inputs: Mapping;
  readonly results: ReadonlyMap<string, Mapping>;
}

/** A dotted path through mappings; anything else on the way gives null. */
function walk(start: Value, path: readonly string[]): Value {
  let value = start;
  for (const key of path) {
    if (!isMapping(value) || !Object.hasOwn(value, key)) return null;
    value = value[key] ?? null;
  }
  return value;
}

/** The value of `input.PATH` or `step.NAME[.PATH]`. */
function lookUp(reference: string, { inputs, results }: Scope): Value {
  const [root, ...path] = reference.split(".");
  if (root === "input") return walk(inputs, path);
  const [name = "", ...rest] = path;
  return walk(results.get(name) ?? {}, rest);
}

const WHOLE = /^(?:\$((?:input|step)\..*)|\$\{((?:input|step)\.[^}]*)\})$/s;
const REFERENCE = /\$\$\{|\$\{((?:input|step)\.[^}]*)\}/g;

/** An argument template, resolved when the step starts. */
function resolve(template: Value, scope: Scope): Value {
  if (Array.isArray(template)) return template.map((item) => resolve(item, scope));
  if (isMapping(template)) return resolveMapping(template, scope);
  if (typeof template !== "string") return template;
  const text = template.trim();
  const whole = WHOLE.exec(text);
  if (whole !== null) return lookUp(whole[1] ?? whole[2] ?? "", scope);
  const literal = parseLiteral(text);
  return interpolate(literal === undefined ? text : literal, scope);
}

function resolveMapping(template: Mapping, scope: Scope): Mapping {
  return mapped(template, (value) => resolve(value, scope));
}

function interpolate(value: Value, scope: Scope): Value {
  if (Array.isArray(value)) return value.map((item) => interpolate(item, scope));
  if (isMapping(value)) return mapped(value, (item) => interpolate(item, scope));
  if (typeof value !== "string") return value;
  return value.replace(REFERENCE, (_match, reference: string | undefined) => {
    if (reference === undefined) return "${";
    const found = lookUp(reference, scope);
    return typeof found === "string" ? found : canonical(found);
  });
}

function mapped(mapping: Mapping, change: (value: Value) => Value): Mapping {
  return Object.fromEntries(Object.entries(mapping).map(([key, value]) => [key, change(value)]));
}

const DIGITS = "[0-9](?:_?[0-9])*";
const NUMBER = new RegExp(
  `0[xX][0-9a-fA-F](?:_?[0-9a-fA-F])*|0[oO][0-7](?:_?[0-7])*|0[bB][01](?:_?[01])*` +
    `|(?:${DIGITS}\\.?(?:${DIGITS})?|\\.${DIGITS})(?:[eE][+-]?${DIGITS})?`,
  "y",
);
const WORD = /True|False|None/y;
/** What a number or a word may go on with; what stands behind those has to be something else. */
const WORD_PART = /[\p{ID_Continue}.]/uy;
const WORDS: Mapping = { True: true, False: false, None: null };
const ESCAPE = /(?:[\\'"nrtbfva0]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y;
const ESCAPES: { [letter: string]: string } = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  a: "\x07",
  0: "\0",
};
const MAX_LITERAL_DEPTH = 64;

class NoLiteral extends Error {}

/** Number, string, True, False, None, list, tuple or mapping; undefined for any other text. */
function parseLiteral(text: string): Value | undefined {
  try {
    return new LiteralParser(text).whole();
  } catch (error) {
    if (error instanceof NoLiteral) return undefined;
    throw error;
  }
}

class LiteralParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Value {
    const value = this.#value(0);
    if (this.#peek() !== "") throw new NoLiteral();
    return value;
  }

  #peek(): string {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at += 1;
    return this.#text.charAt(this.#at);
  }

  #take(character: string): void {
    if (this.#peek() !== character) throw new NoLiteral();
    this.#at += 1;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #value(depth: number): Value {
    if (depth > MAX_LITERAL_DEPTH) throw new NoLiteral();
    switch (this.#peek()) {
      case '"':
      case "'":
        return this.#string();
      case "[":
        return this.#items("[", "]", depth).items;
      case "(": {
        const { items, hasComma } = this.#items("(", ")", depth);
        const [first] = items;
        if (first === undefined) throw new NoLiteral();
        return hasComma ? items : first;
      }
      case "{":
        return this.#mapping(depth);
      case "+":
      case "-": {
        const isNegative = this.#text.charAt(this.#at++) === "-";
        const number = this.#signed(depth + 1);
        // Without the `+ 0` a zero would be a negative one.
        return (isNegative ? -number : number) + 0;
      }
      default: {
        const word = this.#match(WORD);
        if (word === undefined) return this.#number();
        this.#endWord();
        return WORDS[word] ?? null;
      }
    }
  }

  #endWord(): void {
    WORD_PART.lastIndex = this.#at;
    if (WORD_PART.test(this.#text)) throw new NoLiteral();
  }

  /** What may stand behind a sign: a number, in parentheses or not, without a sign of its own. */
  #signed(depth: number): number {
    if (depth > MAX_LITERAL_DEPTH) throw new NoLiteral();
    if (this.#peek() !== "(") return this.#number();
    this.#take("(");
    const number = this.#signed(depth + 1);
    this.#take(")");
    return number;
  }

  #number(): number {
    const text = this.#match(NUMBER) ?? "";
    this.#endWord();
    const number = Number(text.replaceAll("_", ""));
    if (text === "" || /^0[0-9_]/.test(text) || !Number.isFinite(number)) throw new NoLiteral();
    return number;
  }

  #string(): string {
    const quote = this.#text.charAt(this.#at++);
    let found = "";
    for (;;) {
      const character = this.#text.charAt(this.#at++);
      if (character === quote) return found;
      if (character === "") throw new NoLiteral();
      found += character === "\\" ? this.#escape() : character;
    }
  }

  #escape(): string {
    const found = this.#match(ESCAPE);
    if (found === undefined) throw new NoLiteral();
    if (found.length === 1) return ESCAPES[found] ?? found;
    const code = Number.parseInt(found.slice(1), 16);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw new NoLiteral();
    return String.fromCodePoint(code);
  }

  #open(bracket: string, depth: number): void {
    this.#take(bracket);
    if (depth >= MAX_LITERAL_DEPTH) throw new NoLiteral();
  }

  #items(open: string, close: string, depth: number): { items: Value[]; hasComma: boolean } {
    this.#open(open, depth);
    const items: Value[] = [];
    let hasComma = false;
    while (this.#peek() !== close) {
      items.push(this.#value(depth + 1));
      hasComma = this.#peek() === ",";
      if (!hasComma) break;
      this.#take(",");
    }
    this.#take(close);
    return { items, hasComma };
  }

  #mapping(depth: number): Mapping {
    this.#open("{", depth);
    const entries = new Map<string, Value>();
    while (this.#peek() !== "}") {
      const key = this.#value(depth + 1);
      if (typeof key === "object" && key !== null) throw new NoLiteral();
      this.#take(":");
      entries.set(typeof key === "string" ? key : canonical(key), this.#value(depth + 1));
      if (this.#peek() !== ",") break;
      this.#take(",");
    }
    this.#take("}");
    return Object.fromEntries(entries);
  }
}

// ----------------------------------------------------------------------------------------------------------- validation

/** An error reply to a request. */
class Refused extends Error {
  readonly code: number;
  readonly data: Mapping | undefined;

  constructor(code: number, message: string, data?: Mapping) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

function demand(holds: boolean, message: string, code = 1003): void {
  if (!holds) throw new Refused(code, message);
}

interface Edge {
  readonly to: Node;
  readonly on: string;
  readonly case: string | undefined;
}

/** A node of a run: what leaves it, what waits for it, and where it stands. */
interface Node {
  readonly id: string;
  readonly kind: string;
  readonly number: number;
  readonly arguments: Mapping;
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly backoffMs: number;
  readonly edges: Edge[];
  /** Predecessors that are not settled. */
  unsettled: number;
  /** An edge to it was taken. */
  wanted: boolean;
  attempt: number;
}

/** Holds IR against what must be so before a run starts, and makes its graph. Errors are those of REP: 1001, 1002, 1003. */
function readGraph(ir: unknown): Node[] {
  if (!isMapping(ir)) throw new Refused(1003, "ir is not an object");
  const version = typeof ir.version === "string" ? ir.version : "";
  demand(/^\d+\.\d+\.\d+$/.test(version), "version is not of the form x.y.z");
  demand(version.startsWith("1.0."), `IR version ${version} is not supported; 1.0 is`, 1001);
  const { nodes: nodeList, edges: edgeList } = mappingOr(ir.graph);
  if (!Array.isArray(nodeList) || !Array.isArray(edgeList))
    throw new Refused(1003, "there is no graph of nodes and edges");
  const nodes = nodeList.map(readNode);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  demand(nodes.length > 0, "there are no nodes");
  demand(byId.size === nodes.length, "a node id is there twice");
  for (const edge of edgeList.map(mappingOr)) {
    const [from, to] = [byId.get(String(edge.from)), byId.get(String(edge.to))];
    if (from === undefined || to === undefined)
      throw new Refused(1003, "an edge leads to or from a node that is not there");
    const label = typeof edge.case === "string" ? edge.case : undefined;
    from.edges.push({ to, on: edge.on === "failure" ? "failure" : "success", case: label });
    to.unsettled += 1;
  }
  checkOrder(nodes);
  for (const node of nodes) if (node.kind === "switch") checkSwitch(node);
  return nodes;
}

function readNode(value: Value, number: number): Node {
  const { id, type, with: args = {}, timeout_ms, retry } = mappingOr(value);
  if (typeof id !== "string" || typeof type !== "string") throw new Refused(1003, "a node lacks id or type");
  if (!isMapping(args)) throw new Refused(1003, `with of ${id} is not an object`);
  demand(KINDS.has(type) || CONTROL_KINDS.has(type), `step kind ${type} is not supported (node ${id})`, 1002);
  const { max, backoff_ms } = mappingOr(retry);
  return {
    id,
    kind: type,
    number,
    arguments: args,
    timeoutMs: whole(timeout_ms, 0),
    maxRetries: whole(max, 0),
    backoffMs: whole(backoff_ms, 0),
    edges: [],
    unsettled: 0,
    wanted: false,
    attempt: 0,
  };
}

/** Acyclic, with one entry: nodes are taken away whose predecessors are gone. */
function checkOrder(nodes: readonly Node[]): void {
  const left = nodes.map((node) => node.unsettled);
  const free = nodes.filter((node) => node.unsettled === 0);
  demand(free.length <= 1, "there is more than one entry");
  let seen = 0;
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    seen += 1;
    for (const { to } of node.edges) {
      const waiting = (left[to.number] ?? 0) - 1;
      left[to.number] = waiting;
      if (waiting === 0) free.push(to);
    }
  }
  demand(seen === nodes.length, "the graph has a cycle");
}

function checkSwitch({ id, arguments: { key_from, cases }, edges }: Node): void {
  const isPath = typeof key_from === "string" && /^\$\.(?:inputs|vars)\../.test(key_from);
  demand(isPath, `key_from of switch ${id} is not $.inputs.PATH or $.vars.STEP.PATH`);
  if (!isMapping(cases)) throw new Refused(1003, `cases of switch ${id} is not an object`);
  const targets = new Set<unknown>(edges.map(({ to }) => to.id));
  demand(
    Object.values(cases).every((target) => targets.has(target)),
    `switch ${id} has a case without an edge to its node`,
  );
}

// ----------------------------------------------------------------------------------------------------------------- runs

type Status = "running" | "completed" | "failed" | "cancelled";

/** One execution of a flow. `advance` does what can be done now and sets a timer for the rest. */
class Run implements Scope {
  readonly id: string;
  readonly inputs: Mapping;
  readonly results = new Map<string, Mapping>();
  readonly #nodes: readonly Node[];
  readonly #startedAt = performance.now();
  status: Status = "running";
  #outputs: Mapping = {};
  #error: Mapping | undefined;
  /** JSON of the events that are not acknowledged yet, and how many were before those. */
  #events: string[] = [];
  #acknowledged = 0;
  #summary = { completed_steps: 0, failed_steps: 0, skipped_steps: 0, attempts: 0, duration_ms: 0 };
  /** The node whose attempt sleeps or is to be repeated. */
  #current: Node | undefined;
  #attemptStarted = 0;
  #isSleeping = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Of the flow; 0: none. */
  readonly #timeoutMs: number;
  readonly #endsBy: number;

  constructor(id: string, nodes: readonly Node[], inputs: Mapping, timeoutMs: number) {
    this.id = id;
    this.inputs = inputs;
    this.#nodes = nodes;
    const entry = nodes.find((node) => node.unsettled === 0);
    if (entry !== undefined) entry.wanted = true;
    this.#timeoutMs = timeoutMs;
    this.#endsBy = timeoutMs > 0 ? this.#startedAt + timeoutMs : Number.POSITIVE_INFINITY;
  }

  /** Runs until something has to be waited for. */
  advance(): void {
    while (this.status === "running" && this.#timer === undefined) {
      const node = this.#nodes.find(({ unsettled }) => unsettled === 0);
      if (node === undefined) this.#finish("completed");
      else this.#begin(node);
    }
  }

  /** Before its first step a run has no attempt that could end. */
  cancel(): void {
    if (this.status !== "running") return;
    if (this.#current === undefined) this.#finish("cancelled");
    else this.#interrupt(this.#current, "cancelled", "the run was cancelled", "Cancelled");
  }

  #begin(node: Node): void {
    this.#current = node;
    if (performance.now() > this.#endsBy) this.#flowTimedOut(node);
    else this.#startAttempt(node);
  }

  #startAttempt(node: Node): void {
    node.attempt += 1;
    this.#summary.attempts += 1;
    this.#attemptStarted = performance.now();
    try {
      const outcome = this.#perform(node);
      if (outcome instanceof Sleep) this.#sleep(node, outcome);
      else this.#succeeded(node, outcome);
    } catch (error) {
      // A step function that is wrong ends its step, not the executor.
      const failure = error instanceof StepError ? error : new StepError(String(error), { retriable: false });
      this.#attemptFailed(node, failure);
    }
  }

  #perform(node: Node): Mapping | Sleep {
    if (node.kind === "switch") {
      const key = this.#switchKey(node);
      this.#event(node, "started", { args: { key } });
      return { case: switchCase(node, key) };
    }
    const args = node.kind === "finish" ? {} : resolveMapping(node.arguments, this);
    this.#event(node, "started", { args });
    if (node.kind === "dsl.emit") this.#outputs = args;
    return CONTROL_KINDS.has(node.kind) ? args : (KINDS.get(node.kind)?.(args, node.attempt) ?? {});
  }

  #sleep(node: Node, { ms, result }: Sleep): void {
    const isTooLong = node.timeoutMs > 0 && ms > node.timeoutMs;
    const message = `${node.id} took longer than ${node.timeoutMs} ms`;
    this.#isSleeping = true;
    this.#later(isTooLong ? node.timeoutMs : ms, node, () => {
      this.#isSleeping = false;
      if (isTooLong) this.#attemptFailed(node, new StepError(message, { details: { cause: "Timeout" } }));
      else this.#succeeded(node, result);
    });
  }

  /** Goes on after a while, if the flow is not over by then. */
  #later(ms: number, node: Node, task: () => void): void {
    const left = Math.max(0, this.#endsBy - performance.now());
    const isLate = left < ms;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        if (isLate) this.#flowTimedOut(node);
        else task();
        this.advance();
      },
      isLate ? left : ms,
    );
  }

  #switchKey({ arguments: { key_from } }: Node): Value {
    const [, root, ...path] = String(key_from).split(".");
    return lookUp([root === "inputs" ? "input" : "step", ...path].join("."), this);
  }

  #succeeded(node: Node, result: Mapping): void {
    this.#event(node, "succeeded", { result });
    this.#summary.completed_steps += 1;
    if (!CONTROL_KINDS.has(node.kind)) this.results.set(node.id, result);
    this.#settle(node, "success", node.kind === "switch" ? String(result.case) : undefined);
  }

  #attemptFailed(node: Node, failure: StepError): void {
    const error = errorOf(failure, node);
    const willRetry = failure.retriable && node.attempt <= node.maxRetries;
    this.#event(node, "failed", { error, will_retry: willRetry });
    if (willRetry) {
      this.#later(node.backoffMs, node, () => this.#begin(node));
      return;
    }
    this.#summary.failed_steps += 1;
    if (!CONTROL_KINDS.has(node.kind)) this.results.set(node.id, { error });
    const isHandled = node.edges.some(({ on }) => on === "failure");
    this.#settle(node, "failure");
    if (!isHandled) this.#finish("failed", error);
  }

  #flowTimedOut(node: Node): void {
    this.#interrupt(node, "failed", `the flow took longer than ${this.#timeoutMs} ms`, "FlowTimeout");
  }

  /** The run ends before its current step does; between two attempts the last one is told. */
  #interrupt(node: Node, status: Status, message: string, cause: string): void {
    const error = errorOf(new StepError(message, { retriable: false, details: { cause } }), node);
    if (this.#isSleeping) this.#event(node, "failed", { error, will_retry: false });
    this.#summary.failed_steps += 1;
    this.#settle(node, undefined);
    this.#finish(status, status === "failed" ? error : undefined);
  }

  /** A node is done: its edges of that kind are taken, of a switch those of the case that it chose. */
  #settle(node: Node, on: string | undefined, chosen?: string): void {
    const target = chosen === undefined ? undefined : mappingOr(node.arguments.cases)[chosen];
    this.#current = undefined;
    for (const edge of node.edges) {
      const isChosen = chosen === undefined || (edge.case === undefined ? edge.to.id === target : edge.case === chosen);
      if (edge.on === on && isChosen) edge.to.wanted = true;
    }
    this.#leave(node);
  }

  /** What waited for the node waits no more, and what can never run now is skipped. */
  #leave(node: Node): void {
    const settled = [node];
    for (const done of settled) {
      done.unsettled = -1;
      for (const { to } of done.edges) {
        to.unsettled -= 1;
        if (to.unsettled > 0 || to.wanted) continue;
        this.#summary.skipped_steps += 1;
        settled.push(to);
      }
    }
  }

  #finish(status: Status, error?: Mapping): void {
    this.status = status;
    this.#error = error;
    this.#current = undefined;
    clearTimeout(this.#timer);
    this.#summary.duration_ms = Math.round(performance.now() - this.#startedAt);
  }

  #event(node: Node, state: string, members: Mapping): void {
    const duration = state === "started" ? {} : { duration_ms: Math.round(performance.now() - this.#attemptStarted) };
    const { id: step_id, kind, attempt } = node;
    const timestamp = new Date().toISOString();
    this.#events.push(stringify({ type: "step", timestamp, step_id, kind, state, attempt, ...duration, ...members }));
  }

  /** The JSON of a Poll. Where not all events fit into a frame, the run has not ended for this host yet. */
  poll(after: number | undefined): string {
    if (after !== undefined) this.#forget(after - this.#acknowledged);
    const isOver = this.status !== "running";
    const end = isOver ? `,"outputs":${stringify(this.#outputs)}` : "";
    const error = this.#error === undefined ? "" : `,"error":${stringify(this.#error)}`;
    let room = MAX_FRAME_BYTES - 4096 - Buffer.byteLength(end + error);
    const fits = (event: string): boolean => {
      room -= Buffer.byteLength(event) + 1;
      return room >= 0;
    };
    const tooMuch = this.#events.findIndex((event, index) => !fits(event) && index > 0);
    const chosen = tooMuch < 0 ? this.#events : this.#events.slice(0, tooMuch);
    const isLast = chosen.length === this.#events.length;
    const status = isOver && isLast ? this.status : "running";
    const text = `{"status":"${status}","events":[${chosen.join(",")}],"summary":${stringify(this.#summary)}`;
    if (after === undefined) this.#forget(chosen.length);
    return `${text}${isOver && isLast ? end + error : ""}}`;
  }

  #forget(count: number): void {
    const known = Math.max(0, Math.min(count, this.#events.length));
    this.#events = this.#events.slice(known);
    this.#acknowledged += known;
  }
}

function switchCase({ id, arguments: { cases, default: fallback }, edges }: Node, key: Value): string {
  const hasText =
    typeof key === "string" || typeof key === "number" || typeof key === "boolean" || typeof key === "bigint";
  // An integer that is larger than any double can tell keeps its digits.
  const text = typeof key === "string" || typeof key === "bigint" ? String(key) : canonical(key);
  const known = mappingOr(cases);
  if (hasText && Object.hasOwn(known, text)) return text;
  const hasFallback = (label: string) => Object.hasOwn(known, label) || edges.some((edge) => edge.case === label);
  if (typeof fallback === "string" && hasFallback(fallback)) return fallback;
  const message = `${id}: no case is ${canonical(key)}, and there is no default`;
  throw new StepError(message, { retriable: false, details: { cause: "Switch" } });
}

function errorOf({ code, message, retriable, details }: StepError, { id, attempt }: Node): Mapping {
  return { code, message, data: { step_id: id, attempt, retriable, details } };
}

// ------------------------------------------------------------------------------------------------------------- protocol

/** JSON text that is ready to be sent. */
class Raw {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

class Executor {
  readonly #runs = new Map<string, Run>();
  readonly #bootId = crypto.randomUUID();
  readonly #methods = new Map<string, (params: Mapping) => Mapping | Raw>([
    ["Runtime.Capabilities", () => this.#capabilities()],
    ["Runtime.StartRun", (params) => this.#startRun(params)],
    ["Runtime.Poll", (params) => this.#poll(params)],
    ["Runtime.Cancel", (params) => this.#cancel(params)],
    ["Runtime.Health", () => ({ ok: true })],
  ]);

  #capabilities(): Mapping {
    return {
      name: "plumb-reference-typescript",
      version: VERSION,
      language: "typescript",
      protocol: "0.1",
      step_kinds: [...KINDS.keys()],
      limits: { concurrency: CONCURRENCY, max_frame_bytes: MAX_FRAME_BYTES },
      features: ["poll_after"],
      boot_id: this.#bootId,
    };
  }

  #startRun({ ir, inputs = {}, options }: Mapping): Mapping {
    const given = mappingOr(options).run_id ?? undefined;
    if (given !== undefined && typeof given !== "string") throw new Refused(-32602, "run_id is not a string");
    if (given !== undefined && this.#runs.has(given)) return { run_id: given };
    if (!isMapping(inputs)) throw new Refused(-32602, "inputs is not an object");
    const nodes = readGraph(ir);
    const going = [...this.#runs.values()].filter(({ status }) => status === "running").length;
    if (going >= CONCURRENCY) {
      const data = { retriable: true, details: { cause: "Busy" } };
      throw new Refused(3002, `${going} runs are going on; that is the limit`, data);
    }
    const id = given ?? `run-${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;
    const run = new Run(id, nodes, inputs, whole(mappingOr(mappingOr(ir).flow).timeout_ms, 0));
    this.#forgetFinished();
    this.#runs.set(id, run);
    // In a later turn, so that this is answered before the first step.
    setImmediate(() => run.advance());
    return { run_id: id };
  }

  #forgetFinished(): void {
    const finished = [...this.#runs.values()].filter(({ status }) => status !== "running");
    for (const { id } of finished.slice(0, Math.max(0, finished.length - FINISHED_RUNS_KEPT + 1)))
      this.#runs.delete(id);
  }

  #poll(params: Mapping): Raw {
    const { after } = params;
    if (after !== undefined && typeof after !== "number") throw new Refused(-32602, "after is not a number of events");
    const run = this.#runs.get(runIdOf(params));
    if (run === undefined) throw new Refused(-32602, "there is no such run", { details: { cause: "UnknownRun" } });
    return new Raw(run.poll(after));
  }

  #cancel(params: Mapping): Mapping {
    const run = this.#runs.get(runIdOf(params));
    run?.cancel();
    return { ok: run !== undefined };
  }

  /** The reply to a line; undefined where there is none. */
  answer(line: string): string | undefined {
    if (line.trim() === "") return undefined;
    let request: unknown;
    try {
      request = parse(line);
    } catch {
      return reply(null, new Refused(-32700, "this is not JSON"));
    }
    if (!isMapping(request) || typeof request.method !== "string") {
      return reply(null, new Refused(-32600, "this is not a request"));
    }
    const { id, method, params = {} } = request;
    if (id === undefined) return undefined;
    try {
      const known = this.#methods.get(String(method));
      if (known === undefined) throw new Refused(-32601, `there is no method ${String(method)}`);
      if (!isMapping(params)) throw new Refused(-32602, "params is not an object");
      return reply(id, known(params));
    } catch (error) {
      if (error instanceof Refused) return reply(id, error);
      return reply(id, new Refused(-32603, error instanceof Error ? error.message : String(error)));
    }
  }
}

function runIdOf({ run_id }: Mapping): string {
  if (typeof run_id !== "string") throw new Refused(-32602, "run_id is not a string");
  return run_id;
}

function reply(id: Value, answer: Mapping | Raw | Refused): string {
  const head = `{"jsonrpc":"2.0","id":${stringify(id)}`;
  if (answer instanceof Raw) return `${head},"result":${answer.text}}`;
  if (!(answer instanceof Refused)) return `${head},"result":${stringify(answer)}}`;
  const { code, message, data } = answer;
  return `${head},"error":${stringify({ code, message, ...(data === undefined ? {} : { data }) })}}`;
}

function writeLine(text: string): void {
  let rest = Buffer.from(`${text}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      // The pipe is full: its reader has to go on.
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) process.exit(0);
    }
  }
}

const executor = new Executor();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
let held: Buffer[] = [];
let length = 0;

function takeLine(): void {
  const line = Buffer.concat(held);
  held = [];
  let text: string;
  try {
    text = length > MAX_FRAME_BYTES ? "{" : decoder.decode(line);
  } catch {
    text = "{";
  }
  length = 0;
  const answer = executor.answer(text);
  if (answer !== undefined) writeLine(answer);
}

process.stdin.on("data", (chunk: Buffer) => {
  for (let rest = chunk; ; ) {
    const end = rest.indexOf(10);
    const piece = end < 0 ? rest : rest.subarray(0, end);
    length += piece.length;
    // Of a line that is too long nothing more is kept.
    if (length <= MAX_FRAME_BYTES) held.push(piece);
    if (end < 0) return;
    takeLine();
    rest = rest.subarray(end + 1);
  }
});
process.stdin.on("end", () => process.exit(0));
