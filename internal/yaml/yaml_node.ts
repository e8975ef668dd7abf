/** A value of a YAML file and where it stands. An alias is the node that it names, so nodes may be shared. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

interface Placed {
  /** UTF-16 indexes in the file's text. */
  readonly start: number;
  readonly end: number;
  /** Nodes in it, itself included, counting what aliases stand for as often as they do. */
  readonly size: number;
  /** Where the value comes from, as messages say it, if a variable stands at this place: `${x} of a.scenario.yaml:3:9`. */
  readonly from?: string;
}

export interface YamlScalar extends Placed {
  readonly kind: "scalar";
  /** Every int is a bigint; a number is a float, even where it is whole (`2.0`). */
  readonly value: string | boolean | bigint | number | null;
  /** As it is written, of numbers: `2.0`. */
  readonly literal: string;
  readonly style: "plain" | "single" | "double" | "block";
}

export interface YamlList extends Placed {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
}

export interface YamlMap extends Placed {
  readonly kind: "map";
  /** Each key once, in written order; merged keys follow the own ones. */
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  readonly key: string;
  /** UTF-16 index of the key. */
  readonly keyStart: number;
  readonly value: YamlNode;
}
