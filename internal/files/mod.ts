// Files of the user, read and written with care: only regular files are opened for reading, nothing is read without a
// bound, text is UTF-8 or an error with its place, and a file appears under its name when it is whole. Folders are walked
// in one way.
export { AtomicFile, writeAtomically } from "./atomic_file.ts";
export { lastLineIsOpen } from "./last_line.ts";
export { nameFromRoot } from "./name_from_root.ts";
export { decodeText, FileError, readTextFile } from "./read_text_file.ts";
export { isInside, realPath } from "./real_path.ts";
export { type FileChange, replaceFiles } from "./replace_files.ts";
export { type FoundFile, isFolder, type UnreadableFolder, Walk } from "./walk.ts";
