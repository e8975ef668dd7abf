/** A place in a text: line and column from 1, columns in Unicode code points; offset in UTF-8 bytes from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}
