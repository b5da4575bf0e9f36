// intents_utterances PHRASES DATA: writes DATA/train.jsonl and DATA/test.jsonl, the same bytes on every
// machine. No utterance stands in both, nor twice.

#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "utterances/customer.h"
#include "utterances/phrase_book.h"

namespace {

using namespace intents;
namespace fs = std::filesystem;

constexpr std::size_t training_rows = 8000, test_rows = 4800;
constexpr std::size_t wrong_label = 10;  // per thousand: people label the rows, and people err
constexpr std::size_t wordless_every = 400;

/// Of a hundred customers so many write in this language.
struct Share {
  const char* language;
  std::size_t percent;
};
constexpr Share shares[] = {{"en", 42}, {"de", 26}, {"es", 22}, {"zh", 10}};

struct Row {
  std::string text, intent, language;
};

class Customers {
 public:
  explicit Customers(const fs::path& phrases) {
    for (const Share& share : shares)
      books_.push_back(read_phrase_book(phrases / (std::string(share.language) + ".txt")));
    for (const auto& [intent, templates] : books_.front().clear) intents_.push_back(intent);
  }

  Row next() {
    // Some send nothing but signs; they want somebody to answer at last.
    if (++asked_ % wordless_every == 0) return {dice_.chance(500) ? "???" : "!!! 😡", "human_agent", "en"};
    const PhraseBook& book = book_of(dice_.roll(100));
    const std::string& intent = intents_[dice_.roll(intents_.size())];
    std::string text;
    do text = utterance(book, intent, {}, dice_);
    while (!said_.insert(text).second);
    const bool wrong = dice_.chance(wrong_label);
    return {text, wrong ? intents_[dice_.roll(intents_.size())] : intent, book.language};
  }

 private:
  const PhraseBook& book_of(std::size_t customer) const {
    std::size_t book = 0;
    for (; customer >= shares[book].percent; ++book) customer -= shares[book].percent;
    return books_[book];
  }

  std::vector<PhraseBook> books_;
  std::vector<std::string> intents_;
  Dice dice_{20261123};
  std::set<std::string> said_;
  std::size_t asked_ = 0;
};

void write(const fs::path& path, const std::string& kind, std::size_t rows, Customers& customers) {
  std::ofstream file(path);
  for (std::size_t i = 1; i <= rows; ++i) {
    const Row row = customers.next();
    file << nlohmann::ordered_json{{"id", kind + "-" + std::to_string(i)},
                                   {"text", row.text},
                                   {"label", row.intent},
                                   {"slices", {{"lang", row.language}, {"intent", row.intent}}}}
                .dump()
         << '\n';
  }
  file.flush();
  if (!file) throw std::runtime_error(path.string() + ": cannot be written");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: intents_utterances PHRASES DATA\n";
    return 2;
  }
  try {
    Customers customers(argv[1]);
    fs::create_directories(argv[2]);
    write(fs::path(argv[2]) / "train.jsonl", "train", training_rows, customers);
    write(fs::path(argv[2]) / "test.jsonl", "test", test_rows, customers);
  } catch (const std::exception& error) {
    std::cerr << "intents_utterances: " << error.what() << '\n';
    return 4;
  }
  return 0;
}
