#include "reporters/posting/comment_text.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

#include "reporters/posting/address.h"
#include "reporters/wording/numbers.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::size_t room_for_note = 200, longest_fence = 16;
constexpr std::string_view folding_tags[] = {"details", "pre", "table", "sub", "blockquote"};

/// Which blocks are open at a place of a Markdown text: folds and other HTML, a fenced code.
class OpenBlocks {
 public:
  void read(std::string_view line) {
    const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
    const std::string_view text = line.substr(begin);
    if (is_fence(text)) return;
    if (!fence_.empty()) return;
    for (std::size_t place = line.find('<'); place != std::string_view::npos;
         place = line.find('<', place + 1))
      read_tag(line.substr(place + 1));
  }
  bool none() const { return fence_.empty() && tags_.empty(); }
  /// What closes them, a line each.
  std::string closing() const {
    std::string text;
    if (!fence_.empty()) text += fence_ + "\n";
    for (auto tag = tags_.rbegin(); tag != tags_.rend(); ++tag) text += "</" + std::string(*tag) + ">\n";
    return text;
  }

 private:
  bool is_fence(std::string_view text) {
    const char mark = text.empty() ? ' ' : text.front();
    if (mark != '`' && mark != '~') return false;
    const std::size_t length = std::min(text.find_first_not_of(mark), text.size());
    if (length < 3) return false;
    if (fence_.empty())
      fence_.assign(std::min(length, longest_fence), mark);
    else if (mark == fence_.front() && length >= fence_.size())
      fence_.clear();
    return true;
  }

  void read_tag(std::string_view text) {
    const bool closes = text.starts_with('/');
    if (closes) text.remove_prefix(1);
    for (const std::string_view tag : folding_tags) {
      const char behind = text.size() > tag.size() ? text[tag.size()] : '\0';
      if (!text.starts_with(tag) || (behind != '>' && behind != ' ')) continue;
      if (!closes)
        tags_.push_back(tag);
      else if (const auto last = std::find(tags_.rbegin(), tags_.rend(), tag); last != tags_.rend())
        tags_.erase(std::next(last).base(), tags_.end());
      return;
    }
  }

  std::vector<std::string_view> tags_;
  std::string fence_;
};

std::string note_of(std::size_t missing) {
  return "\n… cut here: " + count_text(static_cast<std::int64_t>(missing)) +
         " more bytes do not fit into a comment; the verdict document and the summary have them all.\n";
}

/// The last place of a whole line of at most `most` bytes, or of a whole character where the line is longer.
std::size_t end_of_line_within(const std::string& text, std::size_t most) {
  const std::size_t end = text.rfind('\n', most == 0 ? 0 : most - 1);
  if (end != std::string::npos && end > 0) return end + 1;
  std::size_t place = most;
  while (place > 0 && (text[place] & 0xc0) == 0x80) --place;
  return place;
}

}  // namespace

std::string comment_marker(const std::string& name) {
  // "--" and ">" would end the comment of HTML in which it stands.
  std::string encoded;
  for (const char c : percent_encoded(name)) encoded += c == '-' ? std::string("%2D") : std::string(1, c);
  return "<!-- modelgate comment: " + encoded + " -->";
}

std::string cut_markdown(const std::string& markdown, std::size_t most_bytes) {
  if (markdown.size() <= most_bytes) return markdown;
  const std::size_t most = most_bytes > room_for_note ? most_bytes - room_for_note : 0;
  OpenBlocks open, open_at_line;
  std::size_t good = 0, line_end = 0;  // ends of a block with nothing open, of any line
  for (std::size_t begin = 0; begin < markdown.size();) {
    const std::size_t end = std::min(markdown.find('\n', begin), markdown.size() - 1) + 1;
    const std::string_view line = std::string_view(markdown).substr(begin, end - begin);
    open.read(line);
    if (end + open.closing().size() > most) break;
    const bool is_blank = line.find_first_not_of(" \r\n") == std::string_view::npos;
    if (is_blank && open.none()) good = end;
    line_end = end;
    open_at_line = open;
    begin = end;
  }
  // A block that fills most of the text is cut inside, rather than left out.
  if (2 * good >= most) return markdown.substr(0, good) + note_of(markdown.size() - good);
  if (line_end == 0) line_end = end_of_line_within(markdown, most);
  std::string text = markdown.substr(0, line_end);
  if (!text.ends_with('\n')) text += '\n';
  return text + open_at_line.closing() + note_of(markdown.size() - line_end);
}

std::string harmless_markdown(const std::string& markdown) {
  std::string all;
  for (std::size_t begin = 0; begin < markdown.size();) {
    const std::size_t end = std::min(markdown.find('\n', begin), markdown.size());
    std::string_view line = std::string_view(markdown).substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t first = std::min(line.find_first_not_of(" \t"), line.size());
    for (std::size_t i = 0; i < first; ++i) all += line[i];
    line.remove_prefix(first);
    if (line.starts_with('/')) {
      all += "&#47;";
      line.remove_prefix(1);
    }
    while (!line.empty()) {
      const std::size_t tab = std::min(line.find('\t'), line.size());
      all += printable(line.substr(0, tab));
      if (tab < line.size()) all += '\t';
      line.remove_prefix(std::min(tab + 1, line.size()));
    }
    all += '\n';
    begin = end + 1;
  }
  return all;
}

std::string comment_body(const std::string& name, const std::string& markdown, const std::string& footer) {
  const std::string head = comment_marker(name) + "\n", foot = footer.empty() ? "" : "\n" + footer + "\n";
  const std::size_t around = head.size() + foot.size();
  return head + cut_markdown(harmless_markdown(markdown), most_comment_bytes - around) + foot;
}

}  // namespace modelgate
