#include "reporters/posting/token.h"

#include <algorithm>
#include <string_view>

#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

constexpr std::size_t shortest_token = 8, longest_token = 4096;

/// How the platforms' own tokens begin.
bool looks_like_a_token(const std::string& text) {
  for (const char* beginning :
       {"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "gldt-", "glptt-", "glcbt-"})
    if (text.starts_with(beginning)) return true;
  return false;
}

std::string line_of_file(const std::string& file) {
  constexpr char where[] = "--token-file";
  if (looks_like_a_token(file))
    throw usage_error(where, "this is a token, and the name of a file is wanted",
                      "On a command line every process of the machine can read it: take it back, and write "
                      "the new one into a file.");
  try {
    std::string line = read_file(file, longest_token);
    while (line.ends_with('\n') || line.ends_with('\r')) line.pop_back();
    return line;
  } catch (const Error& error) {
    throw Error(error.kind(), where, "the file " + error.message(), error.hint());
  }
}

/// Visible ASCII alone: it becomes a header of HTTP, and a line break in it would begin another one.
/// And nothing that JSON or HTML would write otherwise, so that it is found in every text.
Token checked(const std::string& secret, const std::string& where) {
  const bool visible = std::all_of(secret.begin(), secret.end(), [](char c) {
    return c > ' ' && c < '\x7f' && std::string_view("\"\\<>&").find(c) == std::string_view::npos;
  });
  if (!visible)
    throw usage_error(where, "what it holds is no token: it has blanks, several lines or unusual characters");
  if (secret.size() < shortest_token || secret.size() > longest_token)
    throw usage_error(where, "what it holds is no token: it is too short or too long");
  return Token(secret);
}

}  // namespace

std::string Token::removed_from(std::string text) const {
  if (secret_.empty()) return text;
  constexpr char mask[] = "***";
  for (std::size_t place = text.find(secret_); place != std::string::npos; place = text.find(secret_, place))
    text.replace(place, secret_.size(), mask);
  return text;
}

Token read_token(const std::string& file, const std::vector<std::string>& variables, const Variables& lookup,
                 const std::string& hint) {
  if (!file.empty()) return checked(line_of_file(file), "--token-file");
  for (const std::string& variable : variables)
    if (const std::string value = lookup(variable); !value.empty()) return checked(value, variable);
  throw usage_error("", "there is no token: " + listing(variables) + " is not set", hint);
}

}  // namespace modelgate
