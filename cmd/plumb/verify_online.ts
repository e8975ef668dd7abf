import { resolve } from "node:path";
import { type CommandSpec, type ParsedArgs, UsageError } from "../../internal/cli/mod.ts";
import { EXIT, type ExitCode } from "../../internal/diag/mod.ts";
import { ENGINE_NAMES, openEngine, refused } from "../../internal/engine/mod.ts";
import { nameFromRoot } from "../../internal/files/mod.ts";
import { FlowInputError } from "../../internal/flow/mod.ts";
import { indentedJson } from "../../internal/value/mod.ts";
import { freshRunId } from "../../internal/world/mod.ts";
import type { Terminal } from "./command.ts";
import { mocksOf } from "./flow_call.ts";
import { tellInputError } from "./flow_problem.ts";
import { flowSettings } from "./flow_settings.ts";
import type { GlobalFlag } from "./global_flags.ts";
import { amongPlugins } from "./plugin_guests.ts";
import { readExpectation } from "./verify_expect.ts";
import { VERIFY_ONLINE } from "./verify_online_command.ts";
import { Verification, type Verified } from "./verify_run.ts";

type VerifyFlag = typeof VERIFY_ONLINE extends CommandSpec<infer Name> ? Name : never;
type VerifyArgs = ParsedArgs<VerifyFlag | GlobalFlag>;

/** `plumb verify online` (flows §15). */
export async function run(args: VerifyArgs, terminal: Terminal): Promise<ExitCode> {
  const found = await flowSettings(VERIFY_ONLINE.flags, args, terminal);
  return await amongPlugins(found.settings, terminal, () => verify(args, found, terminal));
}

async function verify(
  args: VerifyArgs,
  { settings, warnings }: Awaited<ReturnType<typeof flowSettings>>,
  terminal: Terminal,
): Promise<ExitCode> {
  const flow = args.value("flow");
  if (flow === undefined || flow === "") throw new UsageError("E_USAGE_FLAG", "plumb verify online needs --flow");
  const where = placeOf(args, terminal.cwd);
  const against = otherEngine(args.value("against"), settings.engine);
  try {
    const { cwd } = terminal;
    const expected = args.value("expect");
    const mocks = await mocksOf(args.value("mocks"), cwd);
    const expectation = expected === undefined ? undefined : await readExpectation(expected, cwd);
    const seed = args.integer("seed");
    const setup = { settings, cwd, env: terminal.env, executorArgs: args.rest, seed };
    // Where one of the engines is local, the mocks are that one's.
    const first = { engine: settings.engine, mocks: against === "local" ? undefined : mocks };
    const engine = await openEngine({ ...setup, ...first });
    const second = { ...setup, mocks: against === "local" ? mocks : undefined };
    const other = against === undefined ? undefined : await openEngine({ ...second, engine: against });
    const verification = new Verification({
      flow,
      ...where,
      inputs: args.value("inputs"),
      expectation,
      engine,
      against: other,
      settings,
      runId: freshRunId(),
      // The executor of engine local is the one that it is held against.
      warnings: against === undefined ? warnings : warnings.filter(({ code }) => code !== "W_EXECUTOR_UNUSED"),
      terminal,
    });
    const verified = await verification.run();
    terminal.out.write(`${indentedJson(printed(flow, nameFromRoot(where.manifest, cwd), verified))}\n`);
    return verified.exit;
  } catch (error) {
    if (!(error instanceof FlowInputError)) throw error;
    tellInputError(error, terminal);
    return EXIT.usage;
  }
}

/** Where the manifest is, or comes from. */
function placeOf(args: VerifyArgs, cwd: string) {
  const sources = args.has("sources") ? args.values("sources") : undefined;
  const given = args.value("manifest");
  if (sources === undefined) {
    for (const flag of ["out", "force", "no-lint"] as const) {
      if (args.has(flag)) throw new UsageError("E_USAGE_CONFLICT", `--${flag} goes with --sources only`);
    }
    return { manifest: resolve(cwd, given ?? "out/dsl/manifest.json"), compile: undefined };
  }
  if (given !== undefined) {
    throw new UsageError("E_USAGE_CONFLICT", "--sources writes a manifest of its own: leave --manifest out");
  }
  const out = resolve(cwd, args.value("out") ?? "out/dsl");
  const compile = { paths: sources, out, emitIr: true, lint: !args.has("no-lint"), force: args.has("force") } as const;
  return { manifest: resolve(out, "manifest.json"), compile: { ...compile, clean: "nothing" as const } };
}

/** `--against` names the other engine. */
function otherEngine(against: string | undefined, engine: string): "local" | "proc" | undefined {
  if (against === engine) {
    throw new UsageError("E_USAGE_CONFLICT", `--against ${against} names the engine that runs the flow anyway`);
  }
  return ENGINE_NAMES.find((name) => name === against);
}

/** The one object on stdout, its members in the order of flows §15. */
function printed(flow: string, manifest: string, { result, checks }: Verified): { [key: string]: unknown } {
  const { status, summary, events, outputs, error } = result ?? refused({ inputs: {} });
  return { flow, manifest, status, summary, events, outputs, checks, ...(error === undefined ? {} : { error }) };
}
