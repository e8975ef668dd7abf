/**
 * The id of a content (scenarios.md §1): lower-case hex SHA-256 of `domain`, one zero byte and the UTF-8 of the text.
 * `contentId("foo", "bar")` is `d6b681bf…f85512`.
 */
export function contentId(domain: string, canonicalText: string): string {
  return Bun.SHA256.hash(`${domain}\0${canonicalText}`, "hex");
}
