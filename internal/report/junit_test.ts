import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { diagnostic } from "../diag/mod.ts";
import { junitReporter } from "./junit.ts";
import { CHANGED, failing, options, print, stream, testCase, testOutput } from "./sample_stream.ts";
import { xmlFault } from "./well_formed.ts";

type Records = Parameters<typeof print>[1];

function junit(records: Records): string {
  const document = print(junitReporter(options()), records);
  expect(xmlFault(document)).toBeUndefined();
  return document;
}

const warning = diagnostic({ code: "W_X", level: "warn", message: "careful", file: "a_test.ami" });
const load = diagnostic({ code: "E_SCN_YAML", message: "expected a mapping", file: "b.scenario.yaml" });

describe("the JUnit report", () => {
  test("has a suite a file and a testcase a case", () => {
    const records = stream([
      ...testCase("fine", { duration_ms: 1500 }, [testOutput("said\n"), warning]),
      ...testCase("wrong", failing(CHANGED), [testOutput("hop\n", "stderr")]),
      ...testCase("later", { status: "skip", reason: "not yet" }),
      ...testCase("other", { file: "c_test.ami" }),
    ]);
    expect(junit(records)).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="plumb" tests="4" failures="1" errors="0" skipped="1" time="0.031" timestamp="2024-05-01T10:00:00.000Z">
        <testsuite name="a_test.ami" tests="3" failures="1" errors="0" skipped="1" time="1.502" timestamp="2024-05-01T10:00:00.000Z">
          <properties>
            <property name="seed" value="42"/>
          </properties>
          <testcase name="fine" classname="a_test.ami" time="1.500" file="a_test.ami" line="3">
            <system-out>said
      </system-out>
            <system-err>warning[W_X] a_test.ami: careful
      </system-err>
          </testcase>
          <testcase name="wrong" classname="a_test.ami" time="0.001" file="a_test.ami" line="3">
            <failure type="E_OUTPUT_MISMATCH" message="the output is not the expected one">error[E_OUTPUT_MISMATCH]: the output is not the expected one
        --&gt; a_test.ami:3:62
        3 | #pragma test:runtime pipeline=P input={"x": 1} expect_output={"x": true}
          |                                                              ^
      - expected
      + actual
      - $.x: true (bool)
      + $.x: 1 (number)
      blame: subject
      repro: plumb test a_test.ami --run '^a_test\\.ami::wrong$' --seed 42
      </failure>
            <system-err>hop
      </system-err>
          </testcase>
          <testcase name="later" classname="a_test.ami" time="0.001" file="a_test.ami" line="3">
            <skipped message="not yet"/>
          </testcase>
        </testsuite>
        <testsuite name="c_test.ami" tests="1" failures="0" errors="0" skipped="0" time="0.001" timestamp="2024-05-01T10:00:00.000Z">
          <properties>
            <property name="seed" value="42"/>
          </properties>
          <testcase name="other" classname="c_test.ami" time="0.001" file="c_test.ami" line="3"/>
        </testsuite>
      </testsuites>
      "
    `);
  });

  test("shows known failures as skipped and stale entries as failures", () => {
    const document = junit(
      stream([...testCase("old", { ...failing(CHANGED), known: true }), ...testCase("new", { stale: true })]),
    );
    expect(document).toContain('<testsuites name="plumb" tests="2" failures="1" errors="0" skipped="1"');
    expect(document).toContain('<skipped message="known failure"/>');
    expect(document).toContain('<failure type="stale" message="listed as known failing');
  });

  test("counts a file that could not be loaded as an error of its own suite", () => {
    const document = junit(stream(testCase("fine"), { before: [load], after: [warning] }));
    expect(document).toContain('<testsuite name="b.scenario.yaml" tests="1" failures="0" errors="1"');
    expect(document).toContain('<error type="E_SCN_YAML" message="expected a mapping">error[E_SCN_YAML]');
    expect(document).toContain("<system-err>warning[W_X] a_test.ami: careful\n</system-err>");
  });

  test("of a truncated stream is a whole document with an error", () => {
    const document = junit(stream([...testCase("fine"), ...testCase("wrong")]).slice(0, 4));
    expect(document).toContain('name="fine"');
    expect(document).toContain('errors="1"');
    expect(document).toContain(
      '<error type="E_STREAM_TRUNCATED" message="the stream is truncated: it ends without run_end after 1 of 2 cases; a_test.ami::wrong had not ended">',
    );
  });

  test("cuts what a case printed by the megabyte and says by how much", () => {
    const document = junit(stream(testCase("loud", {}, [testOutput("<".repeat(1_000_000))])));
    expect(document).toContain("900000 characters left out");
  });

  test("of nothing at all is a whole document", () => {
    expect(junit([])).toContain("E_STREAM_TRUNCATED");
    expect(junit(stream([]))).toContain('tests="0"');
  });

  test("prints nothing before the end", () => {
    const reporter = junitReporter(options());
    const records = stream(testCase("fine"));
    expect(records.slice(0, -1).map((record) => reporter.record(record))).toEqual(["", "", ""]);
  });

  test("is well-formed and complete for arbitrary names and texts", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("]]>", "<![CDATA[", "&#0;", '"', "\x1b[31m", "--", "\r\n"),
    );
    const verdict = fc.constantFrom("pass", "fail", "skip", "known", "stale");
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, verdict), { maxLength: 5 }), fc.nat(30), (cases, cut) => {
        const records = stream(
          cases.flatMap(([name, message, verdict]) => {
            const finding = diagnostic({ code: "E_X", message, file: name, data: { help: message } });
            const note = diagnostic({ code: "W_X", level: "warn", message });
            const end = {
              pass: {},
              fail: failing(finding),
              skip: { status: "skip", reason: message },
              known: { ...failing(finding), known: true },
              stale: { stale: true },
            } as const;
            return testCase(name, { ...end[verdict], file: message }, [
              testOutput(message),
              testOutput(name, "stderr"),
              note,
            ]);
          }),
          { before: [diagnostic({ code: "E_L", message: cases[0]?.[1] ?? "", file: cases[0]?.[0] })] },
        );
        const document = junit(records);
        expect(document.match(/<testcase /g)?.length).toBe(cases.length + 1);
        junit(records.slice(0, cut));
      }),
      { numRuns: 200 },
    );
  });
});
