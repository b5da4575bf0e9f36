#include "gates/baseline/greens.h"

#include <algorithm>

#include "gates/baseline/arrival.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

constexpr char repair[] = "The store is damaged. Restore the file from a copy.";

std::string file_of(std::int64_t number) { return std::to_string(number) + ".json"; }

}  // namespace

std::filesystem::path path_of_green(const Store& store, std::int64_t number) {
  return store.folder().path() / greens_name / file_of(number);
}

std::vector<std::int64_t> green_numbers(const Store& store) {
  const std::optional<Folder> folder = store.folder().folder(greens_name);
  if (!folder) return {};
  std::vector<std::int64_t> numbers;
  for (const std::string& name : folder->names()) {
    const std::string digits = name.substr(0, name.find_first_not_of("0123456789"));
    const bool is_number = !digits.empty() && digits.size() < 18 && digits[0] != '0';
    // What else lies there is for verify to find.
    if (is_number && name == digits + ".json") numbers.push_back(std::stoll(digits));
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

Green read_green(const Store& store, std::int64_t number) {
  const std::string where = path_of_green(store, number).string();
  const std::optional<Folder> folder = store.folder().folder(greens_name);
  const std::optional<std::string> text = folder ? read_text(*folder, file_of(number)) : std::nullopt;
  if (!text) throw infrastructure_error(where, "is missing", repair);
  Green green;
  try {
    green = green_from(parse_json(*text, where));
  } catch (const Error& error) {
    throw infrastructure_error(error.where(), error.message(), repair);
  }
  if (green.number != number)
    throw infrastructure_error(
        where, "expected green " + std::to_string(number) + ", found " + std::to_string(green.number),
        repair);
  const std::string digest = digest_of_bytes(*text);
  if (!store.objects().has(digest))
    throw infrastructure_error(
        where, "was changed: expected the green that was written, found another one (" + digest + ")",
        repair);
  return green;
}

std::vector<Green> read_greens(const Store& store) {
  std::vector<Green> greens;
  for (const std::int64_t number : green_numbers(store)) greens.push_back(read_green(store, number));
  return greens;
}

std::optional<Green> last_green(const Store& store, const std::string& branch) {
  const std::vector<std::int64_t> numbers = green_numbers(store);
  for (auto number = numbers.rbegin(); number != numbers.rend(); ++number)
    if (Green green = read_green(store, *number); green.branch == branch) return green;
  return std::nullopt;
}

void put_green(const Store& store, const Green& green, const Folder& incoming) {
  const Folder folder = store.folder().created_folder(greens_name);
  const std::string text = to_json(green);
  store.objects().keep_text(text, incoming);
  Arrival arrival(incoming);
  arrival.add(text);
  arrival.place(folder, file_of(green.number));
}

}  // namespace modelgate
