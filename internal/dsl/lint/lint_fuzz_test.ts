import { expect, test } from "bun:test";
import fc from "fast-check";
import { compileFiles } from "../compile/mod.ts";
import { dslSource } from "../syntax/mod.ts";
import { lintFiles, readLinted } from "./lint_files.ts";

/** Files with every construct, to be spoiled. */
const FLOW = `# A flow.
version: dsl/v0
workflow: coldstore.monitor
timeout: 30s
inputs:
  store: string
  probes: list<string>
triggers:
  cron:
    schedule: "*/5 * * * *"
steps:
  - read(coldstore.read) timeout 500ms retry 2 every 100ms:
      store: $input.store
      probes:
        - $input.probes
        - k: 1
  - on failure finish:
      page(notify.send):
        text: "store \${input.store}: \${step.read.error.message}"
  - judge(policy.apply) policy limits:
      values: $step.read.values
  - when $step.judge.action in ["COOL", "DUMP"]:
      act(coldstore.set):
        mode: $step.judge.action
      when $input.store == "x":
        - deep(op.x):
outputs:
  decision: $step.judge
`;
const POLICY = `version: pdl/v0
arms:
  default:
    warm_threshold: 6.5
    mode: COOL
epsilon: 0.05
evaluate:
  warm := coalesce(values.get("air"), first_numeric(values))
  label: level = 0
  if warm >= arms.active.warm_threshold:
    choose:
      usual: action = arms.active.mode
      probe: random(["HOLD", "COOL"]) with p=epsilon
  else:
    action = "HOLD"
emit:
  action: action
  reason: { "warm": warm, "limit": [arms.active.warm_threshold, -1 ** 2] }
`;
const PIECES = [
  ..."$ { } $input. $step. ${ ${input.store} : - # ' \" ( ) [ ] = := == in when on if else choose 1 and not _DEFAULT \\".split(
    " ",
  ),
  ..."policy limits arms.soft values min( read judge level x 😀 é \ud800 \ufeff \t".split(" "),
  " ",
  "  ",
  "\n",
  "\n  ",
  "\n      ",
  "\n  - ",
  "\r\n",
  " with p=",
  " with p = ",
];

const edit = fc.record({
  at: fc.nat(),
  cut: fc.oneof(fc.constant(0), fc.nat({ max: 4 }), fc.nat({ max: 60 })),
  insert: fc.oneof(fc.constant(""), fc.constantFrom(...PIECES), fc.string({ unit: "binary", maxLength: 3 })),
});
const spoiled = (seed: string) =>
  fc.array(edit, { maxLength: 4 }).map((edits) =>
    edits.reduce((whole, { at, cut, insert }) => {
      const start = at % (whole.length + 1);
      return whole.slice(0, start) + insert + whole.slice(start + cut);
    }, seed),
  );

// PLUMB_FUZZ asks for more runs than a unit test has time for.
const numRuns = Number(process.env.PLUMB_FUZZ ?? 300);

test(
  "whatever files say, lint ends with sorted findings inside them, and what has no error compiles (property)",
  () => {
    fc.assert(
      fc.property(spoiled(FLOW), spoiled(POLICY), (wdl, pdl) => {
        const sources = [dslSource("f.wdl", wdl), dslSource("limits.pdl", pdl)];
        const files = sources.map(readLinted);
        const issues = lintFiles(files);
        for (const { path, pos, message, help } of issues) {
          const source = sources.find((candidate) => candidate.path === path);
          expect(pos === undefined || pos.line <= (source?.lines.lineCount ?? 0)).toBe(true);
          expect(message.length + (help ?? "").length).toBeLessThan(2000);
        }
        const places = issues.map(({ path, pos, code }) => [path, pos?.line ?? 0, pos?.column ?? 0, code] as const);
        const sorted = [...places].sort((a, b) => {
          const at = a.findIndex((part, index) => part !== b[index]);
          return at < 0 ? 0 : (a[at] ?? 0) < (b[at] ?? 0) ? -1 : 1;
        });
        expect(places).toEqual(sorted);
        expect(lintFiles(sources.map(readLinted))).toEqual(issues);
        // An empty branch is a warning of lint and an error of compile (flows §3, §7).
        if (issues.some(({ level, code }) => level === "error" || code === "empty-branch")) return;
        const read = files.flatMap(({ reading }) => ("file" in reading ? [reading.file] : []));
        expect(compileFiles(read, { emitIr: true, generatedAt: "2026-01-01T00:00:00Z" }).issues).toEqual([]);
      }),
      { numRuns },
    );
  },
  Math.max(5_000, numRuns * 10),
);
