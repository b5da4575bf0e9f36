#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gates/baseline/store.h"
#include "schemas/documents/green.h"

namespace modelgate {

/// The folder of a store for its greens: greens/NUMBER.json. One that never marked any has none.
inline constexpr char greens_name[] = "greens";

/// Their numbers, rising. Nothing is read of them.
std::vector<std::int64_t> green_numbers(const Store& store);

/// Where a green lies.
std::filesystem::path path_of_green(const Store& store, std::int64_t number);

/// Errors: kind infrastructure, with the file, if it is missing, damaged or was edited: every green is kept
/// as an object too.
Green read_green(const Store& store, std::int64_t number);

/// All of them, by number. Errors likewise.
std::vector<Green> read_greens(const Store& store);

/// The green of the branch with the highest number. Errors likewise.
std::optional<Green> last_green(const Store& store, const std::string& branch);

/// Writes one that is not there yet; only for who holds the lock.
void put_green(const Store& store, const Green& green, const Folder& incoming);

}  // namespace modelgate
