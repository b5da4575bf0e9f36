#include "tests/bench/verdicts/eval_rows.h"

namespace modelgate {

void draw_rows(RandomStream& random, double drop, std::int64_t until, EvalTable& table) {
  const double lost = (eval_discordant + drop) / 2, gained = eval_discordant - lost,
               both = eval_accuracy - lost;
  for (std::int64_t row = table.rows(); row < until; ++row) {
    const double u = random.unit();
    ++(u < both                   ? table.both
       : u < both + lost          ? table.lost
       : u < both + lost + gained ? table.gained
                                  : table.neither);
  }
}

Answers answers_of(const EvalTable& table) {
  Answers answers;
  answers.classes = {"wrong", "right"};
  answers.is_label = {false, true};
  answers.compared = true;
  const auto add = [&](std::int64_t count, std::int32_t before, std::int32_t now) {
    for (std::int64_t i = 0; i < count; ++i) answers.add({1, before, now, 0});
  };
  add(table.both, 1, 1);
  add(table.lost, 1, 0);
  add(table.gained, 0, 1);
  add(table.neither, 0, 0);
  return answers;
}

}  // namespace modelgate
