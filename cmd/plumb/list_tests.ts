import { EXIT, type ExitCode, renderDiagnostic } from "../../internal/diag/mod.ts";
import { planTests, type TestOptions, testStart } from "../../internal/harness/mod.ts";
import { visibleLine } from "../../internal/report/mod.ts";
import { wall } from "../../internal/world/mod.ts";
import type { Terminal } from "./command.ts";
import { nothingToRun } from "./nothing_to_run.ts";
import { sourceReader } from "./source_reader.ts";

/** `plumb test --list`: the stable ids that would run, one a line, or with `--json` their `test_start` records. */
export async function listTests(options: TestOptions, json: boolean, terminal: Terminal): Promise<ExitCode> {
  const { cases, loadErrors } = await planTests(options, wall);
  for (const planned of cases) {
    const line = json ? JSON.stringify(testStart(planned, wall)) : visibleLine(planned.identity.id);
    terminal.out.write(`${line}\n`);
  }
  const source = sourceReader(options.root);
  for (const found of loadErrors) {
    terminal.err.write(`${renderDiagnostic(found, source(found.file ?? ""), terminal.errStyle)}\n`);
  }
  if (loadErrors.length > 0) return EXIT.usage;
  if (cases.length > 0) return EXIT.ok;
  terminal.err.write(`${visibleLine(nothingToRun(options))}\n`);
  return options.noTests === "fail" ? EXIT.noTests : EXIT.ok;
}
