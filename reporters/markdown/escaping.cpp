#include "reporters/markdown/escaping.h"

#include <cctype>

#include "reporters/wording/numbers.h"
#include "reporters/wording/text.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::string_view zero_width_space = "&#8203;";

std::string entity(char c) { return "&#" + std::to_string(static_cast<int>(c)) + ";"; }

/// A letter or digit, of any script.
bool is_word(std::string_view text, std::size_t at) {
  return at < text.size() &&
         (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || (text[at] & 0x80) != 0);
}

bool is_markup(std::string_view text, std::size_t at) {
  // Within a word '_' emphasises nothing, and names are full of it.
  if (text[at] == '_') return at == 0 || !is_word(text, at - 1) || !is_word(text, at + 1);
  return std::string_view(R"(&<>`*[]|\~$)").find(text[at]) != std::string_view::npos;
}

/// "[issue:1", "[work_item:1": references of GitLab's in brackets; "[-" and "[+": its marks of what changed.
bool begins_in_bracket(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (std::isalpha(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_'))
    ++end;
  return end < text.size() && (end == at + 1 ? text[end] == '-' || text[end] == '+' : text[end] == ':');
}

bool is_emoji_name(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_' ||
                               text[end] == '+' || text[end] == '-'))
    ++end;
  return end > at + 1 && end < text.size() && text[end] == ':';
}

/// Where a mention, a reference, an address or a link would become one if nothing stood behind this place.
bool begins_a_reference(std::string_view text, std::size_t at) {
  switch (text[at]) {
    case '@':
      return true;
    case '#':
    case '!':
    case '~':
    case '%':
    case '$':
    case '&':
      return is_word(text, at + 1) || text.substr(at + 1, 1) == "\"";
    case '[':
    case '{':
      return begins_in_bracket(text, at);
    case ':':
      return text.substr(at + 1, 2) == "//" || ((at == 0 || text[at - 1] != ':') && is_emoji_name(text, at));
    case '-':
      return at >= 1 && (text[at - 1] == 'H' || text[at - 1] == 'h') && is_word(text, at + 1);  // GH-1
    case 'w':
    case 'W':  // www. makes a link by itself, so the space stands within it
      return text.substr(at + 1, 1) == ".";
    default:
      return false;
  }
}

std::string escaped(std::string_view text, std::size_t most_bytes) {
  const std::string safe = printable(text);
  std::string all;
  std::size_t whole = 0;  // the bytes of `all` that end with a whole character
  for (std::size_t i = 0; i < safe.size(); ++i) {
    if ((safe[i] & 0xc0) != 0x80) whole = all.size();
    std::string written = is_markup(safe, i) ? entity(safe[i]) : std::string(1, safe[i]);
    if (begins_a_reference(safe, i)) written += zero_width_space;
    if (all.size() + written.size() > most_bytes) return all.substr(0, whole) + "…";
    all += written;
  }
  return all;
}

/// Within <pre> nothing but HTML counts, and that GitLab obeys what begins a line like "/close".
std::string html(std::string_view text) {
  std::string all;
  bool begins = true;
  for (const char c : printable(text)) {
    all += c == '&' || c == '<' || c == '>' || (begins && c == '/') ? entity(c) : std::string(1, c);
    begins = begins && c == ' ';
  }
  return all;
}

/// Blanks at the ends of a line mean something.
std::string_view stripped(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::string spaced(std::string_view text) {
  std::string line(text);
  for (char& c : line)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return line;
}

}  // namespace

std::string markdown_text(std::string_view text, std::size_t most_bytes) {
  const std::string line = spaced(text);
  std::string all = escaped(stripped(line), most_bytes);
  // A line that begins like an order to GitLab ("/close", "::include{…}").
  if (all.starts_with('/') || all.starts_with("::")) return entity(all.front()) + all.substr(1);
  // A line that begins like a list or a heading.
  const std::size_t digits = all.find_first_not_of("0123456789");
  if (digits == std::string::npos) return all;
  const char c = all[digits];
  if (digits == 0 ? c == '-' || c == '+' || c == '#' || c == '=' : c == '.' || c == ')')
    if (digits + 1 == all.size() || all[digits + 1] == ' ' || all[digits + 1] == c)
      all.replace(digits, 1, entity(c));
  return all;
}

std::string markdown_code(std::string_view text, std::size_t most_bytes) {
  const std::string line = spaced(text);
  return "<code>" + escaped(stripped(line), most_bytes) + "</code>";
}

std::string markdown_block(std::string_view text, std::size_t most_lines, std::size_t most_columns) {
  std::string all = "<pre>";
  std::size_t lines = 0, left_out = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (++lines > most_lines) {
      ++left_out;
      continue;
    }
    all += html(cut(line, most_columns)) + "\n";
  }
  if (left_out > 0) all += "… and " + counted(left_out, "more line", "more lines") + "\n";
  return all + "</pre>";
}

}  // namespace modelgate
