// intents_featurize: utterances as JSONL on stdin ({"id": …, "text": …} and what else a row says), model
// inputs as JSONL on stdout, in the same order. A line that is no such row ends it with exit code 2.

#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "featurizer/featurizer.h"

int main() {
  std::ios::sync_with_stdio(false);
  std::string line;
  for (std::size_t number = 1; std::getline(std::cin, line); ++number) {
    try {
      auto row = nlohmann::ordered_json::parse(line);
      const std::string text = row.at("text");
      row.at("id");
      row.erase("text");
      row["inputs"]["tokens"] = intents::model_input(text);
      std::cout << row.dump() << '\n';
    } catch (const nlohmann::json::exception& error) {
      std::cerr << "intents_featurize: line " << number << ": " << error.what() << '\n';
      return 2;
    }
  }
  std::cout.flush();
  return std::cout ? 0 : 4;
}
