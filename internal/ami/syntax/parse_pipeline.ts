import type { Chain, ErrorDecl, Name, PipelineBody, PipelineDecl, StepNode } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseArgs, parseAttrs } from "./parse_attr.ts";

/** Reads `pipeline P { … }`, `pipeline P() { … }` or `pipeline (P) { … }` (pipelines §1). */
export function parsePipeline(c: Cursor): PipelineDecl {
  const start = c.start;
  const keyword = c.expectWord("'pipeline'");
  const name = parsePipelineName(c);
  const body = parseBody(c, true);
  return { keyword, name, body, ...c.span(start) };
}

function parsePipelineName(c: Cursor): Name {
  const what = "a pipeline's name";
  if (c.take("(")) {
    const name = c.expectWord(what);
    c.expect(")");
    return name;
  }
  const name = c.expectWord(what);
  if (c.take("(")) c.expect(")");
  return name;
}

/** Reads `error { … }`, which cannot hold another one. */
export function parseErrorBlock(c: Cursor): ErrorDecl {
  const start = c.start;
  const keyword = c.expectWord("'error'");
  const body = parseBody(c, false);
  return { keyword, body, ...c.span(start) };
}

function parseBody(c: Cursor, mayHaveError: boolean): PipelineBody {
  const start = c.start;
  const content = c.block(() => {
    const chains: Chain[] = [];
    let error: ErrorDecl | undefined;
    for (;;) {
      c.skipSemicolons();
      if (c.is("}") || c.atEnd) return { chains, error };
      if (c.is("error") && c.nextIs("{")) {
        if (!mayHaveError || error !== undefined) c.fail("a step or '}'");
        error = parseErrorBlock(c);
      } else {
        chains.push(parseChain(c));
        c.endStatement();
      }
    }
  });
  return { ...content, ...c.span(start) };
}

/** Reads steps with `.` or `->` between them, the first perhaps with a name of its own. */
function parseChain(c: Cursor): Chain {
  const start = c.start;
  const label = c.current.kind === "name" && c.peekIs("=") ? c.expectWord("a step's name") : undefined;
  if (label !== undefined) c.expect("=");
  const steps = [parseStep(c, label)];
  const connectors: Chain["connectors"][number][] = [];
  for (;;) {
    const connector = c.is(".") ? "." : "->";
    if (!c.take(connector)) return { steps, connectors, ...c.span(start) };
    connectors.push(connector);
    steps.push(parseStep(c, undefined));
  }
}

function parseStep(c: Cursor, label: Name | undefined): StepNode {
  const start = label?.start ?? c.start;
  const name = parseStepName(c);
  const parens = c.is("(") && c.joined;
  const args = parens ? parseArgs(c) : [];
  return { label, name, parens, args, attrs: parseAttrs(c), ...c.span(start) };
}

/** A word, or `io.` and a word: `io.Read`. */
function parseStepName(c: Cursor): Name {
  const namespace = c.is("io") && c.peekIs(".");
  const first = c.expectWord("a step");
  if (!namespace) return first;
  c.expect(".");
  const second = c.expectWord("a step");
  return { text: `${first.text}.${second.text}`, start: first.start, end: second.end };
}
