#pragma once

#include <string>
#include <utility>
#include <vector>

#include "schemas/pipeline/pipeline.h"

namespace modelgate {

/// A secret that lets us write. It is handed to the transport, and to nothing that prints or stores.
class Token {
 public:
  Token() = default;
  explicit Token(std::string secret) : secret_(std::move(secret)) {}

  const std::string& secret() const { return secret_; }
  /// The text with "***" wherever the secret stood: for everything that is printed or sent.
  std::string removed_from(std::string text) const;

 private:
  std::string secret_;
};

/// The token in `file` (its one line), or where none is named in the first of `variables` that is set.
/// Errors: kind usage if there is none (`hint` says what to do) or what is there cannot be a token,
/// infrastructure if the file cannot be read. They quote neither the token nor the file's name, for which a
/// token may have been given by mistake.
Token read_token(const std::string& file, const std::vector<std::string>& variables, const Variables& lookup,
                 const std::string& hint = "");

}  // namespace modelgate
