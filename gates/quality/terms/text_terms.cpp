// Metrics of generated texts. `output` is the model's, `reference` what it should be; `references` is a JSON
// list of several, of which the metrics take the best or all, as each is defined.

#include <simdjson.h>

#include <optional>

#include "gates/metrics/text/bleu.h"
#include "gates/metrics/text/chrf.h"
#include "gates/metrics/text/error_rate.h"
#include "gates/metrics/text/normalisation.h"
#include "gates/metrics/text/rouge.h"
#include "gates/metrics/text/token_f1.h"
#include "gates/quality/terms/model_rows.h"
#include "gates/quality/terms/terms_by_kind.h"

namespace modelgate {
namespace {

constexpr std::size_t most_references = 100;
/// Edit distances and subsequences take time by the product of both lengths.
constexpr std::size_t longest_text = 1u << 20;

/// The references of a row; valid until the thread's next call. None where there are none, or they are no
/// list of texts.
std::optional<std::span<const std::string_view>> references_of(const ModelRow& row) {
  thread_local std::vector<std::string_view> found;
  thread_local std::vector<std::string> kept;
  thread_local simdjson::dom::parser parser;
  found.clear();
  const TextColumn &one = row.file.texts("reference"), &several = row.file.texts("references");
  if (one.has(row.in_file)) found.push_back(one.at(row.in_file));
  if (several.has(row.in_file)) {
    kept.clear();
    simdjson::dom::array list;
    if (parser.parse(simdjson::padded_string(several.at(row.in_file))).get_array().get(list) !=
        simdjson::SUCCESS)
      return std::nullopt;
    for (const simdjson::dom::element element : list) {
      std::string_view text;
      if (element.get_string().get(text) != simdjson::SUCCESS || kept.size() == most_references)
        return std::nullopt;
      kept.emplace_back(text);
    }
    for (const std::string& text : kept) found.push_back(text);
  }
  if (found.empty()) return std::nullopt;
  return found;
}

template <std::size_t N>
void put(const RowCounts<N>& counts, std::span<double> out) {
  for (std::size_t k = 0; k < N; ++k) out[k] = static_cast<double>(counts[k]);
}

/// Whole numbers again.
template <std::size_t N>
RowCounts<N> counts_of(std::span<const double> sums) {
  RowCounts<N> counts{};
  for (std::size_t k = 0; k < N; ++k) counts[k] = static_cast<std::int64_t>(sums[k]);
  return counts;
}

class TextTerms {
 public:
  TextTerms(const CheckText& check, const Answers& answers, int threads, std::vector<DataProblem>& problems)
      : check_(check), answers_(answers), threads_(threads), problems_(problems) {}

  RowTerms computed() const {
    switch (check_.metric) {
      case Metric::exact_match: {
        const Normalisation by = normalisation({});
        return row_means(RowTerms::Kind::yes_no, [=](std::string_view output, auto references) {
          return exact_match(output, references, by) ? 1.0 : 0.0;
        });
      }
      case Metric::token_f1: {
        const Normalisation by = normalisation({.squad = true});
        return row_means(RowTerms::Kind::mean, [=](std::string_view output, auto references) {
          return token_f1(output, references, by);
        });
      }
      case Metric::bleu:
        return bleu();
      case Metric::chrf:
        return chrf();
      case Metric::word_errors:
        return error_rates(word_errors);
      case Metric::character_errors:
        return error_rates(character_errors);
      default:
        return rouge();
    }
  }

 private:
  Normalisation normalisation(const Normalisation& usual) const {
    const std::string& names = check_.settings.normalise;
    return names.empty() ? usual : normalisation_from(names).value();
  }

  /// `take` gets output and references, and says whether it could.
  template <typename Take>
  void fill(RowTerms& terms, const Take& take) const {
    fill_terms(
        answers_, threads_,
        [&](const ModelRow& row, std::span<double> out) {
          const auto references = references_of(row);
          const std::string_view output = row.file.texts("output").at(row.in_file);
          if (!references || output.size() > longest_text) return false;
          for (const std::string_view reference : *references)
            if (reference.size() > longest_text) return false;
          return take(output, *references, out);
        },
        "no reference to compare with, or a text of more than 1 MiB",
        "'reference', or a list of 'references', in every row", terms, problems_);
  }

