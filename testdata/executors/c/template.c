#include "executor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX 65536   /* bytes of one text, decoded */
#define LITERAL_DEPTH 64 /* nested lists and mappings in a literal */

static bool starts_with(slice text, const char *prefix) {
  return text.len >= strlen(prefix) && memcmp(text.at, prefix, strlen(prefix)) == 0;
}

/* Cuts at the first dot: `text` keeps what is behind it, NONE if there is no dot. */
static slice cut(slice *text) {
  const char *dot = text->len == 0 ? NULL : memchr(text->at, '.', text->len);
  slice head = {text->at, dot == NULL ? text->len : (size_t)(dot - text->at)};
  *text = dot == NULL ? NONE : skip(*text, head.len + 1);
  return head;
}

static slice walk(slice value, slice path) {
  while (path.at != NULL && value.at != NULL) value = json_get_key(value, cut(&path));
  return value.at == NULL ? TEXT("null") : value;
}

slice look_up(slice reference, const scope *in) {
  slice path = reference;
  if (same(cut(&path), TEXT("input")) || starts_with(reference, "inputs.")) return walk(in->inputs, path);
  slice result = in->result_of(in->steps, cut(&path));
  return walk(result.at == NULL ? TEXT("{}") : result, path);
}

/* `${input.PATH}` or `${step.PATH}` at the beginning: how long it is, 0 if there is none. */
static size_t reference_length(slice text) {
  if (!starts_with(text, "${input.") && !starts_with(text, "${step.")) return 0;
  for (size_t i = 2; i < text.len && text.at[i] != '{'; i++) {
    if (text.at[i] == '}') return i + 1;
  }
  return 0;
}

/* A decoded text as a JSON string, with what `${…}` in it stands for. */
static void put_interpolated(out *o, slice text, const scope *in) {
  static char buffer[TEXT_MAX];
  out filled = out_of(buffer, sizeof buffer);
  while (text.len > 0) {
    size_t length = reference_length(text);
    if (length > 0) {
      slice found = look_up((slice){text.at + 2, length - 3}, in);
      if (json_type(found) == 's') json_decode(&filled, found);
      else put_canonical(&filled, found, 0);
    } else {
      length = starts_with(text, "$${") ? 3 : 1;
      put(&filled, length == 3 ? TEXT("${") : (slice){text.at, 1});
    }
    text = skip(text, length);
  }
  if (filled.full) o->full = true;
  putf(o, "%q", WRITTEN(filled));
}

/* What is left of a text that is read from its front. */
typedef slice reader;

static bool next_is(const reader *r, const char *any) {
  return r->len > 0 && *r->at != '\0' && strchr(any, *r->at) != NULL;
}

static char take(reader *r) {
  *r = skip(*r, 1);
  return r->at[-1];
}

static void skip_blanks(reader *r) {
  while (next_is(r, " \t\r\n")) take(r);
}

static int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? (c | 0x20) - 'a' + 10 : 99;
}

/* At the end of a number or word: no more of it follows. */
static bool ends_here(const reader *r) {
  return r->len == 0 || (digit_value(*r->at) == 99 && *r->at != '_' && *r->at != '.' && (*r->at & 0x80) == 0);
}

/* Digits with single `_` between them, copied without these. Returns how many. */
static size_t read_digits(reader *r, int base, out *digits) {
  for (size_t count = 0;; count++) {
    size_t gap = count > 0 && next_is(r, "_") ? 1 : 0;
    if (r->len <= gap || digit_value(r->at[gap]) >= base) return count;
    *r = skip(*r, gap);
    put_char(digits, take(r));
  }
}

static bool read_number(reader *r, out *o) {
  char buffer[512];
  out text = out_of(buffer, sizeof buffer - 1);
  bool negative = false;
  double number = 0;
  for (; next_is(r, "+-"); skip_blanks(r)) negative ^= take(r) == '-';
  char kind = r->len > 1 && *r->at == '0' ? (char)(r->at[1] | 0x20) : '\0';
  int base = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 10;
  if (base != 10) {
    *r = skip(*r, 2);
    if (next_is(r, "_")) take(r);
    if (read_digits(r, base, &text) == 0 || text.full) return false;
    for (size_t i = 0; i < text.len; i++) number = number * base + digit_value(buffer[i]);
  } else {
    size_t digits = read_digits(r, 10, &text);
    if (digits > 1 && buffer[0] == '0' && !next_is(r, ".eE")) return false;
    if (next_is(r, ".")) {
      put_char(&text, take(r));
      digits += read_digits(r, 10, &text);
    }
    if (digits == 0) return false;
    if (next_is(r, "eE")) {
      put_char(&text, take(r));
      if (next_is(r, "+-")) put_char(&text, take(r));
      if (read_digits(r, 10, &text) == 0) return false;
    }
    if (text.full) return false;
    buffer[text.len] = '\0';
    number = strtod(buffer, NULL);
  }
  if (isinf(number) || !ends_here(r)) return false;
  put_number(o, negative ? -number : number);
  return true;
}

