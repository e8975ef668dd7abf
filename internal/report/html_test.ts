import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { diagnostic } from "../diag/mod.ts";
import { htmlReporter } from "./html.ts";
import { CHANGED, failing, options, print, stream, testCase, testOutput } from "./sample_stream.ts";
import { xmlFault } from "./well_formed.ts";

type Records = Parameters<typeof print>[1];

function html(records: Records): string {
  const page = print(htmlReporter(options()), records);
  expect(xmlFault(page)).toBeUndefined();
  return page;
}

function main(page: string): string {
  return page.slice(page.indexOf("<p class="), page.indexOf("</main>"));
}

const warning = diagnostic({ code: "W_X", level: "warn", message: "careful", file: "a_test.ami" });
const load = diagnostic({ code: "E_SCN_YAML", message: "expected a mapping", file: "b.scenario.yaml" });

const mixed = stream(
  [
    ...testCase("fine", { virtual_ms: 50 }, [warning]),
    ...testCase("wrong", failing(CHANGED), [testOutput("hop\n", "stderr")]),
    ...testCase("later", { status: "skip", reason: "not yet" }),
    ...testCase("old", { status: "fail", known: true, code: "E_X", error: "x" }),
    ...testCase("mended", { stale: true, file: "c_test.ami" }),
  ],
  { before: [load], after: [warning] },
);

describe("the HTML report", () => {
  test("shows summary, filters, and cases below their files", () => {
    expect(main(html(mixed))).toMatchInlineSnapshot(`
      "<p class="verdict fail">plumb test: 2 passed, 1 failed, 1 skipped (5 cases, 0.03 s, seed 42)</p>
      <p class="facts">plumb 0.1.0, engine local, 2024-05-01T10:00:00.000Z</p>
      <input class="filter" type="radio" name="show" id="show-all" checked="checked"/><label for="show-all">all 5</label>
      <input class="filter" type="radio" name="show" id="show-fail"/><label for="show-fail">fail 2</label>
      <input class="filter" type="radio" name="show" id="show-pass"/><label for="show-pass">pass 1</label>
      <input class="filter" type="radio" name="show" id="show-skip"/><label for="show-skip">skip 1</label>
      <input class="filter" type="radio" name="show" id="show-known"/><label for="show-known">known 1</label>
      <main>
      <pre class="error">error[E_SCN_YAML]: expected a mapping
        --&gt; b.scenario.yaml</pre>
      <section><h2>a_test.ami</h2>
      <div class="case pass"><span class="status">PASS</span> fine <span class="time">0.001 s, virtual 50 ms</span><div class="note warn">warning[W_X] a_test.ami: careful</div></div>
      <details class="case fail" open="open"><summary><span class="status">FAIL</span> wrong <span class="time">0.001 s</span></summary><pre>error[E_OUTPUT_MISMATCH]: the output is not the expected one
        --&gt; a_test.ami:3:62
        3 | #pragma test:runtime pipeline=P input={"x": 1} expect_output={"x": true}
          |                                                              ^</pre><pre class="diff"><del>- expected</del>
      <ins>+ actual</ins>
      <del>- $.x: true (bool)</del>
      <ins>+ $.x: 1 (number)</ins></pre><div class="time">stderr</div><pre>hop</pre><div><span class="time">blame:</span> <code>subject</code></div><div><span class="time">repro:</span> <code>plumb test a_test.ami --run '^a_test\\.ami::wrong$' --seed 42</code></div></details>
      <div class="case skip"><span class="status">SKIP</span> later <span class="time">0.001 s, not yet</span></div>
      <details class="case known"><summary><span class="status">FAIL</span> old <span class="time">0.001 s, known failure</span></summary><pre>error[E_X]: x
        --&gt; a_test.ami</pre></details>
      </section>
      <section><h2>c_test.ami</h2>
      <div class="case stale"><span class="status">PASS</span> mended <span class="time">0.001 s, listed as known failing, but it passed; take it off the list</span></div>
      </section>
      <div class="note warn">warning[W_X] a_test.ami: careful</div>
      "
    `);
  });

  test("is one page that needs and may load nothing else, and runs no script", () => {
    const page = html(mixed);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import|javascript:|\son\w+=/i);
    expect(page).toContain("@media (prefers-color-scheme:dark)");
  });

  test("has a style for each filter and each outcome that it shows", () => {
    const page = html(mixed);
    for (const [, id] of page.matchAll(/id="show-(\w+)"/g)) {
      if (id !== "all") expect(page).toContain(`#show-${id}:checked~main .case:not(.`);
    }
  });

  test("of a truncated stream is a whole page that says so", () => {
    const page = html(mixed.slice(0, 6));
    expect(page).toContain(
      '<p class="verdict fail">the stream is truncated: it ends without run_end after 1 of 5 cases; a_test.ami::wrong had not ended</p>',
    );
    expect(html([])).toContain("the stream is truncated");
  });

  test("no name or text becomes markup", () => {
    const evil = `</pre><script>alert(1)</script>" onload="x" ]]>\x00`;
    const finding = diagnostic({
      code: "E_EVIL_MISMATCH",
      message: evil,
      file: evil,
      data: { path: evil, expected: evil },
    });
    const note = diagnostic({ code: "W_EVIL", level: "warn", message: evil });
    const records = stream(testCase(evil, { ...failing(finding), file: evil, repro: evil }, [note, testOutput(evil)]), {
      before: [finding],
    });
    expect(html(records)).not.toContain("<script");
  });

  test("is well-formed for arbitrary names and texts", () => {
    const text = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(text, text, fc.nat(8), (name, message, cut) => {
        const finding = diagnostic({
          code: "E_X_MISMATCH",
          message,
          file: name,
          data: { path: name, actual: message },
        });
        const records = stream(
          [...testCase(name, { ...failing(finding), file: message }, [testOutput(message)]), ...testCase(name)],
          {
            before: [finding],
          },
        );
        html(records);
        html(records.slice(0, cut));
      }),
      { numRuns: 100 },
    );
  });
});
