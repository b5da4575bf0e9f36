#pragma once

#include <exception>
#include <string>

namespace modelgate {

/// What went wrong, as far as the exit code is concerned.
enum class ErrorKind {
  usage,           ///< The person or the plan asked for something that makes no sense: exit code 2.
  infrastructure,  ///< Something could not be measured, read or written: exit code 4.
};

/// The one error type: where it happened ("plan.yaml:12:5", "verdict.json#/checks/0", may be empty),
/// what is wrong, and what to do about it (may be empty). Words for people, no library jargon.
/// A model that fails is a verdict, never an Error.
class Error : public std::exception {
 public:
  Error(ErrorKind kind, std::string where, std::string what, std::string hint = "");

  ErrorKind kind() const { return kind_; }
  const std::string& where() const { return where_; }
  const std::string& message() const { return message_; }
  const std::string& hint() const { return hint_; }

  /// "where: message" in one line, with the hint on a second one.
  const char* what() const noexcept override { return whole_.c_str(); }

 private:
  ErrorKind kind_;
  std::string where_, message_, hint_, whole_;
};

/// An Error of kind usage.
Error usage_error(std::string where, std::string what, std::string hint = "");

/// An Error of kind infrastructure.
Error infrastructure_error(std::string where, std::string what, std::string hint = "");

}  // namespace modelgate
