#include "runners/exec/exec_task.h"

#include <map>
#include <random>
#include <utility>

#include "runners/recording/row_writer.h"

namespace modelgate {

namespace fs = std::filesystem;

std::string RowStretch::text() const {
  return "rows " + std::to_string(first + 1) + " to " + std::to_string(end);
}

std::optional<RowStretch> stretch_of(const RowLooks& looks, const std::optional<EarlierRows>& earlier) {
  if (!looks.are_declared()) return std::nullopt;
  RowStretch stretch{0, static_cast<std::size_t>(looks.end()), looks.seed, ""};
  if (earlier) {
    stretch.first = static_cast<std::size_t>(earlier->rows());
    stretch.seed = earlier->seed();
    stretch.suffix = "-until-" + std::to_string(stretch.end);
  }
  while (stretch.seed == 0) stretch.seed = std::random_device{}();
  return stretch;
}

std::span<const std::size_t> ExecTask::rows() const {
  return stretch ? asked->order().subspan(stretch->first, stretch->end - stretch->first) : asked->order();
}

fs::path ExecTask::file(const std::string& name, const std::string& extension) const {
  return folder / (name + (stretch ? stretch->suffix : "") + extension);
}

fs::path ExecTask::stdin_file() const {
  if (!stretch) return input_file;
  const fs::path path = file("asked", ".jsonl");
  RowWriter lines(path);
  for (const std::size_t row : rows()) lines.add_line(asked->input().lines()[row].text);
  lines.finish();
  return path;
}

std::vector<ExecTask> tasks_of(const ExecOptions& options, const std::vector<MeasuredSubject>& subjects,
                               const std::optional<RowStretch>& stretch) {
  std::vector<ExecTask> tasks;
  std::map<fs::path, std::shared_ptr<const AskedRows>> asked_by_file;
  for (const MeasuredSubject& subject : subjects) {
    const std::string role = name_of(subject.subject.role);
    const fs::path input = expand(options.input, subject);
    std::shared_ptr<const AskedRows>& asked = asked_by_file[input];
    if (!asked)
      asked = stretch ? std::make_shared<AskedRows>(input, stretch->seed, options.looks.numbers().back())
                      : std::make_shared<AskedRows>(input);
    if (stretch && !tasks.empty() && asked != tasks.front().asked)
      require_same_rows(*tasks.front().asked, *asked);
    tasks.push_back({subject, role, expand(options.command, subject), fs::path(options.runner.output) / role,
                     input, asked, stretch});
  }
  return tasks;
}

}  // namespace modelgate
