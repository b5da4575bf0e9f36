#include <nlohmann/json.hpp>

#include "runners/selftest/report.h"

namespace modelgate {

std::string report_json(const Matrix& matrix, std::size_t trials) {
  using Json = nlohmann::ordered_json;
  Json document{{"exit_code", static_cast<int>(matrix.exit_code())}, {"trials", trials}};
  for (const Ruling ruling :
       {Ruling::as_expected, Ruling::unproven, Ruling::untried, Ruling::false_alarm, Ruling::let_through})
    document["counts"][name_of(ruling)] = matrix.count(ruling);
  document["notes"] = matrix.notes();
  Json& rows = document["rows"] = Json::array();
  for (const Row& row : matrix.rows()) {
    Json json{{"gate", row.planted.gate}};
    if (!row.planted.check.empty()) json["check"] = row.planted.check;
    if (!row.planted.slice.empty()) json["slice"] = row.planted.slice;
    json["level"] = name_of(row.planted.level);
    json["planted"] = row.planted.words;
    json["expected"] = name_of(row.planted.expected);
    json["obtained"] = row.status;
    if (!row.reason.empty()) json["reason"] = row.reason;
    if (!row.needs.empty()) json["needs"] = row.needs;
    if (row.p_regression) json["p_regression"] = *row.p_regression;
    json["ruling"] = name_of(row.ruling);
    if (!row.folder.empty()) json["folder"] = row.folder.string();
    rows.push_back(json);
  }
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace modelgate
