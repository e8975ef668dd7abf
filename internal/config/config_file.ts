import { type Diagnostic, diagnostic, didYouMean, type LineIndex, type Position } from "../diag/mod.ts";
import { checkValue } from "./check_value.ts";
import { ConfigError } from "./config_error.ts";
import type { ConfigKey } from "./config_key.ts";
import { SECTIONS, type SectionName } from "./config_keys.ts";
import { readConfigText } from "./file_text.ts";
import { readYaml, type YamlText } from "./yaml_text.ts";

/** A checked configuration file: the values that it sets, by key id, each with the place of its key. */
export interface ConfigFile {
  /** Absolute, or `-` for stdin; and as messages show it. */
  readonly path: string;
  readonly shown: string;
  readonly source: LineIndex;
  readonly values: ReadonlyMap<string, FileValue>;
}

interface FileValue {
  readonly value: unknown;
  readonly pos: Position;
}

type Complain = (code: string, message: string, pos: Position, help?: string | undefined) => void;

/**
 * Reads and checks a configuration file: unknown keys at any level and wrong values are errors with their place
 * (spec/cli.md; codes of flows §14).
 *
 * @param required sections that must be there
 * @throws ConfigError with every finding, by position
 */
export async function readConfigFile(
  path: string,
  shown: string,
  required: readonly SectionName[] = [],
): Promise<ConfigFile> {
  const source = readConfigText(path, shown);
  const yaml = await readYaml(shown, source);
  const findings: Diagnostic[] = [];
  const complain: Complain = (code, message, pos, help) => {
    findings.push(diagnostic({ code, message, file: shown, pos, data: help === undefined ? undefined : { help } }));
  };

  const values = new Map<string, FileValue>();
  const sections = mappingKeys(yaml, [], complain);
  for (const name of sections) {
    if (isSection(name)) readSection(yaml, name, values, complain);
    else unknownKey(yaml, [name], Object.keys(SECTIONS), complain);
  }
  for (const name of required.filter((section) => !sections.includes(section))) {
    complain("E_CONFIG_SHAPE", `${shown} has no section ${name}:`, yaml.at([], "value"));
  }
  if (findings.length > 0) throw new ConfigError(findings, source);
  return { path, shown, source, values };
}

function readSection(yaml: YamlText, section: SectionName, values: Map<string, FileValue>, complain: Complain): void {
  const keys = new Map<string, ConfigKey>(Object.entries(SECTIONS[section]));
  for (const name of mappingKeys(yaml, [section], complain)) {
    const path = [section, name];
    const key = keys.get(name);
    if (key === undefined) {
      unknownKey(yaml, path, [...keys.keys()], complain);
      continue;
    }
    const checked = checkValue(key, valueAt(yaml.value, path));
    if (checked.ok) {
      values.set(key.id, { value: checked.value, pos: yaml.at(path, "key") });
    } else {
      const { wrong } = checked;
      complain(key.code ?? "E_CONFIG_SHAPE", wrong.message, yaml.at([...path, ...wrong.path], "value"), wrong.help);
    }
  }
}

/** The keys of the mapping at `path`; none for an empty section, a complaint for anything else. */
function mappingKeys(yaml: YamlText, path: readonly string[], complain: Complain): readonly string[] {
  const value = valueAt(yaml.value, path);
  if (value === null || value === undefined) return [];
  if (typeof value === "object" && !Array.isArray(value)) return Object.keys(value);
  const what = path.length === 0 ? "a configuration" : path.join(".");
  complain("E_CONFIG_SHAPE", `${what} must be a mapping from keys to values`, yaml.at(path, "value"));
  return [];
}

function unknownKey(yaml: YamlText, path: readonly string[], known: readonly string[], complain: Complain): void {
  const help = didYouMean(path.at(-1) ?? "", known);
  complain("E_CONFIG_UNKNOWN_KEY", `unknown key ${path.join(".")}`, yaml.at(path, "key"), help);
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    // Only what the file says: `toString` and `__proto__` are keys like any others.
    value = Object.getOwnPropertyDescriptor(value, step)?.value;
  }
  return value;
}

function isSection(name: string): name is SectionName {
  return Object.hasOwn(SECTIONS, name);
}
