// The out directory of a compile (flows §8): written all or none, and nothing of the user's in it is lost.
export { type OutFile, type OutOptions, OutputExists, writeOutFolder } from "./write_out_folder.ts";
