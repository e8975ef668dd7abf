import { didYouMean } from "../../diag/mod.ts";
import { scanJson, ValueError } from "../../value/mod.ts";
import type { Name, SourceFile } from "./ast.ts";
import {
  CAPABILITIES,
  type FilePragmas,
  LIMIT_KINDS,
  type PragmaValues,
  SCHEDULES,
  TRUST_LEVELS,
} from "./file_pragmas.ts";
import { Findings } from "./findings.ts";
import { PragmaPayload, pairOf, partsOf, shown } from "./pragma_payload.ts";
import { EDGE_CODES, policyOf } from "./read_policy.ts";
import { skipBlanks } from "./source_text.ts";
import type { SyntaxFinding } from "./syntax_finding.ts";

/** More servers than this no step may have (pipelines §3). */
const MOST_WORKERS = 1024;

type PragmaReader = (payload: PragmaPayload, values: PragmaValues) => void;

/** How each pragma of the table of pipelines §1 is read. */
const READERS: ReadonlyMap<string, PragmaReader> = new Map<string, PragmaReader>([
  ["concurrency:workers", readWorkers],
  ["concurrency:limits", readLimits],
  ["concurrency:schedule", readSchedule],
  ["backpressure", readBackpressure],
  ["capabilities", readCapabilities],
  ["trust", readTrust],
  ["workers", readModule],
  ["lint:disable", readDisabled],
  ["telemetry", () => {}],
]);

/**
 * Reads the pragmas that hold for a file (pipelines §1), each finding at the word that it is about. Where one stands twice
 * the later value holds; capabilities, worker modules, limits and disabled codes add up. `test:*` is not read here: it
 * belongs into test files, and is a warning in all others.
 */
export function readFilePragmas(
  tree: Pick<SourceFile, "pragmas">,
  text: string,
  options: { readonly isTestFile: boolean },
): { readonly pragmas: FilePragmas; readonly findings: readonly SyntaxFinding[] } {
  const findings = new Findings();
  const values: PragmaValues = {
    workers: undefined,
    limits: new Map(),
    schedule: undefined,
    policy: undefined,
    capabilities: new Set(),
    trust: undefined,
    modules: [],
    disabled: new Set(),
  };
  for (const line of tree.pragmas) {
    const payload = new PragmaPayload(text, line, findings);
    const read = READERS.get(line.name);
    if (read !== undefined) read(payload, values);
    else if (!line.name.startsWith("test:")) reportUnknown(payload);
    else if (!options.isTestFile) reportMisplaced(payload);
  }
  return { pragmas: values, findings: findings.list };
}

function reportUnknown(payload: PragmaPayload): void {
  const { name } = payload;
  const message = name.text === "" ? "expected a pragma's name, found nothing" : `unknown pragma ${shown(name)}`;
  payload.findings.add("E_PRAGMA_UNKNOWN", message, name, didYouMean(name.text, READERS.keys()));
}

function reportMisplaced(payload: PragmaPayload): void {
  const { name } = payload;
  payload.findings.add("W_PRAGMA_MISPLACED", `${shown(name)} has an effect in files named *_test.ami only`, name);
}

/** `concurrency:workers N` */
function readWorkers(payload: PragmaPayload, values: PragmaValues): void {
  const code = "E_CONCURRENCY_WORKERS";
  const word = payload.only(code, "the number of workers");
  if (word !== undefined)
    values.workers = payload.count(code, "concurrency:workers", word, MOST_WORKERS) ?? values.workers;
}

