#include "schemas/formats/k6_summary.h"

#include <fmt/format.h>

#include "schemas/formats/sample_collector.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

/// "http_req_duration{expected_response:true}" without its tags.
std::string_view base_of(std::string_view name) { return name.substr(0, name.find('{')); }

bool is_phase(std::string_view base) {
  for (const std::string_view phase :
       {"blocked", "connecting", "tls_handshaking", "sending", "waiting", "receiving"})
    if (base.starts_with("http_req_") && base.substr(9) == phase) return true;
  return base == "ws_connecting";
}

/// Of k6's own, which are times; what a custom one is, only handleSummary tells.
bool is_known_time(std::string_view base) { return base.ends_with("_duration"); }

/// "p(95)" as "p95"; empty for what is not judged: the extremes tell of single requests.
std::string quantity_of(const std::string& statistic) {
  if (statistic == "avg") return "mean";
  if (statistic == "med") return "p50";
  if (statistic.starts_with("p(") && statistic.ends_with(')') && statistic != "p(100)")
    return "p" + statistic.substr(2, statistic.size() - 3);
  return "";
}

class K6Reader {
 public:
  Measurements read(const Node& document) {
    for (const auto& [name, node] : Fields(Fields(document).required("metrics")).all())
      read_metric(name, node);
    return std::move(measurements_);
  }

 private:
  void read_metric(const std::string& name, const Node& node) {
    Fields fields(node);
    const auto nested = fields.optional("values");  // what handleSummary is given
    Fields values(nested ? *nested : node);
    if (const auto thresholds = fields.optional("thresholds")) read_thresholds(name, *thresholds);
    const std::string_view base = base_of(name);
    if (name == "http_req_failed") return read_failures(values, "requests", "passes", "fails");
    if (name == "checks") return read_failures(values, "checks", "fails", "passes");
    if (name == "http_reqs" || name == "iterations") {
      const Node rate = values.required("rate");
      return collector_.add(name, "rate", {1, "1/s", Better::higher}, 0, rate.number(), rate.file());
    }
    if (!values.optional("med") && !values.optional("avg")) return;  // no trend
    if (is_phase(base)) return;
    const bool is_time =
        fields.optional("contains") ? fields.text("contains") == "time" : is_known_time(base);
    for (const auto& [statistic, value] : values.all())
      if (const std::string quantity = quantity_of(statistic); !quantity.empty())
        collector_.add(name, quantity, is_time ? meaning_of_unit("ms") : UnitMeaning{}, 0, value.number(),
                       value.file());
  }

  void read_failures(Fields& values, const std::string& what, const std::string& failed,
                     const std::string& fine) {
    const std::int64_t count = values.integer_or(failed, 0), rest = values.integer_or(fine, 0);
    if (count > 0)
      measurements_.problems.push_back(
          {"benchmark_error", fmt::format("k6: {} of {} {} failed; what fails fast is not fast", count,
                                          static_cast<double>(count) + static_cast<double>(rest), what)});
  }

  /// True stands for a crossed one in --summary-export, {"ok": false} for handleSummary.
  void read_thresholds(const std::string& name, const Node& thresholds) {
    if (!thresholds.is_object()) return;
    for (const auto& [threshold, node] : Fields(thresholds).all())
      if (node.is_object() ? !Fields(node).boolean_or("ok", true) : node.boolean())
        measurements_.notes.push_back("k6's threshold '" + beginning(threshold) + "' of " + beginning(name) +
                                      " was crossed");
  }

  Measurements measurements_ = measurements_of_tool("k6", "k6");
  SampleCollector collector_{measurements_};
};

}  // namespace

Measurements k6_summary_from(const Node& document) { return K6Reader().read(document); }

}  // namespace modelgate
