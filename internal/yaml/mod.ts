// YAML files with places (scenarios.md §2): the 1.2 core schema, exact integers, several documents, bounded aliases; nodes
// that know where they stand, shapes that report every finding of a file, and values of both profiles out of nodes. The
// `yaml` library is loaded at the first file.
export { keysOf } from "./keys_of.ts";
export { generalValue, strictValue } from "./node_value.ts";
export { placeInScalar } from "./place_in_scalar.ts";
export { plainYaml } from "./plain_yaml.ts";
export {
  type Fields,
  readBool,
  readEntries,
  readFields,
  readInt,
  readItems,
  readOneOrMany,
  readText,
} from "./read_shape.ts";
export { readYaml } from "./read_yaml.ts";
export { described, NameSchema, StrictValueSchema, TextSchema, UriSchema } from "./schema_parts.ts";
export { shownNode } from "./shown_node.ts";
export { type Remark, YamlFindings } from "./yaml_findings.ts";
export type { YamlEntry, YamlMap, YamlNode, YamlScalar } from "./yaml_node.ts";
