import { expect, test } from "bun:test";
import fc from "fast-check";
import { parseSource, printSource, readFilePragmas, scanSource } from "../mod.ts";
import { anySource } from "./ami_arbitraries.ts";

/** Sources with every construct of the language, to be spoiled. */
const SEEDS = [
  `package sensors:1.2
import ("./a.ami"; b "./b" >= 1.0)
#pragma capabilities list=device
enum Level { Normal, Warm = 1, Hot }
type Reading struct { celsius number }
func check<T>(ev Event<any>, m map[string][]int) (any, error) {
  r := ev.payload
  if x := 1; !has(r, "celsius") || typeof(r.celsius) != "number" {
    return nil, error("E_NO_VALUE", "reading \\u00b0" + str(r.id))
  } else if r.celsius < -60 { r.level = Level.Hot } else { r.n += 1 }
  for i := 0; i < 3; i++ { while true { break } }
  for k, v := range map{"z": 1, "y": [1, 2]} { continue }
  switch r.celsius { case 1, 2: return ev
  default: var y any = []int{1}; let z = slice<a>{} }
  return ev, nil
}`,
  `package p
error { Transform(drop("schema")) -> egress }
pipeline Readings {
  linkA = ingress()
  order = Collect() merge.Sort("at", asc), merge.Watermark(at, 200ms), merge.Idle(1.5s),
    merge.LatePolicy(shunt) delay=5ms edge.FIFO(max=2, backpressure=dropOldest)
  linkA -> order
    .Transform(func(ev) any { return ev }, delay=1h2m)
    .io.Write("x.jsonl") worker=m.F
  error { egress; }
}
Pipeline(Q) { ingress() schedule(1s).egress() io.Stdout; }`,
];

const PIECES = [
  ..."( ) { } [ ] , ; . -> = := == ++ < > >= + - * / % ! && \" ' \\ # @".split(" "),
  ..."package import func pipeline enum error type if else for range switch case default return map slice io".split(
    " ",
  ),
  ..."0x 1e 5ms 9007199254740993 \n \r\n \t \ufeff /* */ // #pragma \ud800 é 😀 merge. edge.".split(" "),
  "\n",
  "\nfunc f() { ",
  "\n#pragma concurrency:limits transform=0\n",
];

const source = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...SEEDS) }, anySource.map(printSource));
const edit = fc.record({
  at: fc.nat(),
  cut: fc.oneof(fc.constant(0), fc.nat({ max: 4 }), fc.nat({ max: 200 })),
  insert: fc.oneof(fc.constant(""), fc.constantFrom(...PIECES), fc.string({ unit: "binary", maxLength: 3 })),
});

const spoiled = fc.tuple(source, fc.array(edit, { minLength: 1, maxLength: 4 })).map(([text, edits]) =>
  edits.reduce((whole, { at, cut, insert }) => {
    const start = at % (whole.length + 1);
    return whole.slice(0, start) + insert + whole.slice(start + cut);
  }, text),
);

// PLUMB_FUZZ asks for more runs than a unit test has time for.
const numRuns = Number(process.env.PLUMB_FUZZ ?? 2000);

test(
  "whatever the text is, it gives a tree and findings inside it, twice the same (property)",
  () => {
    fc.assert(
      fc.property(spoiled, (text) => {
        const { tree, findings } = parseSource(text);
        const pragmas = readFilePragmas(tree, text, { isTestFile: false });
        for (const { start, end, message } of [...findings, ...pragmas.findings]) {
          expect(start <= end && end <= text.length && message.length < 500).toBe(true);
        }
        expect(findings.map(({ start }) => start)).toEqual(findings.map(({ start }) => start).sort((a, b) => a - b));
        // The scan that tests begin with sees the same pragma lines.
        expect(tree.pragmas).toEqual(scanSource(text).pragmas);
        expect(parseSource(text)).toEqual({ tree, findings });
        // What could be read can be printed, but for durations that are none, and is then without errors.
        const isWhole = tree.package !== undefined && findings.every(({ code }) => code === "E_PARSE");
        // No file has lone surrogates, and no string can hold one that stands in a path.
        if (isWhole && text.isWellFormed()) expect(parseSource(printSource(tree)).findings).toEqual([]);
      }),
      { numRuns },
    );
  },
  Math.max(5_000, numRuns * 10),
);
