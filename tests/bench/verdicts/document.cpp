#include "tests/bench/verdicts/document.h"

#include <nlohmann/json.hpp>

namespace modelgate {
namespace {

using Json = nlohmann::ordered_json;

Json json(const Rate& rate) { return {{"hits", rate.hits}, {"trials", rate.trials}}; }

Json json(const ThreeAnswers& answers) {
  return {{"failed", json(answers.failed)},
          {"passed", json(answers.passed)},
          {"inconclusive", json(answers.inconclusive)},
          {"mean_samples", answers.mean_samples}};
}

Json json(const SuiteResult& one) {
  return {{"model", one.model},
          {"checks", one.checks},
          {"looks", one.looks},
          {"blocked", json(one.blocked)},
          {"inconclusive", json(one.inconclusive)},
          {"mean_check_pairs", one.mean_check_pairs},
          {"mean_run_pairs", one.mean_run_pairs}};
}

Json json(const EffectResult& one) {
  return {{"model", one.model},
          {"family", one.family},
          {"looks", one.looks},
          {"effect", one.effect},
          {"answers", json(one.answers)}};
}

Json json(const PeerResult& one) {
  Json blocked = Json::array();
  for (const auto& [effect, rate] : one.blocked)
    blocked.push_back({{"effect", effect}, {"blocked", json(rate)}});
  return {{"model", one.model},
          {"rule", peers()[static_cast<std::size_t>(one.peer)].name},
          {"checks", one.checks},
          {"threshold", one.threshold},
          {"blocked_suites", json(one.blocked_suites)},
          {"by_effect", blocked}};
}

Json json(const std::map<double, ThreeAnswers>& by_effect) {
  Json all = Json::array();
  for (const auto& [effect, answers] : by_effect)
    all.push_back({{"effect", effect}, {"answers", json(answers)}});
  return all;
}

Json json(const SequentialResult& one) {
  return {{"model", one.model},
          {"family", one.family},
          {"looks", one.looks},
          {"fixed_pairs", one.fixed_pairs},
          {"sequential", json(one.sequential)},
          {"fixed", json(one.fixed)}};
}

Json json(const RowLooksResult& one) {
  return {{"looks", one.looks},
          {"margin", one.margin},
          {"fixed_rows", one.fixed_rows},
          {"sequential", json(one.sequential)},
          {"fixed", json(one.fixed)}};
}

Json json(const PairOrderResult& one) {
  return {{"rho", one.rho},
          {"one_coin_each", json(one.one_coin_each)},
          {"one_coin_for_two", json(one.one_coin_for_two)}};
}

Json json(const EvalResult& one) {
  return {{"rule", one.rule},           {"margin_points", one.margin},
          {"drop_points", one.drop},    {"failed", json(one.failed)},
          {"passed", json(one.passed)}, {"inconclusive", json(one.inconclusive)}};
}

Json json(const CurvePoint& point) {
  Json blocked = Json::object();
  for (std::size_t peer = 0; peer < peer_count; ++peer)
    blocked[peers()[peer].name] = json(point.blocked[peer]);
  return {{"effect", point.effect}, {"ours", json(point.ours)}, {"blocked_by_peers", blocked}};
}

Json json(const Target& target) {
  return {{"what", target.what},
          {"promised", target.demanded},
          {"measured", target.measured},
          {"met", target.met}};
}

/// A result a line, so that two runs can be compared by diff.
std::string a_line_each(const Json& document) {
  std::string text = "{";
  for (const auto& [key, value] : document.items()) {
    text += (text == "{" ? "\n" : ",\n") + Json(key).dump() + ": ";
    if (!value.is_array()) {
      text += value.dump();
      continue;
    }
    text += "[";
    for (std::size_t i = 0; i < value.size(); ++i) text += (i == 0 ? "\n  " : ",\n  ") + value[i].dump();
    text += "\n]";
  }
  return text + "\n}\n";
}

template <typename Result>
Json all_of(const std::vector<Result>& results) {
  Json all = Json::array();
  for (const Result& one : results) all.push_back(json(one));
  return all;
}

}  // namespace

std::string json_of(const Results& results) {
  const Settings& s = results.settings;
  Json models = Json::array();
  for (const auto& [name, description] : results.models)
    models.push_back({{"name", name}, {"description", description}});
  const Json document = {{"date", results.date},
                         {"seed", s.seed},
                         {"quick", results.quick},
                         {"margin", s.margin},
                         {"spread", s.spread},
                         {"models", models},
                         {"targets", all_of(results.targets)},
                         {"unchanged", all_of(results.unchanged)},
                         {"at_margin", all_of(results.at_margin)},
                         {"summarised", all_of(results.summarised)},
                         {"wrong_passes", all_of(results.wrong_passes)},
                         {"effects", all_of(results.effects)},
                         {"peers", all_of(results.peers)},
                         {"tuned_peers", all_of(results.tuned_peers)},
                         {"sequential", all_of(results.sequential)},
                         {"pair_orders", all_of(results.pair_orders)},
                         {"evals", all_of(results.evals)},
                         {"row_looks", all_of(results.row_looks)},
                         {"curve", all_of(results.curve)}};
  return a_line_each(document);
}

}  // namespace modelgate
