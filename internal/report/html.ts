import { PLAIN } from "../diag/mod.ts";
import type { RunStart } from "../harness/mod.ts";
import { findingLine, findingText } from "./finding_text.ts";
import { caseElement } from "./html_case.ts";
import { HTML_STYLE } from "./html_style.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import type { Reporter, ReporterOptions } from "./reporter.ts";
import { summaryLines } from "./summary.ts";
import { truncationSentence } from "./truncation.ts";
import { visitStream } from "./visit_stream.ts";
import { xmlText } from "./xml.ts";

/**
 * One self-contained page: no script and nothing fetched, which its content policy enforces too. It is well-formed XML
 * as well as HTML. The summary stands first, so the page is kept until the end of the run.
 */
export function htmlReporter({ source }: ReporterOptions): Reporter {
  const body: string[] = [];
  const counts: Record<Outcome, number> = { pass: 0, fail: 0, skip: 0, known: 0, stale: 0 };
  let start: RunStart | undefined;
  let file: string | undefined;

  function section(name: string | undefined): void {
    if (name === file) return;
    if (file !== undefined) body.push("</section>\n");
    if (name !== undefined) body.push(`<section><h2>${xmlText(name)}</h2>\n`);
    file = name;
  }

  function page(ok: boolean, verdict: string): string {
    section(undefined);
    const facts = start === undefined ? "" : `plumb ${start.version}, engine ${start.engine}, ${start.timestamp}`;
    return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<title>plumb test: ${ok ? "ok" : "not ok"}</title>
<style>${HTML_STYLE}</style></head>
<body><h1>plumb test</h1>
<p class="verdict ${ok ? "pass" : "fail"}">${xmlText(verdict)}</p>
<p class="facts">${xmlText(facts)}</p>
${filters(counts)}<main>
${body.join("")}</main></body></html>
`;
  }

  return visitStream({
    begin(record) {
      start = record;
      return "";
    },
    finding(finding) {
      section(undefined);
      if (finding.level === "error") {
        body.push(`<pre class="error">${xmlText(findingText(finding, { source, style: PLAIN }))}</pre>\n`);
      } else if (finding.level === "warn") {
        body.push(`<div class="note warn">${xmlText(findingLine(finding))}</div>\n`);
      }
      return "";
    },
    result(result) {
      counts[outcomeOf(result.end)] += 1;
      section(result.end.file);
      body.push(caseElement(result, source));
      return "";
    },
    end: (end, assumed) => page(end.ok, summaryLines(end, start?.seed, assumed).join("; ")),
    truncated: (truncation) => page(false, truncationSentence(truncation)),
  });
}

function filters({ pass, fail, skip, known, stale }: Readonly<Record<Outcome, number>>): string {
  const choices: readonly [id: string, count: number][] = [
    ["all", pass + fail + skip + known + stale],
    ["fail", fail + stale],
    ["pass", pass],
    ["skip", skip],
    ["known", known],
  ];
  return choices
    .filter(([id, count]) => count > 0 || id === "all")
    .map(([id, count]) => {
      const checked = id === "all" ? ` checked="checked"` : "";
      return `<input class="filter" type="radio" name="show" id="show-${id}"${checked}/><label for="show-${id}">${id} ${count}</label>\n`;
    })
    .join("");
}
