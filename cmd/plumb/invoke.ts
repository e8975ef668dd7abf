import { resolve } from "node:path";
import { type Diagnostic, diagnostic, EXIT, type ExitCode } from "../../internal/diag/mod.ts";
import { HandlerThreads } from "../../internal/handlers/mod.ts";
import { type Store, StoreError } from "../../internal/store/mod.ts";
import { checkRoot, type Engine, HandlerHang, type Program, type Root } from "../../internal/sync/mod.ts";
import { parseStrict, ValueError } from "../../internal/value/mod.ts";
import { UuidFlowGenerator, wall } from "../../internal/world/mod.ts";
import type { Terminal } from "./command.ts";
import { earlierOutcome, keyConflict } from "./invoke_key.ts";
import { completedLine, failedLine, recoveredLine } from "./invoke_lines.ts";
import { crashPointOf, type InvokeArgs, type InvokeRequest, readRequest } from "./invoke_request.ts";
import { type SessionOptions, withLog } from "./invoke_session.ts";
import { loadProgram } from "./load_program.ts";
import { givenLog, givenSpecs } from "./log_flags.ts";
import { tellLogProblem } from "./log_problem.ts";
import { tellFailure } from "./tell_failure.ts";
import { tellProblem } from "./tell_problem.ts";
import { DEFAULT_WATCHDOG_MS } from "./watchdog_value.ts";

/** What is printed on stdout, and how the command ends. */
interface Ending {
  readonly line: string;
  readonly exit: ExitCode;
}

const REFUSED: Ending = { line: "", exit: EXIT.usage };

/**
 * `plumb invoke ACTION` and `plumb invoke --recover` (spec/scenarios.md §11). SIGINT and SIGTERM are left to the system: the engine
 * is synchronous, so they end the process wherever it is, and the log recovers as from any other kill.
 */
export async function run(args: InvokeArgs, terminal: Terminal): Promise<ExitCode> {
  const path = resolve(terminal.cwd, givenLog(args));
  const request = readRequest(args, terminal.cwd);
  const crashAt = crashPointOf(terminal.env.PLUMB_CRASH_AT);
  const handlers = new HandlerThreads({
    open: true,
    watchdogMs: args.integer("watchdog") ?? DEFAULT_WATCHDOG_MS,
    print: (_stream, text) => terminal.err.write(text), // stdout holds the outcome and nothing else
  });
  try {
    const program = await loadProgram(givenSpecs(args), terminal, handlers, args.has("quiet"));
    if (program === undefined) return EXIT.usage;
    const root = request === undefined ? undefined : rootOf(request, program, terminal);
    if (root === "refused") return EXIT.usage;
    const session: SessionOptions = {
      path,
      handlers,
      program,
      log: {
        commit: args.value("commit") === "each" ? "each" : "group",
        crashAt,
        engineVersion: terminal.program.version,
        specHash: program.specHash,
      },
      maxSteps: args.integer("max-steps"),
      timeoutMs: args.integer("timeout"),
      atMs: wall.nowMs,
      observer: { warned: (finding) => tellProblem(finding, terminal) },
    };
    const { line, exit } = withLog(session, (engine, store) =>
      root === undefined ? recover(engine) : invoke(root, request?.flow, engine, store, terminal),
    );
    terminal.out.write(line);
    return exit;
  } catch (error) {
    if (error instanceof StoreError) {
      tellLogProblem(error, path, terminal);
      return EXIT.usage;
    }
    if (!(error instanceof HandlerHang)) throw error;
    const { code, message, flowToken } = error;
    tellFailure({ error: { code, message }, at: undefined }, terminal);
    terminal.out.write(failedLine({ code, message }, flowToken, undefined));
    return EXIT.failure;
  } finally {
    handlers.close();
  }
}

/** The root of a request that the specs have nothing against; else that is told. */
function rootOf(request: InvokeRequest, program: Program, terminal: Terminal): Root | "refused" {
  try {
    const root: Root = {
      action: request.action,
      args: parseStrict(request.args),
      flowToken: request.flow ?? new UuidFlowGenerator(wall).generate(),
      requestKey: request.key,
    };
    const refusal = checkRoot(program, root);
    if (refusal === undefined) return root;
    tellAll(refusal.findings, terminal);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const { code, message, help } = error;
    tellProblem(diagnostic({ code, message, data: help === undefined ? undefined : { help } }), terminal);
  }
  return "refused";
}

function recover(engine: Engine): Ending {
  const { completions, invocations, failedFlows } = engine.recover();
  return { line: recoveredLine(completions, invocations, failedFlows.length), exit: EXIT.ok };
}

/** `flow` is the token that was asked for, if one was. */
function invoke(root: Root, flow: string | undefined, engine: Engine, store: Store, terminal: Terminal): Ending {
  engine.recover();
  const { requestKey: key } = root;
  const earlier = key === undefined ? undefined : store.queries.rootByKey(key);
  if (earlier !== undefined) {
    const conflict = keyConflict(earlier, root, flow);
    if (conflict === undefined) {
      const { line, failed } = earlierOutcome(store, earlier);
      return { line, exit: failed ? EXIT.failure : EXIT.ok };
    }
    const message = `the key ${JSON.stringify(key)} belongs to ${conflict}; only a retry may use it again`;
    tellProblem(diagnostic({ code: "E_KEY_REUSED", message }), terminal);
    return REFUSED;
  }
  const outcome = engine.invoke(root);
  switch (outcome.kind) {
    case "refused":
      tellAll(outcome.findings, terminal);
      return REFUSED;
    case "completed":
      return { line: completedLine(store, outcome.completion), exit: EXIT.ok };
    case "failed":
      tellFailure(outcome, terminal);
      return { line: failedLine(outcome.error, outcome.flowToken, outcome.invocationId), exit: EXIT.failure };
  }
}

function tellAll(findings: readonly Diagnostic[], terminal: Terminal): void {
  for (const finding of findings) tellProblem(finding, terminal);
}
