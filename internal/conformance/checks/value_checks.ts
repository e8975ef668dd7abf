import type { ValueObject } from "../../flow/mod.ts";
import type { Json, Value } from "../../value/mod.ts";
import type { Check } from "../check.ts";
import { emit, type ProbeStep, probeFlow } from "../probe_flow.ts";
import { demandCompleted, demandOutputs, runProbe, shown } from "../probe_run.ts";
import { demand } from "../verdict.ts";

const TEXT = 'π≠🜁"\\\u0000';
const EXACT = 9007199254740993n;
const DEPTH = 16;

/** Templates that flows §6 resolves, with what comes of them. */
const TEMPLATES: readonly (readonly [name: string, template: Json, resolved: Json])[] = [
  ["path", "$input.a.b", [1, "x"]],
  ["none", "$step.none.x", null],
  ["number", "80", 80],
  ["quoted", '"q"', "q"],
  ["yes", "True", true],
  ["nothing", "None", null],
  ["list", '[1, "a"]', [1, "a"]],
  ["zero_one", "01", "01"],
  ["plain", "plain text", "plain text"],
];

/** What becomes of values on their way through an executor (flows §6, §12). */
export const VALUE_CHECKS: readonly Check[] = [
  {
    id: "REP-RUN-13",
    level: "MUST",
    rule: 'the input "π≠🜁\\"\\\\\\u0000" is equal in outputs (§12)',
    fix: "read and write JSON texts as UTF-8, with escapes and surrogate pairs both ways; a text may hold U+0000",
    run: (trial) => throughput(trial, TEXT),
  },
  {
    id: "REP-RUN-14",
    level: "SHOULD",
    rule: "the integer 9007199254740993 keeps its digits on the wire (§12)",
    fix: "keep integers beyond 2^53 as integers of your language or as their text, not as doubles",
    async run(trial) {
      const { last } = await runProbe(trial, await trial.begin(), probeFlow([emit({ v: "$input.v" })]), { v: EXACT });
      const out = (last.outputs as ValueObject | undefined)?.v;
      demand(out === EXACT, `outputs.v is ${shown(out)} instead of ${EXACT}`);
    },
  },
  {
    id: "REP-RUN-15",
    level: "MUST",
    rule: "a mapping 16 deep is equal in outputs (§12)",
    fix: "take values nested up to 256 deep",
    run: (trial) => throughput(trial, nested(DEPTH)),
  },
  {
    id: "REP-RUN-16",
    level: "MUST",
    rule: '$input.a.b, $step.s, $step.none.x, 80, "q", True, None, [1, "a"], 01 and plain text resolve as templates (§6)',
    fix: "resolve each text of with by the steps of flows §6; testdata has its vectors in arg_templates.jsonl",
    async run(trial) {
      const begun = await trial.begin();
      const echo: ProbeStep = { id: "s", type: "check.echo", with: { k: "v" } };
      const hasEcho = begun.capable.kinds.has(echo.type);
      if (!hasEcho) trial.note = "$step.s was not tried: it does not offer check.echo under PLUMB_CHECK=1";
      const rows = hasEcho ? [...TEMPLATES, ["step", "$step.s", { k: "v" }] as const] : TEMPLATES;
      const step = emit(Object.fromEntries(rows.map(([name, template]) => [name, template])));
      const ir = hasEcho ? probeFlow([echo, step], ["s -> emit"]) : probeFlow([step]);
      const run = await runProbe(trial, begun, ir, { a: { b: [1, "x"] } });
      demandCompleted(run);
      const outputs = (run.last.outputs ?? {}) as ValueObject;
      for (const [name, template, resolved] of rows) {
        const found = outputs[name];
        demand(shown(found) === shown(resolved), `${template} became ${shown(found)} instead of ${shown(resolved)}`);
      }
    },
  },
  {
    id: "REP-RUN-17",
    level: "SHOULD",
    rule: "a ${input.s} b is interpolated (§6)",
    fix: "replace each ${input.P} and ${step.P} in a text: a text as it is, anything else as canonical JSON",
    async run(trial) {
      const ir = probeFlow([emit({ v: "a ${input.s} b" })]);
      demandOutputs(await runProbe(trial, await trial.begin(), ir, { s: "text" }), { v: "a text b" });
    },
  },
];

async function throughput(trial: Parameters<Check["run"]>[0], value: Value): Promise<void> {
  const run = await runProbe(trial, await trial.begin(), probeFlow([emit({ v: "$input.v" })]), { v: value });
  demandOutputs(run, { v: value });
}

function nested(depth: number): Value {
  let value: Value = { end: [true, null, -0.5] };
  for (let level = 1; level < depth; level += 1) value = { [`k${level}`]: value };
  return value;
}
