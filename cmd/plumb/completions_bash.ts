import {
  BUILTIN_FLAGS,
  type Flag,
  nextWords,
  type ProgramSpec,
  positionalWords,
  VERSION_FLAG,
} from "../../internal/cli/mod.ts";

/** A completion script for bash. What it does not know (a FILE, a PATH) is left to bash: `-o default` is file names. */
export function bashCompletions(program: ProgramSpec): string {
  const { name, commands, globals } = program;
  const everywhere = [...globals, ...BUILTIN_FLAGS];
  const paths = commands.flatMap(({ name: path }) => prefixes(path));
  const flags = [...commands.flatMap((spec) => [...spec.flags]), ...everywhere];
  return `# bash completion for ${name}; made by \`${name} completions bash\`
_${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path= words= i
  COMPREPLY=()
  # bash cuts --flag=value at the = into three words
  if [[ $cur == = ]]; then cur=; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${path:+$path }\${COMP_WORDS[i]}" in
      ${[...new Set(paths)].map(quote).join(" | ")}) path="\${path:+$path }\${COMP_WORDS[i]}" ;;
    esac
  done
  case $prev in
${valueCases(flags)}
  esac
  case "$path:$cur" in
${["", ...new Set(paths)].map((path) => wordCases(program, everywhere, path)).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o bashdefault -o default -F _${name} ${name}
`;
}

/** After a flag with a value: the words that it takes, or file names. */
function valueCases(flags: readonly Flag[]): string {
  const valued = flags.filter(({ kind }) => kind === "value" || kind === "list");
  return [...new Map(valued.map((flag) => [flag.name, flag])).values()]
    .map(({ name, choices, suggestions }) => {
      const words = choices ?? suggestions;
      return words === undefined
        ? `    --${name}) return ;;`
        : `    --${name}) COMPREPLY=($(compgen -W ${quote(words.join(" "))} -- "$cur")); return ;;`;
    })
    .join("\n");
}

/** After the command `path`: its flags when a dash is there, else its subcommands or the words of its arguments. */
function wordCases(program: ProgramSpec, everywhere: readonly Flag[], path: string): string {
  const spec = program.commands.find(({ name }) => name === path);
  const own = spec?.flags ?? (path === "" ? [VERSION_FLAG] : []);
  const flags = [...new Set([...own, ...everywhere].map(({ name }) => `--${name}`))];
  const words =
    spec === undefined
      ? nextWords(program, path)
      : spec.positionals.flatMap((positional) => positionalWords(program, positional));
  return [
    `    ${quote(`${path}:-`)}*) words=${quote(flags.join(" "))} ;;`,
    `    ${quote(`${path}:`)}*) words=${quote(words.join(" "))} ;;`,
  ].join("\n");
}

/** `dsl compile` is reached by way of `dsl`. */
function prefixes(path: string): readonly string[] {
  const words = path.split(" ");
  return words.map((_, index) => words.slice(0, index + 1).join(" "));
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
