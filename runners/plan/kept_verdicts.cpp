#include "runners/plan/kept_verdicts.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "schemas/documents/status_code.h"
#include "schemas/tool/clock.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;

constexpr hours longest_kept{7 * 24};
constexpr std::size_t most_kept = 50;

bool passes(const Verdict& verdict) {
  // One that names no day is none of ours.
  const bool is_valid = !verdict.valid_until.empty() && !has_expired(verdict, utc_day());
  return is_valid && verdict.status == Status::pass && worst(verdict.checks) == Status::pass &&
         exit_code_of(verdict) == ExitCode::pass;
}

}  // namespace

KeptVerdicts::KeptVerdicts(fs::path folder, const std::string& key) : folder_(std::move(folder)) {
  file_ = folder_ / (key.substr(key.find(':') + 1) + ".json");
}

std::optional<Verdict> KeptVerdicts::find(const std::string& candidate_digest,
                                          const std::string& plan_digest) const {
  std::error_code failure;
  if (!fs::is_regular_file(fs::symlink_status(file_, failure))) return std::nullopt;
  const auto age = fs::file_time_type::clock::now() - fs::last_write_time(file_, failure);
  if (failure || !(age >= hours(-1) && age <= longest_kept)) return std::nullopt;
  try {
    Verdict verdict = read_verdict(file_);
    const bool is_of_this = verdict.candidate.digest == candidate_digest && !candidate_digest.empty() &&
                            verdict.plan_digest == plan_digest && !plan_digest.empty();
    if (is_of_this && passes(verdict)) return verdict;
  } catch (const Error&) {
    // Then it is judged anew.
  }
  return std::nullopt;
}

void KeptVerdicts::keep(const Verdict& verdict) const {
  if (!passes(verdict)) return;
  try {
    write_file(folder_ / ".gitignore", "*\n");
    write_file(file_, to_json(verdict));
  } catch (const Error&) {
    return;
  }
  std::vector<std::pair<fs::file_time_type, fs::path>> files;
  std::error_code failure;
  for (fs::directory_iterator entry(folder_, failure), end; !failure && entry != end;
       entry.increment(failure))
    if (entry->path().extension() == ".json")
      files.emplace_back(entry->last_write_time(failure), entry->path());
  std::sort(files.rbegin(), files.rend());
  for (std::size_t i = most_kept; i < files.size(); ++i) fs::remove(files[i].second, failure);
}

}  // namespace modelgate
