// A program like any of ours: it prints what its options received, or fails as --fail says.

#include <cstdio>
#include <fstream>
#include <new>
#include <stdexcept>

#include "schemas/tool/files.h"
#include "schemas/tool/tool.h"

namespace {

using namespace modelgate;

struct Options {
  std::string output = "out.json", kind = "fast", file, fail, command;
  std::optional<std::string> note;
  double margin = 0.05;
  std::optional<double> limit;
  std::int64_t pairs = 20, seed = 0;
  bool json = false;
  std::vector<std::string> checks, more;
};

void declare(OptionSet& set, Options& options) {
  set.positional("file", options.file, "What to read", Need::optional);
  set.positional_list("more-files", options.more, "What else to read", Need::optional);
  set.text("output", options.output, "FILE", "Where the verdict goes");
  set.optional_text("note", options.note, "TEXT", "A remark");
  set.offer("note", {"fine", "odd"});
  set.number(
      "margin", options.margin, 0, 1, "FRACTION",
      "How much worse the candidate may be before the difference counts, as a fraction of the baseline's "
      "value");
  set.optional_number("limit", options.limit, -10, 10, "VALUE", "A demand on the candidate's own value");
  set.integer("pairs", options.pairs, 1, 1000, "COUNT", "Pairs of processes");
  set.integer("seed", options.seed, 0, INT64_MAX, "NUMBER", "Of the random numbers");
  set.choice("kind", options.kind, {"fast", "exact"}, "How it is done");
  set.list("check", options.checks, "CHECK", "What must hold");
  set.flag("json", options.json, "Print JSON");
  set.text("fail", options.fail, "HOW", "Fail in this way");
}

void show(const Options& options) {
  std::string text = "output=" + options.output + "\nkind=" + options.kind + "\nfile=" + options.file +
                     "\nnote=" + options.note.value_or("(none)") +
                     "\npairs=" + std::to_string(options.pairs) + "\nseed=" + std::to_string(options.seed) +
                     "\njson=" + (options.json ? "yes" : "no") + "\n";
  char number[64];
  std::snprintf(number, sizeof number, "margin=%.17g\n", options.margin);
  text += number;
  if (options.limit) {
    std::snprintf(number, sizeof number, "limit=%.17g\n", *options.limit);
    text += number;
  }
  for (const std::string& check : options.checks) text += "check=" + check + "\n";
  for (const std::string& file : options.more) text += "more=" + file + "\n";
  write_stdout(text);
}

ExitCode run(const Options& options) {
  if (options.fail == "usage")
    throw usage_error("plan.yaml:3:5", "unknown key 'shard'", "Did you mean 'shards'?");
  if (options.fail == "infrastructure") throw infrastructure_error("a.json", "cannot be opened");
  if (options.fail == "terminal") throw usage_error("a\x1b[2J", "bad\n::error::line\xff", "hint\x07\nsecond");
  if (options.fail == "exception") throw std::runtime_error("vector::at");
  if (options.fail == "memory") throw std::bad_alloc();
  if (options.fail == "number") throw 42;
  if (options.fail == "printf") std::printf("some words\n");
  if (options.fail == "write") write_file(options.output, "words\n");
  if (options.fail == "leak") {
    const std::ofstream open_file(options.output);
    write_stdout("words\n");
  }
  if (options.fail == "verdict") return ExitCode::fail;
  if (options.fail == "inconclusive") return ExitCode::inconclusive;
  if (options.fail.empty()) show(options);
  return ExitCode::pass;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  std::string version;
  const bool commands = argc > 1 && std::string(argv[1]) == "commands";
  if (commands) {
    return run_tool(
        argc - 1, argv + 1, {"modelgate-thing", "Keeps things.", "modelgate-thing save --release v1.0.0"},
        [&](OptionSet& set) {
          auto& save = set.subcommand("save", "Save a thing", "modelgate-thing save --release v1.0.0", [&] {
            write_stdout("saved " + version + "\n");
            return ExitCode::pass;
          });
          save.text("release", version, "VERSION", "Its version", Need::required);
          set.subcommand("list", "List the things", "modelgate-thing list", [] {
            write_stdout("nothing\n");
            return ExitCode::inconclusive;
          });
        });
  }
  return run_tool(
      argc, argv,
      {"modelgate-example",
       "Says what it was told, in so many words that the sentence is longer than one line.",
       "modelgate-example --check 'accuracy margin=1pp' \\\n  --output verdict.json"},
      [&](OptionSet& set) { declare(set, options); }, [&] { return run(options); });
}
