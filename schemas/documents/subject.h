#pragma once

#include <optional>
#include <string>

namespace modelgate {

enum class Role { baseline, candidate };

std::string name_of(Role role);

/// What was measured: one version of a model, its code and its weights.
struct Subject {
  Role role = Role::candidate;
  std::string name;     ///< "support-intents"; may be empty.
  std::string version;  ///< "v1.1.0"; may be empty.
  std::string commit;   ///< May be empty.
  std::string digest;   ///< "sha256:…" of the folder (see manifest.h); empty where there is none.
  /// Files under version control were not as the commit has them. Known of a suite's candidate alone.
  bool modified = false;

  bool operator==(const Subject&) const = default;
};

}  // namespace modelgate
