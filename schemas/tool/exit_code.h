#pragma once

namespace modelgate {

/// The exit contract of every program. CI acts on it, so nothing else may be returned.
enum class ExitCode : int {
  pass = 0,
  fail = 1,          ///< A gate failed: a regression is proven.
  usage = 2,         ///< Wrong options, plan or document.
  inconclusive = 3,  ///< The data cannot decide, or nothing was measured.
  error = 4,         ///< It could not be measured; trying again may help.
};

}  // namespace modelgate
