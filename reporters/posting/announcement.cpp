#include "reporters/posting/announcement.h"

#include <algorithm>

#include "reporters/wording/checks.h"
#include "reporters/wording/text.h"
#include "schemas/documents/status_code.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

std::size_t units(std::string_view character) { return character.size() == 4 ? 2 : 1; }

}  // namespace

Announcement announcement_of(const Verdict& verdict) {
  const Outcome outcome = outcome_of(verdict);
  Announcement told;
  told.status = outcome.status;
  told.warns = outcome.contradiction.empty() && only_warns(verdict);
  told.exit_code = told.warns ? ExitCode::pass : exit_code_of(outcome.status);
  const std::string word = word_for(outcome.status) + (told.warns ? ", does not block" : "");
  told.text = word + ": " + shown(outcome.contradiction.empty() ? verdict.sentence : outcome.contradiction);
  return told;
}

std::string within_characters(const std::string& text, std::size_t most) {
  std::size_t used = 0, fits = 0;  // `fits`: the bytes that leave a place for the ellipsis
  for (std::size_t end = 0; end < text.size();) {
    const std::string_view rest = std::string_view(text).substr(end);
    const std::string_view character = rest.substr(0, std::max<std::size_t>(utf8_character(rest), 1));
    used += units(character);
    if (used > most) return text.substr(0, fits) + "…";
    end += character.size();
    if (used + 1 <= most) fits = end;
  }
  return text;
}

}  // namespace modelgate
