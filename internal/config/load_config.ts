import { dirname, relative, resolve } from "node:path";
import { type ConfigFile, readConfigFile } from "./config_file.ts";
import type { ConfigKey, Machine } from "./config_key.ts";
import { SECTIONS, type SectionName, type ValueOf } from "./config_keys.ts";
import { findConfig } from "./find_config.ts";
import { expandHome, relocateFrom } from "./relocate.ts";
import { type GivenWords, resolveSetting, type Sources } from "./resolve_setting.ts";
import type { Setting } from "./setting.ts";

/** What a configuration is made from. */
export interface ConfigInputs {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the command line says, by key id (`test.timeout_ms`). */
  readonly given: ReadonlyMap<string, GivenWords>;
  /** `--runtime-config FILE`; `-` is stdin. */
  readonly runtimeConfig?: string | undefined;
  readonly machine: Machine;
}

/** The keys of a section, each with its value in force and where that comes from. */
export type Settings<S extends SectionName> = {
  readonly [K in keyof (typeof SECTIONS)[S]]: Setting<ValueOf<(typeof SECTIONS)[S][K]>>;
};

/** The configuration in force. */
export class Config {
  readonly #inputs: ConfigInputs;
  readonly #project: ConfigFile | undefined;
  readonly #runtime: ConfigFile | undefined;
  /** Absolute: the folder of the plumb.yaml in force, else the working directory (DESIGN, determinism). */
  readonly root: string;

  constructor(inputs: ConfigInputs, root: string, project: ConfigFile | undefined, runtime: ConfigFile | undefined) {
    this.#inputs = inputs;
    this.root = root;
    this.#project = project;
    this.#runtime = runtime;
  }

  /** The plumb.yaml in force and the file of `--runtime-config`, as messages show them. */
  get files(): readonly string[] {
    return [...new Set([this.#project, this.#runtime].flatMap((file) => (file === undefined ? [] : [file.shown])))];
  }

  /**
   * The settings of one section. Only the section that a command needs is resolved: a wrong PLUMB_EXECUTOR_PATH is no
   * reason not to run pipelines.
   *
   * @throws ConfigError if the environment has a value that a key does not allow
   */
  section<S extends SectionName>(name: S): Settings<S> {
    const keys: Record<string, ConfigKey> = SECTIONS[name];
    const sources = this.#sources(name === "runtime" ? this.#runtime : this.#project);
    const settings = Object.entries(keys).map(([key, row]) => [key, resolveSetting(row, sources)]);
    return Object.fromEntries(settings) as Settings<S>;
  }

  #sources(file: ConfigFile | undefined): Sources {
    const { cwd, env, given, machine } = this.#inputs;
    const folder = file === undefined || file.path === "-" ? cwd : dirname(file.path);
    return {
      given,
      env,
      file,
      machine,
      fromFile: relocateFrom(folder, cwd, env.HOME),
      fromCommand: expandHome(env.HOME),
    };
  }
}

/**
 * Finds, reads and checks the configuration. `--runtime-config FILE` replaces the section `runtime:` only; `test:` and
 * the test root stay with plumb.yaml (spec/cli.md).
 *
 * @throws ConfigError
 */
export async function loadConfig(inputs: ConfigInputs): Promise<Config> {
  const { cwd, runtimeConfig } = inputs;
  const path = findConfig(cwd);
  const project = path === undefined ? undefined : await readConfigFile(path, relative(cwd, path));
  const root = path === undefined ? cwd : dirname(path);
  if (runtimeConfig === undefined) return new Config(inputs, root, project, project);
  const file = expandHome(inputs.env.HOME)(runtimeConfig);
  const [from, shown] = file === "-" ? ["-", "stdin"] : [resolve(cwd, file), file];
  const runtime = await readConfigFile(from, shown, ["runtime"]);
  return new Config(inputs, root, project, runtime);
}