  template <typename Value>
  RowTerms row_means(RowTerms::Kind kind, const Value& value) const {
    RowTerms terms;
    terms.kind = kind;
    terms.lowest = 0;
    terms.highest = 1;
    fill(terms,
         [&](std::string_view output, std::span<const std::string_view> references, std::span<double> out) {
           out[0] = value(output, references);
           return out[0] >= 0;
         });
    return terms;
  }

  RowTerms rouge() const {
    const RougeTokens tokens = check_.settings.tokens.empty()
                                   ? RougeTokens::ascii
                                   : rouge_tokens_from(check_.settings.tokens).value();
    const int order = check_.metric == Metric::rouge_1 ? 1 : check_.metric == Metric::rouge_2 ? 2 : 0;
    return row_means(RowTerms::Kind::mean, [=](std::string_view output, auto references) {
      return (order == 0 ? rouge_l(output, references, tokens) : rouge_n(output, references, order, tokens))
          .f_measure;
    });
  }

  RowTerms bleu() const {
    BleuOptions options;
    if (!check_.settings.tokens.empty()) options.tokens = bleu_tokens_from(check_.settings.tokens).value();
    options.lower_case = check_.settings.lower_case;
    RowTerms terms;
    terms.kind = RowTerms::Kind::sums;
    terms.whole = true;
    terms.width = std::tuple_size_v<BleuCounts>;
    fill(terms,
         [&](std::string_view output, std::span<const std::string_view> references, std::span<double> out) {
           put(bleu_counts(output, references, options), out);
           return true;
         });
    terms.value = [](std::span<const double> sums, double) {
      return bleu_score(counts_of<std::tuple_size_v<BleuCounts>>(sums));
    };
    return terms;
  }

  RowTerms chrf() const {
    const ChrfOptions options{static_cast<int>(check_.settings.words), check_.settings.lower_case};
    RowTerms terms;
    terms.kind = RowTerms::Kind::sums;
    terms.whole = true;
    terms.width = std::tuple_size_v<ChrfCounts>;
    fill(terms,
         [&](std::string_view output, std::span<const std::string_view> references, std::span<double> out) {
           put(chrf_counts(output, references, options), out);
           return true;
         });
    terms.value = [](std::span<const double> sums, double) {
      return chrf_score(counts_of<std::tuple_size_v<ChrfCounts>>(sums));
    };
    return terms;
  }

  /// Edits over the length of the reference, which is the same for both models. Of several references there
  /// is no customary choice.
  RowTerms error_rates(ErrorCounts (*errors)(std::string_view, std::string_view,
                                             const Normalisation&)) const {
    const Normalisation by = normalisation({.trim = true});
    RowTerms terms;
    terms.kind = RowTerms::Kind::ratio;
    terms.width = 2;
    fill(terms,
         [&](std::string_view output, std::span<const std::string_view> references, std::span<double> out) {
           if (references.size() != 1) return false;
           put(errors(output, references.front(), by), out);
           return true;
         });
    split_sizes(terms);
    return terms;
  }

  void split_sizes(RowTerms& terms) const {
    const auto first_of_pairs = [](std::vector<double>& pairs) {
      for (std::size_t i = 0; i < pairs.size(); i += 2) pairs[i / 2] = pairs[i];
      pairs.resize(pairs.size() / 2);
    };
    double all = 0;
    for (std::size_t i = 1; i < terms.candidate.size(); i += 2) {
      terms.sizes.push_back(terms.candidate[i]);
      all += terms.sizes.back();
    }
    first_of_pairs(terms.baseline);
    first_of_pairs(terms.candidate);
    terms.width = 1;
    if (!(all > 0))
      problems_.push_back({"references of the rows", "nothing_measured", "all references are empty",
                           "rows that say what the output should be"});
  }

  const CheckText& check_;
  const Answers& answers_;
  int threads_;
  std::vector<DataProblem>& problems_;
};

}  // namespace

RowTerms text_terms(const CheckText& check, const Answers& answers, int threads,
                    std::vector<DataProblem>& problems) {
  return TextTerms(check, answers, threads, problems).computed();
}

}  // namespace modelgate
