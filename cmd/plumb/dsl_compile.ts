import { resolve } from "node:path";
import { type CommandSpec, type ParsedArgs, UsageError } from "../../internal/cli/mod.ts";
import { EXIT, type ExitCode } from "../../internal/diag/mod.ts";
import type { Artifact } from "../../internal/dsl/mod.ts";
import { isInside, nameFromRoot, realPath } from "../../internal/files/mod.ts";
import type { Terminal } from "./command.ts";
import { buildInto, outputName } from "./dsl_build.ts";
import type { DSL_COMPILE } from "./dsl_compile_command.ts";
import type { GlobalFlag } from "./global_flags.ts";

type CompileFlag = typeof DSL_COMPILE extends CommandSpec<infer Name> ? Name : never;
type CompileArgs = ParsedArgs<CompileFlag | GlobalFlag>;

/** `plumb dsl compile PATH…` (spec/flows.md §8). */
export function run(args: CompileArgs, terminal: Terminal): ExitCode {
  const { cwd } = terminal;
  const out = resolve(cwd, args.value("out") ?? "out");
  const shown = nameFromRoot(out, cwd);
  const built = buildInto(
    {
      paths: args.positionals,
      out,
      emitIr: args.has("emit-ir"),
      lint: !args.has("no-lint"),
      force: args.has("force"),
      clean: cleanOf(args, out, shown, cwd),
    },
    terminal,
  );
  if ("exit" in built) return built.exit;
  const listed = built.artifacts.map((artifact) => listing(artifact, shown));
  terminal.out.write(args.has("json") ? `${JSON.stringify({ artifacts: listed })}\n` : listText(listed, shown));
  return EXIT.ok;
}

function cleanOf(args: CompileArgs, out: string, shown: string, cwd: string): "nothing" | "written" | "everything" {
  if (!args.has("clean-all")) {
    if (args.has("yes")) throw new UsageError("E_USAGE_CONFLICT", "--yes goes with --clean-all only");
    return args.has("clean") ? "written" : "nothing";
  }
  if (isInside(realPath(cwd), realPath(out))) {
    throw new UsageError(
      "E_USAGE_VALUE",
      `--clean-all would remove ${shown}, which is the working directory or above it`,
    );
  }
  if (args.has("yes")) return "everything";
  throw new UsageError("E_USAGE_CONFLICT", `--clean-all removes ${shown} with all that is in it`, "--clean-all --yes");
}

/** An artifact as `--json` shows it. */
interface Listed {
  readonly source: string;
  readonly kind: Artifact["kind"];
  readonly id: string;
  readonly output: string;
}

function listing({ source, kind, id, path }: Artifact, out: string): Listed {
  return { source: source ?? out, kind, id, output: outputName(out, path) };
}

function listText(listed: readonly Listed[], out: string): string {
  const lines = listed.map(({ kind, output }) => `  [${kind}] ${output}\n`);
  return `Wrote artifacts to ${out}:\n${lines.join("")}`;
}
