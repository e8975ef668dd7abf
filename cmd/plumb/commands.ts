import type { ProgramSpec } from "../../internal/cli/mod.ts";
import { CHECK } from "./check_command.ts";
import { type Command, command } from "./command.ts";
import { COMPLETIONS } from "./completions_command.ts";
import { DSL_COMPILE } from "./dsl_compile_command.ts";
import { DSL_LINT } from "./dsl_lint_command.ts";
import { DSL_PLAN } from "./dsl_plan_command.ts";
import { DSL_TESTGEN } from "./dsl_testgen_command.ts";
import { EXECUTOR_CHECK } from "./executor_check_command.ts";
import { EXECUTOR_MOCK } from "./executor_mock_command.ts";
import { GLOBAL_FLAGS } from "./global_flags.ts";
import { HELP, TOPICS } from "./help_command.ts";
import { INVOKE } from "./invoke_command.ts";
import { MAN } from "./man_command.ts";
import { PIPELINE_GRAPH } from "./pipeline_graph_command.ts";
import { PIPELINE_RUN } from "./pipeline_run_command.ts";
import { REPLAY } from "./replay_command.ts";
import { RUNTIME_RUN } from "./runtime_run_command.ts";
import { SCHEMA } from "./schema_command.ts";
import { TEST } from "./test_command.ts";
import { TRACE } from "./trace_command.ts";
import { VERIFY_ONLINE } from "./verify_online_command.ts";

/** Every command, in the order in which help lists them. Tables are small and always there; bodies are loaded when run. */
export const COMMANDS: readonly Command[] = [
  command(TEST, () => import("./test.ts")),
  command(PIPELINE_RUN, () => import("./pipeline_run.ts")),
  command(PIPELINE_GRAPH, () => import("./pipeline_graph.ts")),
  command(RUNTIME_RUN, () => import("./runtime_run.ts")),
  command(VERIFY_ONLINE, () => import("./verify_online.ts")),
  command(DSL_COMPILE, () => import("./dsl_compile.ts")),
  command(DSL_LINT, () => import("./dsl_lint.ts")),
  command(DSL_PLAN, () => import("./dsl_plan.ts")),
  command(DSL_TESTGEN, () => import("./dsl_testgen.ts")),
  command(EXECUTOR_CHECK, () => import("./executor_check.ts")),
  command(EXECUTOR_MOCK, () => import("./executor_mock.ts")),
  command(CHECK, () => import("./check.ts")),
  command(INVOKE, () => import("./invoke.ts")),
  command(TRACE, () => import("./trace.ts")),
  command(REPLAY, () => import("./replay.ts")),
  command(SCHEMA, () => import("./schema.ts")),
  command(HELP, () => import("./help.ts")),
  command(COMPLETIONS, () => import("./completions.ts")),
  command(MAN, () => import("./man.ts")),
];

/** The tables of the whole program. */
export function programSpec(version: string): ProgramSpec {
  return {
    name: "plumb",
    version,
    summary: "holds every runtime to the same behaviour",
    globals: GLOBAL_FLAGS,
    topics: TOPICS,
    commands: COMMANDS.map(({ spec }) => spec),
  };
}
