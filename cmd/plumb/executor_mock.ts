import { resolve } from "node:path";
import type { CommandSpec, ParsedArgs } from "../../internal/cli/mod.ts";
import { EXIT, type ExitCode } from "../../internal/diag/mod.ts";
import { ExecutorServer, loadScript, type Script, serveLines } from "../../internal/executor/mod.ts";
import { nameFromRoot } from "../../internal/files/mod.ts";
import { FlowInputError } from "../../internal/flow/mod.ts";
import type { Terminal } from "./command.ts";
import type { EXECUTOR_MOCK } from "./executor_mock_command.ts";
import { runScripted } from "./executor_mock_scripted.ts";
import { tellInputError } from "./flow_problem.ts";
import type { GlobalFlag } from "./global_flags.ts";

type MockFlag = typeof EXECUTOR_MOCK extends CommandSpec<infer Name> ? Name : never;

/** `plumb executor mock` (flows §18): answers on stdout until stdin ends. */
export async function run(args: ParsedArgs<MockFlag | GlobalFlag>, terminal: Terminal): Promise<ExitCode> {
  const { env, program } = terminal;
  const server = new ExecutorServer({
    version: program.version,
    offersChecks: env.PLUMB_CHECK === "1",
  });
  const given = args.value("scripted");
  if (given === undefined) return await serve(server, terminal);
  let script: Script;
  try {
    const path = resolve(terminal.cwd, given);
    script = await loadScript(path, nameFromRoot(path, terminal.cwd));
  } catch (error) {
    if (!(error instanceof FlowInputError)) throw error;
    tellInputError(error, terminal);
    return EXIT.usage;
  }
  return await runScripted(server, script, terminal);
}

async function serve(server: ExecutorServer, { out }: Terminal): Promise<ExitCode> {
  const say = (reply: string | undefined): boolean => {
    if (reply === undefined) return true;
    out.write(`${reply}\n`);
    out.flush();
    return true;
  };
  await serveLines(Bun.stdin.stream(), server.frameBytes, {
    line: (bytes) => say(server.answer(bytes)),
    tooLong: () => say(server.tooLong()),
  });
  server.close();
  return EXIT.ok;
}
