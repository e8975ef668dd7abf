import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { checkJson } from "../../value/mod.ts";
import { artifactText } from "../compile/mod.ts";
import { planDot, planFlow } from "../plan/mod.ts";
import { type DslKind, dslSource, readDsl } from "../syntax/mod.ts";
import { buildDsl } from "./build_dsl.ts";

const TESTDATA = resolve(import.meta.dir, "../../../testdata");
const rows = (name: string): Record<string, string>[] =>
  readFileSync(join(TESTDATA, "vectors", name), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
const example = (name: string) => readFileSync(join(TESTDATA, "examples", name), "utf8");

/** Files with every construct of their language, to be spoiled. */
const SEEDS: Readonly<Record<DslKind, readonly string[]>> = {
  wdl: [
    example("coldstore/coldstore.wdl"),
    `version: dsl/v0
workflow: w
timeout: 1h
triggers:
  - cron:
      schedule: "* * * * *"
      input:
        a: 'b'
  -
    type: http
    path: /x
steps:
  - a(op.x) timeout 5ms retry 2 every 1s policy p:
      k: $input.a
      "q:r":
        - - x
        -
          n: 1
  - on failure:
      - b(policy.apply) policy p:
      - when $input.a in ('x', "y\\u00e9"):
          c(op.y):
          on failure finish:
            d(op.z):
outputs:
  r: "\${step.a.b}"
`,
    ...rows("wdl_compile.jsonl").flatMap(({ wdl }) => wdl ?? []),
  ],
  pdl: [example("coldstore/limits.pdl"), ...rows("pdl_compile.jsonl").flatMap(({ pdl }) => pdl ?? [])],
};

const PIECES = [
  ..."version: workflow: inputs: outputs: steps: triggers: timeout: arms: evaluate: emit: epsilon: choose: else:".split(
    " ",
  ),
  ..."- : := = == ( ) [ ] \" ' \\ # $input. $step. ${input. in when on failure finish retry every policy 5ms if x:".split(
    " ",
  ),
  ..."\t \r \r\n \ufeff é 🎉 \u2028 \u00a0 \0 __proto__ constructor 1 _DEFAULT a(b): policy.apply with p=".split(
    /(?<! ) /,
  ),
  "\n",
  "\n  ",
  "\n    - ",
  '\n      when $input.a == "x":',
];

const edit = fc.record({
  at: fc.nat(),
  cut: fc.oneof(fc.constant(0), fc.nat({ max: 4 }), fc.nat({ max: 120 })),
  insert: fc.oneof(fc.constant(""), fc.constantFrom(...PIECES), fc.string({ unit: "grapheme", maxLength: 3 })),
});

/** A text with a few edits; a line may also be moved. */
const spoiled = (kind: DslKind) =>
  fc
    .tuple(fc.constantFrom(...SEEDS[kind]), fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([text, edits]) =>
      edits.reduce((whole, { at, cut, insert }) => {
        const start = at % (whole.length + 1);
        return whole.slice(0, start) + insert + whole.slice(start + cut);
      }, text),
    )
    .map((text) => text.toWellFormed());

// PLUMB_FUZZ asks for more runs than a unit test has time for.
const numRuns = Number(process.env.PLUMB_FUZZ ?? 2000);
const POLICY = dslSource("p.pdl", example("hello/policies/hello.pdl"));
const options = { emitIr: true, generatedAt: "2026-01-01T00:00:00Z" };

test.each(["wdl", "pdl"] as const)(
  "whatever a .%s says, there are documents or findings with their places, twice the same (property)",
  (kind) => {
    fc.assert(
      fc.property(spoiled(kind), (text) => {
        const source = dslSource(`f.${kind}`, text);
        const inputs = [
          { source, kind },
          { source: POLICY, kind: "pdl" as const },
        ];
        const { artifacts, issues } = buildDsl(inputs, options);
        expect(artifacts.length > 0).toBe(issues.length === 0);
        for (const { pos, message } of issues) {
          if (pos !== undefined) expect(pos).toEqual(source.lines.position(source.lines.indexAt(pos.line, pos.column)));
          expect(message.length > 0 && message.length < 2000).toBe(true);
        }
        for (const artifact of artifacts) {
          checkJson(artifact.document);
          const written = artifactText(artifact);
          const isYaml = artifact.path.endsWith(".yaml");
          // The reader of YAML takes more time than all the rest.
          if (isYaml && text.length % 4 > 0) continue;
          expect(isYaml ? parse(written) : JSON.parse(written)).toEqual(artifact.document);
        }
        const reading = readDsl(source, kind);
        if ("file" in reading && reading.file.kind === "wdl") expect(planDot(planFlow(reading.file))).toEndWith("}\n");
        expect(buildDsl(inputs, options)).toEqual({ artifacts, issues });
      }),
      { numRuns },
    );
  },
  Math.max(10_000, numRuns * 20),
);
