/** Why a file cannot be read as source; the message is a sentence about the file without its name. */
export interface SourceFault {
  readonly code: "E_FILE_READ" | "E_FILE_SIZE" | "E_FILE_UTF8";
  readonly message: string;
}

/** The files that packages are read from. Paths are absolute. */
export interface SourceFiles {
  /** What stands at a path, links followed; undefined: nothing does. */
  kind(path: string): "file" | "folder" | "other" | undefined;
  /** The path with all links resolved: two paths of one file have one; as given where nothing stands there. */
  real(path: string): string;
  /** The names of a folder's entries, in any order; none if it cannot be read. */
  list(folder: string): readonly string[];
  /** The text of a file. */
  read(path: string): string | SourceFault;
}
