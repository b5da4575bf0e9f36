#pragma once

#include <string>

namespace modelgate::told {

/// What variables hold is written by whoever names branches and tags: these give the text back if it is what
/// it should be, and otherwise nothing.

/// What git check-ref-format allows, as far as a name that it does not could mislead us or a reader.
std::string branch(const std::string& text);
/// A tag blocks whatever it is called: "(tag)" for one that cannot be shown.
std::string tag(const std::string& text);
/// 7 to 64 hexadecimal digits, or a revision of Subversion: r123.
std::string commit(const std::string& text);
/// Of the number of a request.
std::string number(const std::string& text);
/// Printable, short and without blanks.
std::string word(const std::string& text);

}  // namespace modelgate::told
