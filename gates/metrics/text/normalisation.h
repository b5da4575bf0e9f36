#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace modelgate {

/// What is done to texts before they are compared, in the order of the fields; none of it by default.
struct Normalisation {
  bool nfkc = false;         ///< Full-width letters, ligatures and the like become their plain forms.
  bool casefold = false;     ///< Case does not matter, in any script; the result is in NFC.
  bool punctuation = false;  ///< Unicode's punctuation (categories P*) is taken out.
  bool squad = false;  ///< SQuAD's: lower case, without ASCII punctuation, without a, an, the, single blanks.
  bool trim = false;   ///< White space at both ends is taken off.

  friend bool operator==(const Normalisation&, const Normalisation&) = default;
};

/// "none", or the names of the fields joined by +: "trim+casefold".
std::optional<Normalisation> normalisation_from(std::string_view names);

/// The normalised text: the bytes themselves where nothing is to be done, else valid UTF-8.
std::string normalised(std::string_view text, const Normalisation& normalisation);

/// Whether the hypothesis equals one of the references after normalisation. Never without references.
bool exact_match(std::string_view hypothesis, std::span<const std::string_view> references,
                 const Normalisation& normalisation = {});

}  // namespace modelgate
