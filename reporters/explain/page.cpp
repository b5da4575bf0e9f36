#include <algorithm>

#include "reporters/explain/explanation.h"
#include "reporters/wording/paint.h"
#include "reporters/wording/text.h"

namespace modelgate {
namespace {

constexpr std::size_t widest_page = 110;  // longer lines are hard to read
constexpr std::size_t indent = 2;

/// The text in lines, the first behind `lead`, the others below it.
std::string hanging(const std::string& lead, const std::string& text, std::size_t width) {
  const std::size_t used = columns(lead), room = width > used + 10 ? width - used : 10;
  std::string all, before = lead;
  for (const std::string& line : wrapped(shown(text), room)) {
    all += before + line + "\n";
    before.assign(used, ' ');
  }
  return all;
}

/// A command that can be copied as it stands: broken between words alone, with a backslash.
std::string command_text(const std::vector<std::string>& words, std::size_t width, const Paint& paint) {
  const std::string lead(2 * indent, ' ');
  std::string all, line;
  std::size_t used = lead.size();
  const auto end_line = [&](const std::string& behind) {
    all += lead + paint.strong(line) + behind + "\n";
    line.clear();
    used = lead.size() + indent;
  };
  for (const std::string& word : words) {
    if (!line.empty() && used + 1 + columns(word) + 2 > width) {
      end_line(" \\");
      line = std::string(indent, ' ');
    } else if (!line.empty()) {
      line += ' ';
    }
    line += word;
    used = lead.size() + columns(line);
  }
  end_line("");
  return all;
}

std::size_t width_of_labels(const Section& section) {
  std::size_t most = 0;
  for (const Part& part : section.parts)
    if (part.kind == Part::Kind::fact) most = std::max(most, columns(shown(part.label)));
  return std::min<std::size_t>(most, 24);
}

std::string part_text(const Part& part, std::size_t labels, std::size_t width, const Paint& paint) {
  const std::string blanks(indent, ' ');
  switch (part.kind) {
    case Part::Kind::fact: {
      const std::string label = shown(part.label);
      std::string text = hanging(blanks + padded(label, labels) + "  ", part.text, width);
      return text.replace(indent, label.size(), paint.faint(label));
    }
    case Part::Kind::paragraph:
      return hanging(blanks, part.text, width);
    case Part::Kind::item: {
      const std::size_t blanks_before = part.text.find_first_not_of(' ');
      const bool below = blanks_before != std::string::npos && blanks_before > 0;
      return hanging(blanks + (below ? "  " : "- "), part.text, width);
    }
    case Part::Kind::quote: {
      std::string text;
      const std::size_t room = width - indent - 2;
      const bool fits = columns(part.text) <= room;  // with all its blanks, then
      for (const std::string& line : fits ? std::vector{part.text} : wrapped(part.text, room))
        text += blanks + paint.faint("| " + line) + "\n";
      return text;
    }
    case Part::Kind::command:
      return command_text(part.words, width, paint);
    case Part::Kind::plan:
      break;
  }
  return std::string(2 * indent, ' ') + paint.strong(part.text) + "\n";
}

}  // namespace

std::string explanation_text(const Explanation& explanation, std::size_t width, bool colour) {
  width = std::min(width, widest_page);
  const Paint paint(colour);
  std::string text = hanging(explanation.word + "  ", explanation.headline, width);
  text.replace(0, explanation.word.size(), paint.standing(explanation.standing, explanation.word));
  for (const Section& section : explanation.sections) {
    text += "\n";
    if (!section.title.empty())
      for (const std::string& line : wrapped(shown(section.title), width)) text += paint.strong(line) + "\n";
    const std::size_t labels = width_of_labels(section);
    for (const Part& part : section.parts) text += part_text(part, labels, width, paint);
  }
  return text;
}

}  // namespace modelgate
