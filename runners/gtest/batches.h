#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runners/gtest/test_list.h"

namespace modelgate {

/// The filter of a process is one word of its command line, which the kernel limits to 128 KiB.
inline constexpr std::size_t longest_filter = 120'000;

/// GoogleTest copies its flags, the filter among them, for every test: names of tests longer than this in all
/// would cost more than another process saves.
inline constexpr std::size_t longest_cheap_filter = 16'000;

/// Divides the tests of a program among processes, and says which are meant.
class Batches {
 public:
  using Tests = std::vector<std::size_t>;  ///< Indices into the list, ascending.

  /// `list` outlives this. `runnable` are those that run at all; `complete` says that the program has no
  /// other tests than those of the list, so that "Suite.*" means them.
  Batches(const TestList& list, const Tests& runnable, bool complete);

  /// At most `shards` processes (more where a filter would be too long). Neighbours stay together, and so
  /// does a suite, whose set-up may be costly, unless it is larger than its share and has few tests.
  std::vector<Tests> divide(const Tests& tests, std::size_t shards) const;

  /// As few processes as the length of a filter allows.
  std::vector<Tests> divide_by_filter(const Tests& tests) const;

  /// `--gtest_filter` patterns for these tests, joined by ':'. Characters that GoogleTest would read
  /// otherwise become '?', so that other tests may be meant too.
  std::string filter_of(const Tests& tests) const;

 private:
  struct Part {              ///< Neighbours of one suite.
    std::size_t begin, end;  ///< In the tests at hand.
    bool whole;              ///< All runnable tests of the suite.
    std::size_t filter_bytes;
  };
  std::vector<Part> parts_of(const Tests& tests) const;

  const TestList& list_;
  std::unordered_map<std::string_view, std::size_t> suite_sizes_;
  bool complete_;
};

}  // namespace modelgate
