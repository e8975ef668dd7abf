import {
  BUILTIN_FLAGS,
  type CommandSpec,
  type Flag,
  nextWords,
  type ProgramSpec,
  positionalWords,
} from "../../internal/cli/mod.ts";

/** A completion script for zsh: one function a command, on top of `_arguments`. */
export function zshCompletions(program: ProgramSpec): string {
  const { name, globals } = program;
  return `#compdef ${name}
# zsh completion for ${name}; made by \`${name} completions zsh\`
typeset -ga _${name}_globals
_${name}_globals=(
${[...globals, ...BUILTIN_FLAGS].map((flag) => `  ${flagSpec(flag)}`).join("\n")}
)
${groupFunction(program, "")}
if [[ $funcstack[1] == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

/** The function of a group of commands, after those of its members; of the program itself if `group` is empty. */
function groupFunction(program: ProgramSpec, group: string): string {
  const members = nextWords(program, group).map((word) => {
    const path = group === "" ? word : `${group} ${word}`;
    return { word, path, spec: program.commands.find(({ name }) => name === path) };
  });
  const functions = members.map(({ path, spec }) =>
    spec === undefined ? groupFunction(program, path) : commandFunction(program, spec),
  );
  const described = members.map(
    ({ word, spec }) => `    ${quote(`${word}:${(spec?.summary ?? word).replaceAll(":", "\\:")}`)}`,
  );
  const cases = members.map(({ word, path }) => `    ${word}) ${functionName(program, path)} ;;`);
  return `${functions.join("\n")}
${functionName(program, group)}() {
  local state line
  local -a commands=(
${described.join("\n")}
  )
  _arguments -C $_${program.name}_globals '1: :->command' '*:: :->argument'
  case $state in
  command) _describe command commands ;;
  argument) case $words[1] in
${cases.join("\n")}
    esac ;;
  esac
}`;
}

function commandFunction(program: ProgramSpec, spec: CommandSpec): string {
  const positionals = spec.positionals.map((positional, index) => {
    const words = positionalWords(program, positional);
    const action = words.length === 0 ? "_files" : `(${words.join(" ")})`;
    return quote(`${positional.repeatable === true ? "*" : index + 1}:${positional.name}:${action}`);
  });
  const specs = [...spec.flags.map(flagSpec), ...positionals];
  return `${functionName(program, spec.name)}() {
  _arguments $_${program.name}_globals${specs.map((text) => ` \\\n    ${text}`).join("")}
}`;
}

function functionName(program: ProgramSpec, path: string): string {
  return ["", program.name, ...path.split(" ")].filter((word, index) => index === 0 || word !== "").join("_");
}

/** A row of `_arguments`: `*` lets a flag be repeated, `=` lets its value follow as a word or after an equals sign. */
function flagSpec(flag: Flag): string {
  const help = `[${flag.help.replace(/[[\]:\\]/g, "\\$&")}]`;
  const star = flag.repeatable === true || flag.kind === "list" ? "*" : "";
  const name = flag.short === undefined ? `${star}--${flag.name}` : `${star}-${flag.short}`;
  const long = flag.short === undefined ? "" : ` ${quote(`${star}--${flag.name}${help}`)}`;
  if (flag.kind === "boolean") return `${quote(`${name}${help}`)}${long}`;
  const words = flag.choices ?? flag.suggestions;
  const action = words === undefined ? "_files" : `(${words.join(" ")})`;
  const equals = flag.kind === "optional" ? "=-" : "=";
  const colon = flag.kind === "optional" ? "::" : ":";
  return quote(`${name}${equals}${help}${colon}${flag.value ?? "value"}:${action}`);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
