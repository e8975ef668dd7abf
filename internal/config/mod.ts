// The project's configuration, plumb.yaml: lookup, strict reading with positions, and which of flag, environment, file
// and default holds (spec/cli.md, project configuration). The YAML parser is loaded only where a file exists.
export { checkValue } from "./check_value.ts";
export { ConfigError } from "./config_error.ts";
export { readConfigFile } from "./config_file.ts";
export type { ConfigKey } from "./config_key.ts";
export { type ConfigRow, configRows, defaultText } from "./config_rows.ts";
export { givenRuntime, type RuntimeConfig } from "./given_runtime.ts";
export { type Config, loadConfig } from "./load_config.ts";
export { readInput } from "./read_input.ts";
export { parseReporter, REPORTER_NAMES, type ReporterChoice } from "./reporter_choice.ts";
export { fallbackOf, type GivenWords, valueOfWords } from "./resolve_setting.ts";
export { RuntimeDocumentSchema } from "./runtime_document.ts";
export { RUNTIME_KEYS } from "./runtime_keys.ts";
export { type RuntimeSettings, runtimeSettings } from "./runtime_settings.ts";
export type { Origin, Setting } from "./setting.ts";
export { settingError } from "./setting_error.ts";
export { TEST_KEYS } from "./test_keys.ts";
