import type { CommandSpec, ParsedArgs } from "../../internal/cli/mod.ts";
import { EXIT, type ExitCode } from "../../internal/diag/mod.ts";
import { ExecutorServer, serveLines } from "../../internal/executor/mod.ts";
import type { Terminal } from "./command.ts";
import type { EXECUTOR_MOCK } from "./executor_mock_command.ts";
import type { GlobalFlag } from "./global_flags.ts";

type MockFlag = typeof EXECUTOR_MOCK extends CommandSpec<infer Name> ? Name : never;

/** The longest frame of REP (flows §12). */
const FRAME_BYTES = 16 << 20;

/** `plumb executor mock` (flows §18): answers on stdout until stdin ends. */
export async function run(_: ParsedArgs<MockFlag | GlobalFlag>, terminal: Terminal): Promise<ExitCode> {
  const { env, out, program } = terminal;
  const server = new ExecutorServer({
    version: program.version,
    offersChecks: env.PLUMB_CHECK === "1",
    frameBytes: FRAME_BYTES,
  });
  const say = (reply: string | undefined): boolean => {
    if (reply === undefined) return true;
    out.write(`${reply}\n`);
    out.flush();
    return true;
  };
  await serveLines(Bun.stdin.stream(), FRAME_BYTES, {
    line: (bytes) => say(server.answer(bytes)),
    tooLong: () => say(server.tooLong()),
  });
  server.close();
  return EXIT.ok;
}