static bool read_escape(reader *r, out *text) {
  static const char names[] = "\\'\"nrtbfva0", meanings[] = "\\'\"\n\r\t\b\f\v\a";
  if (r->len == 0) return false;
  char letter = take(r);
  const char *found = letter == '\0' ? NULL : strchr(names, letter);
  if (found != NULL) put_char(text, meanings[found - names]); /* `0` is at the end of the meanings, which is NUL */
  if (found != NULL) return true;
  size_t digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
  uint32_t code = 0;
  if (digits == 0 || r->len < digits) return false;
  for (; digits > 0; digits--) {
    if (digit_value(*r->at) > 15) return false;
    code = code << 4 | (uint32_t)digit_value(take(r));
  }
  if (code <= 0x10FFFF) put_utf8(text, code);
  return code <= 0x10FFFF;
}

static bool read_string(reader *r, out *text) {
  for (char quote = take(r); r->len > 0;) {
    char c = take(r);
    if (c == quote) return !text->full;
    if (c == '\n' || (c == '\\' && !read_escape(r, text))) return false;
    if (c != '\\') put_char(text, c);
  }
  return false;
}

static bool read_word(reader *r, const char *word, const char *json, out *o) {
  if (!starts_with(*r, word)) return false;
  *r = skip(*r, strlen(word));
  put(o, slice_of(json));
  return ends_here(r);
}

static bool read_scalar(reader *r, out *o, const scope *in, bool is_key) {
  static char buffer[TEXT_MAX];
  if (next_is(r, "\"'")) {
    out text = out_of(buffer, sizeof buffer);
    if (!read_string(r, &text)) return false;
    if (is_key) putf(o, "%q", WRITTEN(text));
    else put_interpolated(o, WRITTEN(text), in);
    return true;
  }
  if (is_key) put_char(o, '"'); /* numbers and words as keys become their JSON text */
  bool is_good = next_is(r, "T")   ? read_word(r, "True", "true", o)
                 : next_is(r, "F") ? read_word(r, "False", "false", o)
                 : next_is(r, "N") ? read_word(r, "None", "null", o)
                                   : read_number(r, o);
  if (is_key) put_char(o, '"');
  return is_good;
}

/* Writes a literal as JSON; false, with anything written, if the text begins with none. */
static bool read_literal(reader *r, out *o, const scope *in, int depth) {
  skip_blanks(r);
  if (!next_is(r, "[({")) return read_scalar(r, o, in, false);
  const char open = take(r), close[] = {open == '[' ? ']' : open == '(' ? ')' : '}', '\0'};
  size_t start = o->len, items = 0;
  bool has_comma = false;
  put_char(o, open == '{' ? '{' : '[');
  for (skip_blanks(r); !next_is(r, close); skip_blanks(r), items++) {
    if ((items > 0 && !has_comma) || depth == LITERAL_DEPTH || o->full) return false;
    if (items > 0) put_char(o, ',');
    if (open == '{') {
      if (!read_scalar(r, o, in, true)) return false;
      skip_blanks(r);
      if (r->len == 0 || take(r) != ':') return false;
      put_char(o, ':');
    }
    if (!read_literal(r, o, in, depth + 1)) return false;
    skip_blanks(r);
    has_comma = next_is(r, ",");
    if (has_comma) take(r);
  }
  take(r);
  if (open == '(' && items == 1 && !has_comma) { /* just that value */
    memmove(o->at + start, o->at + start + 1, --o->len - start);
  } else {
    put_char(o, open == '{' ? '}' : ']');
  }
  return true;
}

static bool put_literal(out *o, slice text, const scope *in) {
  bool is_literal = read_literal(&text, o, in, 0);
  skip_blanks(&text);
  return is_literal && text.len == 0 && !o->full;
}

static void put_resolved_string(out *o, slice raw, const scope *in) {
  static char buffer[TEXT_MAX];
  out decoded = out_of(buffer, sizeof buffer);
  json_decode(&decoded, raw);
  if (decoded.full) o->full = true;
  slice text = trimmed(WRITTEN(decoded));
  size_t start = o->len;
  if (starts_with(text, "$input.") || starts_with(text, "$step.")) {
    put(o, look_up(skip(text, 1), in));
  } else if (text.len > 0 && reference_length(text) == text.len) {
    put(o, look_up((slice){text.at + 2, text.len - 3}, in));
  } else if (!put_literal(o, text, in)) {
    o->len = start;
    put_interpolated(o, WRITTEN(decoded), in);
  }
}

void put_resolved(out *o, slice value, const scope *in) {
  for (const char *p = value.at, *end = value.at + value.len; p < end;) {
    if (*p != '"') {
      put_char(o, *p++);
      continue;
    }
    const char *start = p++;
    while (*p != '"') p += *p == '\\' ? 2 : 1;
    slice raw = {start, (size_t)(++p - start)};
    slice rest = trimmed((slice){p, (size_t)(end - p)});
    if (rest.len > 0 && *rest.at == ':') put(o, raw);
    else put_resolved_string(o, raw, in);
  }
}
