import { columns, UsageError, usage, wrap } from "../../internal/cli/mod.ts";
import { type Config, type ConfigRow, configRows, loadConfig } from "../../internal/config/mod.ts";
import { didYouMean, EXIT, type ExitCode, exitRows, type Style } from "../../internal/diag/mod.ts";
import { pragmaHelp } from "../../internal/harness/mod.ts";
import type { CommandBody, Terminal } from "./command.ts";
import { givenWords } from "./configured.ts";
import { GLOBAL_FLAGS } from "./global_flags.ts";
import { TOPICS } from "./help_command.ts";

/** Of the explanations of configuration keys, in characters. */
const CONFIG_WIDTH = 96;

/** `plumb help [TOPIC]`: a command's usage text, or one of the tables of the program. */
export const run: CommandBody = async (args, terminal) => {
  const topic = args.positionals.join(" ");
  switch (topic) {
    case "exit-codes":
      terminal.out.write(exitCodes(terminal.outStyle));
      return EXIT.ok;
    case "pragmas":
      terminal.out.write(pragmaHelp());
      return EXIT.ok;
    case "config": {
      const config = await loadConfig({
        cwd: terminal.cwd,
        env: terminal.env,
        given: givenWords(GLOBAL_FLAGS, args),
        runtimeConfig: args.value("runtime-config"),
        machine: { cores: navigator.hardwareConcurrency },
      });
      terminal.out.write(configHelp(config, terminal.outStyle));
      return EXIT.ok;
    }
    default:
      return commandHelp(topic, terminal);
  }
};

function commandHelp(path: string, { program, out, outStyle }: Terminal): ExitCode {
  const names = program.commands.map(({ name }) => name);
  const known = path === "" || names.some((name) => name === path || name.startsWith(`${path} `));
  if (!known) {
    const near = didYouMean(path, [...TOPICS, ...names]);
    const message = `unknown topic ${JSON.stringify(path)}, expected ${TOPICS.join(", ")} or a command`;
    throw new UsageError("E_USAGE_ARGUMENT", message, near === undefined ? undefined : `plumb help ${near}`);
  }
  out.write(usage(program, path, outStyle));
  return EXIT.ok;
}

function exitCodes(style: Style): string {
  const table = exitRows();
  const width = Math.max(...table.map(({ codes }) => codes.length));
  const rows = table.map(({ codes, name, meaning }) => [`${codes.padStart(width)}  ${name}`, meaning] as const);
  return `${style.bold("exit codes:")}\n${columns(rows)}\n\nWhen several apply: 70, then 130, 143 or 141, 4, 3, 2, 1, 5.\n`;
}

function configHelp(config: Config, style: Style): string {
  const files =
    config.files.length === 0
      ? "no plumb.yaml here; values are defaults, flags or environment"
      : config.files.join(", ");
  const sections = Map.groupBy(configRows(config), ({ key }) => key.split(".")[0]);
  const texts = [...sections.values()].map((rows) => rows.map((row) => configRow(row, style)).join(""));
  return `configuration: ${files}\n\n${texts.join("\n")}`;
}

/** A key with its value and where that comes from, then what it is, wrapped. */
function configRow({ key, value, origin, help, default: fallback, setBy }: ConfigRow, style: Style): string {
  const set = setBy.length === 0 ? "" : `; set by ${setBy.join(" or ")}`;
  const lines = wrap(`${help} (default: ${fallback}${set})`, CONFIG_WIDTH);
  return [`${style.bold(key)} = ${style.cyan(value)}  (${origin})`, ...lines.map((line) => `    ${line}`), ""].join(
    "\n",
  );
}
