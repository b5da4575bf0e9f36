#include "runners/exec/earlier_rows.h"

#include <algorithm>

#include "runners/exec/row_json.h"
#include "schemas/documents/manifest.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

/// The series of records, if the document holds that and nothing else.
const RecordSeries* records_in(const Measurements& document) {
  return document.series.size() == 1 ? std::get_if<RecordSeries>(&document.series.front()) : nullptr;
}

}  // namespace

EarlierRows::EarlierRows(const fs::path& output, const std::vector<MeasuredSubject>& subjects,
                         const RowLooks& looks)
    : output_(output), documents_(output, "exec", subjects), seed_(looks.seed) {
  for (const Measurements& document : documents_.all()) {
    const fs::path path = documents_.path_of(document);
    const Role role = document.subject.role;
    const RecordSeries* series = records_in(document);
    require_earlier(series != nullptr && series->path == name_of(role) + "/records.jsonl", path,
                    "does not hold this runner's records");
    require_earlier(series->looks == looks.numbers(), path, "declares other looks");
    require_earlier(series->seed.has_value(), path, "does not say the seed of its order");
    if (seed_ == 0) seed_ = *series->seed;
    require_earlier(*series->seed == seed_, path,
                    "has its rows in the order of seed " + std::to_string(*series->seed) + ", not " +
                        std::to_string(seed_));
    if (role == documents_.all().front().subject.role) rows_ = series->rows;
    require_earlier(
        series->rows == rows_, path,
        "has " + std::to_string(series->rows) + " rows, and the candidate " + std::to_string(rows_));
    std::error_code unknown;
    require_earlier(fs::is_regular_file(records_of(role), unknown), records_of(role), "is missing");
    require_earlier(digest_of_file(records_of(role)) == series->digest, records_of(role),
                    "is not the file of which " + path.string() + " has the digest");
  }
  if (rows_ >= looks.end())
    require_earlier(false, "--until", "there are " + std::to_string(rows_) + " rows already");
}

void EarlierRows::require_beginning_of(const AskedRows& asked, Role role) const {
  const RowFile records(records_of(role));
  bool same = static_cast<std::int64_t>(records.lines().size()) == rows_;
  for (std::size_t turn = 0; same && turn < records.lines().size(); ++turn) {
    const auto row = object_of(records.lines()[turn].text);
    same = row && name_of_row(*row) == asked.name(turn);
  }
  require_earlier(same, records.path(),
                  "does not hold the first " + std::to_string(rows_) + " rows of the order of seed " +
                      std::to_string(seed_) + ": the input or the seed changed");
}

void EarlierRows::copy_records(Role role, RowWriter& records) const {
  const MappedFile file(records_of(role));
  if (digest_of_bytes(file.text()) != records_in(document_of(role))->digest)
    throw infrastructure_error(records_of(role).string(), "was changed while more rows were measured");
  records.add_text(file.text());
}

Measurements EarlierRows::joined(const Measurements& more) const {
  Measurements all = documents_.joined(more);
  if (const RecordSeries* added = records_in(more)) {
    auto& known = std::get<RecordSeries>(all.series.front());
    known.rows += added->rows;
    known.errors += added->errors;
    known.digest = added->digest;
    known.test_set = added->test_set;
  }
  return all;
}

const Measurements& EarlierRows::document_of(Role role) const {
  return *std::find_if(documents_.all().begin(), documents_.all().end(),
                       [&](const Measurements& document) { return document.subject.role == role; });
}

fs::path EarlierRows::records_of(Role role) const { return output_ / name_of(role) / "records.jsonl"; }

}  // namespace modelgate