/** `concurrency:limits transform=N …`; kinds of steps match in any letter case, here too. */
function readLimits(payload: PragmaPayload, values: PragmaValues): void {
  const code = "E_CONCURRENCY_LIMITS";
  const words = payload.words();
  if (words.length === 0) payload.findings.add(code, "expected kind=N, found nothing", payload.name);
  for (const word of words) {
    const pair = pairOf(word);
    if (pair === undefined) {
      payload.findings.add(code, `expected kind=N, found ${shown(word)}`, word);
      continue;
    }
    const kind = payload.choice(code, "kind", { ...pair.key, text: pair.key.text.toLowerCase() }, LIMIT_KINDS);
    if (kind === undefined) continue;
    const limit = payload.count(code, `the limit of ${kind}`, pair.value, Number.MAX_SAFE_INTEGER);
    if (limit !== undefined) values.limits.set(kind, limit);
  }
}

/** `concurrency:schedule S` */
function readSchedule(payload: PragmaPayload, values: PragmaValues): void {
  const code = "E_CONCURRENCY_SCHEDULE";
  const word = payload.only(code, "a schedule");
  const schedule = word && payload.choice(code, "schedule", word, SCHEDULES);
  if (schedule !== undefined) values.schedule = schedule === "worksteal" ? "fifo" : schedule;
}

/** `backpressure policy=P` */
function readBackpressure(payload: PragmaPayload, values: PragmaValues): void {
  const word = payload.onlyPair(EDGE_CODES.unknown, "policy");
  if (word !== undefined) values.policy = policyOf(word.text, word, EDGE_CODES, payload.findings) ?? values.policy;
}

/** `capabilities list=a,b` */
function readCapabilities(payload: PragmaPayload, values: PragmaValues): void {
  const code = "E_CAPABILITY_UNKNOWN";
  const list = payload.onlyPair(code, "list");
  for (const part of list === undefined ? [] : partsOf(list)) {
    const capability = payload.choice(code, "capability", part, CAPABILITIES);
    if (capability !== undefined) values.capabilities.add(capability);
  }
}

/** `trust level=trusted|untrusted` */
function readTrust(payload: PragmaPayload, values: PragmaValues): void {
  const code = "E_TRUST_LEVEL";
  const word = payload.onlyPair(code, "level");
  if (word !== undefined) values.trust = payload.choice(code, "trust level", word, TRUST_LEVELS) ?? values.trust;
}

/** `workers "./w.ts"`. Its flaws have the code that test pragmas have for the like (ami-tests §1). */
function readModule(payload: PragmaPayload, values: PragmaValues): void {
  const { text, line } = payload;
  const code = "E_PRAGMA_SYNTAX";
  const { payloadStart: start } = line;
  if (start === line.end) {
    payload.findings.add(code, "expected a worker module in double quotes, found nothing", payload.name);
    return;
  }
  const module = quotedAt(payload, start);
  if (module === undefined) return;
  const after = skipBlanks(text, module.end, line.end);
  const rest = { text: text.slice(after, line.end), start: after, end: line.end };
  if (rest.text === "") values.modules.push(module);
  else payload.findings.add(code, `expected nothing behind the worker module, found ${shown(rest)}`, rest);
}

function quotedAt(payload: PragmaPayload, start: number): Name | undefined {
  const { text, line } = payload;
  const rest = { text: text.slice(start, line.end), start, end: line.end };
  try {
    if (rest.text.startsWith('"')) {
      const { value, end } = scanJson(rest.text, 0);
      if (typeof value === "string") return { text: value, start, end: start + end };
    }
    payload.findings.add("E_PRAGMA_SYNTAX", `expected a worker module in double quotes, found ${shown(rest)}`, rest);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    payload.findings.add("E_PRAGMA_SYNTAX", error.message, rest);
  }
  return undefined;
}

/** `lint:disable CODE …`, with blanks or commas between */
function readDisabled(payload: PragmaPayload, values: PragmaValues): void {
  const codes = payload
    .words()
    .flatMap(partsOf)
    .filter(({ text }) => text !== "");
  if (codes.length === 0)
    payload.findings.add("E_PRAGMA_SYNTAX", "expected codes of warnings, found nothing", payload.name);
  for (const { text } of codes) values.disabled.add(text);
}
