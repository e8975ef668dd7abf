#include "executor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LITERAL_DEPTH 64 /* nested brackets and signs in a literal */

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
  const char *brace = memchr(text.at, '}', text.len);
  return brace == NULL ? 0 : (size_t)(brace - text.at) + 1;
}

/* A decoded text as a JSON string, with what `${…}` in it stands for. */
static void put_interpolated(out *o, slice text, const scope *in) {
  static char buffer[FRAME_MAX];
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

#define BLANKS " \t\n\v\f\r"

/* The readers below read a text with a NUL behind it: they return what is behind the thing, NULL if it is none. */

/* Digits with single `_` between them, copied without these. */
static const char *read_digits(const char *p, uint32_t base, out *digits) {
  for (; digit_value(*p) < base; p += *p == '_' && digit_value(p[1]) < base) put_char(digits, *p++);
  return p;
}

/* At the end of a number or word: no more of it follows. */
static const char *word_end(const char *p) {
  return digit_value(*p) < 99 || *p == '_' || *p == '.' || (*p & 0x80) != 0 ? NULL : p;
}

static const char *read_number(const char *p, double *number) {
  static char buffer[FRAME_MAX];
  out text = out_of(buffer, sizeof buffer - 1);
  int kind = *p == '0' ? p[1] | 0x20 : 0;
  uint32_t base = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 10;
  int width = base == 16 ? 4 : base == 8 ? 3 : 1, shift = 0;
  uint64_t bits = 0; /* the first ones of a base that is a power of 2; what follows only decides how it is rounded */
  p = read_digits(base == 10 ? p : p + 2, base, &text);
  size_t whole = text.len;
  for (size_t i = 0; base != 10 && i < whole; i++) {
    if (bits >> 59 == 0) bits = bits << width | digit_value(buffer[i]);
    else shift += width, bits |= buffer[i] != '0';
  }
  *number = ldexp((double)bits, shift);
  if (base != 10) return whole > 0 && !isinf(*number) ? word_end(p) : NULL;
  if (*p == '.') put_char(&text, '.'), p = read_digits(p + 1, 10, &text);
  if ((whole == 0 && text.len < 2) || (whole > 1 && *buffer == '0')) return NULL;
  if ((*p | 0x20) == 'e') {
    put_char(&text, *p++);
    if (*p == '+' || *p == '-') put_char(&text, *p++);
    if (digit_value(*p) > 9) return NULL;
    p = read_digits(p, 10, &text);
  }
  buffer[text.len] = '\0';
  *number = strtod(buffer, NULL);
  return isinf(*number) ? NULL : word_end(p);
}

/* A number; behind a sign it may stand in parentheses, but have no sign of its own. */
static const char *read_signed(const char *p, out *o, int depth) {
  double number;
  int open = 0;
  bool has_sign = *p == '+' || *p == '-', is_negative = *p == '-';
  for (p += has_sign; has_sign; open++, p++) {
    p += strspn(p, BLANKS);
    if (*p != '(') break;
  }
  if (depth + has_sign + open > LITERAL_DEPTH || (p = read_number(p, &number)) == NULL) return NULL;
  put_number(o, is_negative ? -number : number);
  for (; open > 0; open--, p++) {
    p += strspn(p, BLANKS);
    if (*p != ')') return NULL;
  }
  return p;
}

static const char *read_escape(const char *p, out *text) {
  static const char names[] = "\\'\"nrtbfva0", meanings[] = "\\'\"\n\r\t\b\f\v\a";
  const char *found = *p == '\0' ? NULL : strchr(names, *p);
  int digits = *p == 'x' ? 2 : *p == 'u' ? 4 : *p == 'U' ? 8 : 0;
  uint32_t code = found != NULL ? (unsigned char)meanings[found - names] : 0; /* `0` means the NUL at their end */
  if (found == NULL && digits == 0) return NULL;
  for (p++; digits > 0; digits--, p++) {
    if (digit_value(*p) > 15) return NULL;
    code = code << 4 | digit_value(*p);
  }
  put_utf8(text, code);
  return code <= 0x10FFFF && code >> 11 != 0x1B ? p : NULL; /* no half of a surrogate pair */
}

/* `in` is NULL where nothing is filled in. */
static const char *read_string(const char *p, out *o, const scope *in) {
  static char buffer[FRAME_MAX];
  out text = out_of(buffer, sizeof buffer);
  for (char quote = *p++; *p != quote;) {
    if (*p == '\0') return NULL;
    if (*p != '\\') put_char(&text, *p++);
    else if ((p = read_escape(p + 1, &text)) == NULL) return NULL;
  }
  if (in == NULL) putf(o, "%q", WRITTEN(text));
  else put_interpolated(o, WRITTEN(text), in);
  return p + 1;
}

/* Takes one character out of what is written. */
static void drop(out *o, size_t at) { memmove(o->at + at, o->at + at + 1, --o->len - at); }
static const char *read_literal(const char *p, out *o, const scope *in, int depth);

/* A key and its colon; numbers and words become their JSON text. */
static const char *read_key(const char *p, out *o, int depth) {
  size_t start = o->len;
  put_char(o, '"');
  p = read_literal(p, o, NULL, depth);
  if (p == NULL || *p != ':' || o->full || strchr("[{", o->at[start + 1]) != NULL) return NULL;
  if (o->at[start + 1] == '"') drop(o, start);
  else put_char(o, '"');
  put_char(o, ':');
  return p + 1;
}

static const char *read_items(const char *p, out *o, const scope *in, int depth) {
  const char open = *p++, close = open == '(' ? ')' : (char)(open + 2);
  size_t start = o->len, items = 0;
  bool has_comma = true;
  if (depth == LITERAL_DEPTH) return NULL;
  put_char(o, open == '{' ? '{' : '[');
  for (p += strspn(p, BLANKS); *p != close; p += strspn(p, BLANKS), items++) {
    if (!has_comma || o->full) return NULL;
    if (items > 0) put_char(o, ',');
    if (open == '{' && (p = read_key(p, o, depth + 1)) == NULL) return NULL;
    if ((p = read_literal(p, o, in, depth + 1)) == NULL) return NULL;
    has_comma = *p == ',';
    p += has_comma;
  }
  if (open == '(' && items == 1 && !has_comma) drop(o, start); /* just that value */
  else put_char(o, open == '{' ? '}' : ']');
  return open == '(' && items == 0 ? NULL : p + 1;
}

/* Writes a literal, with blanks around it, as JSON; NULL, with anything written, if the text begins with none. */
static const char *read_literal(const char *p, out *o, const scope *in, int depth) {
  static const char *const words[][2] = {{"True", "true"}, {"False", "false"}, {"None", "null"}};
  int i = 0;
  p += strspn(p, BLANKS);
  while (i < 3 && strncmp(p, words[i][0], strlen(words[i][0])) != 0) i++;
  if (i < 3) put(o, slice_of(words[i][1])), p = word_end(p + strlen(words[i][0]));
  else if (*p == '[' || *p == '(' || *p == '{') p = read_items(p, o, in, depth);
  else if (*p == '"' || *p == '\'') p = read_string(p, o, in);
  else p = read_signed(p, o, depth);
  return p == NULL ? NULL : p + strspn(p, BLANKS);
}

static slice trimmed(slice text) {
  while (text.len > 0 && memchr(BLANKS, *text.at, strlen(BLANKS)) != NULL) text = skip(text, 1);
  while (text.len > 0 && memchr(BLANKS, text.at[text.len - 1], strlen(BLANKS)) != NULL) text.len--;
  return text;
}

static void put_resolved_string(out *o, slice raw, const scope *in) {
  static char buffer[FRAME_MAX];
  out decoded = out_of(buffer, sizeof buffer - 1);
  slice text = trimmed(json_decode(&decoded, raw));
  size_t start = o->len;
  buffer[decoded.len] = '\0';
  if (starts_with(text, "$input.") || starts_with(text, "$step.")) {
    put(o, look_up(skip(text, 1), in));
  } else if (text.len > 0 && reference_length(text) == text.len) {
    put(o, look_up((slice){text.at + 2, text.len - 3}, in));
  } else if (read_literal(text.at, o, in, 0) != buffer + decoded.len || o->full) {
    o->len = start;
    put_interpolated(o, text, in);
  }
}

void put_resolved(out *o, slice value, const scope *in) {
  for (const char *p = value.at; p < value.at + value.len;) {
    slice part = {p, *p == '"' ? (size_t)(json_end(p) - p) : 1};
    p += part.len;
    if (*part.at == '"' && p[strspn(p, BLANKS)] != ':') put_resolved_string(o, part, in);
    else put(o, part);
  }
}
