#pragma once

#include <string>
#include <vector>

#include "reporters/wording/checks.h"
#include "schemas/documents/verdict.h"
#include "schemas/tool/exit_code.h"

namespace modelgate {

/// The verdict's file as it was typed, and whether the logs of a run lie beside it.
struct VerdictFile {
  std::string path = "gate-results/verdict.json";
  bool has_logs = false;
};

/// A part of a section. All texts are for people and come from foreign documents: they are shown() where they
/// are rendered.
struct Part {
  enum class Kind {
    fact,       ///< "candidate  support-intents v1.1.0"
    paragraph,  ///< Whole sentences.
    item,       ///< One of several alike, under the paragraph before it.
    quote,      ///< What a program or a file says, line by line.
    command,    ///< `words` to be typed into a shell, each as it is typed.
    plan,       ///< A line of YAML for the plan.
  };
  Kind kind = Kind::paragraph;
  std::string text;
  std::string label = {};               ///< Of a fact.
  std::vector<std::string> words = {};  ///< Of a command.
};

struct Section {
  std::string title;
  std::vector<Part> parts;
};

/// Checks that are not well for the same reason.
struct Trouble {
  Standing standing = Standing::error;
  std::string gate, reason;
  std::vector<const Check*> checks;
};

/// The worst first; of one standing as they stand in the verdict.
std::vector<Trouble> troubles_of(const Verdict& verdict);

/// A verdict, or a check of it, in plain words.
struct Explanation {
  Standing standing = Standing::error;  ///< By which the headline is coloured.
  std::string word, headline;           ///< "FAIL", "exit code 1: the candidate may not …"
  std::vector<Section> sections;
};

/// What was compared, what counts, why the exit code is what it is, and what to do next: a section for each
/// kind of trouble, so that many failures do not hide the rest.
Explanation explain_verdict(const Verdict& verdict, const VerdictFile& file);

/// What was measured of one check, by which rule, why its status, and what to do next.
Explanation explain_check(const Verdict& verdict, const Check& check, const VerdictFile& file);

/// What the programs that wrote the verdict exit with; the worse one where its checks contradict it.
ExitCode exit_code_told(const Verdict& verdict);

/// For a terminal, no line longer than `width`, but for commands that cannot be broken.
std::string explanation_text(const Explanation& explanation, std::size_t width, bool colour);

/// The same for programs, with what the verdict says as codes. `check` is nullptr for the whole verdict.
std::string explanation_json(const Explanation& explanation, const Verdict& verdict, const Check* check);

}  // namespace modelgate
