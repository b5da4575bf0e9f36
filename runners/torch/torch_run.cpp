#include "runners/torch/torch_run.h"

#include <map>
#include <optional>

#include "runners/process/process.h"
#include "runners/torch/answers.h"
#include "runners/torch/class_names.h"
#include "runners/torch/data_set.h"
#include "runners/torch/latency.h"
#include "runners/torch/numbers_of_options.h"
#include "runners/torch/watched_gpu.h"
#include "runners/torch/worker.h"
#include "schemas/documents/manifest.h"
#include "schemas/formats/safetensors.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

// Large enough that the calls cost little, small enough that a batch of wide rows fits the caches.
constexpr int answer_batch_size = 64;

/// A subject, and all that is known before its model is run.
struct Task {
  MeasuredSubject subject;
  fs::path folder;  // of its data files
  std::string role;
  fs::path model;
  std::shared_ptr<const DataSet> data;
  std::vector<std::string> classes;
  Measurements document;
};

/// A folder for what workers and runner hand each other, removed at the end. Beside the results, where there
/// is room for large tensors, and from where they can be renamed into place.
class HandoverFolder {
 public:
  explicit HandoverFolder(const fs::path& output) : path_(fs::absolute(output) / ".torch") {
    std::error_code failure;
    fs::remove_all(path_, failure);
    fs::create_directories(path_, failure);
    if (failure) throw infrastructure_error(path_.string(), "cannot be made: " + failure.message());
  }
  ~HandoverFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  HandoverFolder(const HandoverFolder&) = delete;
  HandoverFolder& operator=(const HandoverFolder&) = delete;
  fs::path operator/(const std::string& name) const { return path_ / name; }

 private:
  fs::path path_;
};

void check_labels(const DataSet& data, const std::vector<std::string>& classes, const std::string& where) {
  if (classes.empty()) return;
  for (const DataRow& row : data.rows)
    if (row.label_index && *row.label_index >= static_cast<std::int64_t>(classes.size()))
      throw usage_error(where, "the label of row " + row.id_json + " is " + std::to_string(*row.label_index) +
                                   ", and there are " + std::to_string(classes.size()) + " class names");
}

/// Reads everything that people wrote, so that their mistakes are said before anything is measured.
std::vector<Task> tasks_of(const TorchOptions& options, const HandoverFolder& handover) {
  std::vector<Task> tasks;
  std::map<std::string, std::shared_ptr<const DataSet>> data_by_path;
  for (const MeasuredSubject& subject : options.runner.subjects()) {
    Task task;
    task.subject = subject;
    task.role = name_of(subject.subject.role);
    task.folder = fs::path(options.runner.output) / task.role;
    task.model = fs::absolute(expand(options.model, subject));
    if (!options.classes.empty()) task.classes = read_class_names(expand(options.classes, subject));
    task.document = new_measurements("torch", subject.subject);
    if (!options.data.empty()) {
      const std::string path = expand(options.data, subject);
      auto& data = data_by_path[path];
      if (!data)
        data = std::make_shared<DataSet>(read_data(fs::absolute(path),
                                                   {options.inputs, options.dtype == "float64"},
                                                   handover / (task.role + ".safetensors")));
      task.data = data;
      check_labels(*data, task.classes, path);
      if (options.shapes.empty() && !options.lengths.empty()) expect_length(*data, path);
    }
    tasks.push_back(std::move(task));
  }
  return tasks;
}

/// What an earlier run left must not be taken for what this one saw.
void remove_earlier_results(const fs::path& output) {
  remove_old_measurements(output);
  for (const char* role : {"candidate", "baseline"})
    for (const char* name : {"records.jsonl", "outputs.safetensors"}) {
      const fs::path file = output / role / name;
      std::error_code failure;
      fs::remove(file, failure);
      if (failure) throw infrastructure_error(file.string(), "cannot be replaced: " + failure.message());
    }
}

/// Keeps the first rows of every tensor: rows are contiguous, so these are its first bytes.
void keep_rows(const fs::path& path, const Safetensors& outputs, std::int64_t rows) {
  std::vector<Tensor> heads;
  for (Tensor tensor : outputs.tensors()) {
    const std::int64_t all = tensor.shape.at(0);
    const std::int64_t kept = std::min(rows, all);
    tensor.bytes = tensor.bytes.first(tensor.bytes.size() / static_cast<std::size_t>(all) *
                                      static_cast<std::size_t>(kept));
    tensor.shape[0] = kept;
    heads.push_back(tensor);
  }
  write_safetensors(path, heads, outputs.metadata());
}

void add_outputs(const TorchOptions& options, const fs::path& outputs_file, const Safetensors& outputs,
                 Task& task) {
  const std::optional<std::int64_t> kept = kept_rows_from(options.outputs);
  if (kept == 0) return;
  const fs::path path = task.folder / "outputs.safetensors";
  if (kept)
    keep_rows(path, outputs, *kept);
  else
    fs::rename(outputs_file, path);
  task.document.series.push_back(
      TensorSeries{"outputs", task.role + "/outputs.safetensors", digest_of_file(path)});
}

void add_answers(const TorchOptions& options, const Safetensors& outputs, Task& task) {
  const fs::path path = task.folder / "records.jsonl";
  const Answers answers = write_answers(*task.data, answering_tensor(outputs.tensors()), task.classes, path);
  for (const std::string& note : answers.notes) task.document.notes.push_back(note);
  for (const Problem& problem : answers.problems) task.document.problems.push_back(problem);
  if (!answers.problems.empty()) return;
  RecordSeries series{"answers", task.role + "/records.jsonl", digest_of_file(path), answers.rows,
                      answers.errors};
  // What is made for each subject anew may differ, and is no other test set for that.
  if (options.data.find('{') == std::string::npos) series.test_set = digest_of_file(options.data);
  task.document.series.push_back(series);
}

void measure_answers(const TorchOptions& options, const HandoverFolder& handover, Task& task) {
  if (!task.data) {
    task.document.notes.push_back(
        "only speed was measured, with random inputs: there are no answers and no outputs");
    return;
  }
  const fs::path outputs_file = handover / (task.role + ".outputs.safetensors");
  const WorkerReport report = run_worker(options, {"answer",
                                                   task.model,
                                                   task.data->tensors,
                                                   task.data->inputs,
                                                   handover / (task.role + ".json"),
                                                   options.dtype,
                                                   options.threads,
                                                   {"--batch-size=" + std::to_string(answer_batch_size),
                                                    "--outputs=" + outputs_file.string()}})
                                  .report;
  for (const auto& [name, value] : report.environment) task.document.environment[name] = value;
  task.document.notes = report.notes;
  if (report.problem) {
    task.document.problems.push_back(*report.problem);
    return;
  }
  const Safetensors outputs(outputs_file);
  fs::create_directories(task.folder);
  add_answers(options, outputs, task);
  add_outputs(options, outputs_file, outputs, task);
}

void measure_latencies(const TorchOptions& options, const HandoverFolder& handover,
                       const PairStretch& stretch, GpuWatch* watch, std::vector<Task>& tasks) {
  if (stretch.first_pair == stretch.end_pair) return;
  for (const Task& task : tasks)
    if (!task.document.problems.empty()) {
      for (Task& any : tasks)
        any.document.notes.push_back("speed was not measured, because the " + task.role + " could not be");
      return;
    }
  std::vector<TimedSubject> subjects;
  for (Task& task : tasks) {
    TimedSubject subject{task.model, {}, {}, handover / (task.role + ".json"), &task.document};
    if (options.shapes.empty()) subject.data = task.data->tensors, subject.inputs = task.data->inputs;
    subjects.push_back(std::move(subject));
  }
  measure_latency(options, stretch, subjects, watch);
}

}  // namespace

ExitCode run_torch(TorchOptions options) {
  options.check();
  watch_interrupts();
  options.sampling.disturbances();  // what is wrong with it shall be said before anything is removed
  std::optional<EarlierMeasurements> earlier;
  if (options.sampling.add)
    earlier.emplace(options.runner.output, "torch", options.runner.subjects(), options.sampling);
  const PairStretch stretch = pair_stretch(options.sampling, earlier);
  const HandoverFolder handover(options.runner.output);
  if (earlier)
    earlier->mark_unfinished();
  else
    remove_earlier_results(options.runner.output);
  std::vector<Task> tasks = tasks_of(options, handover);
  // Before anything of ours computes there.
  std::vector<std::string> gpu_notes;
  const std::unique_ptr<GpuWatch> watch = watched_gpu(options, handover / "device.json", gpu_notes);
  for (Task& task : tasks) {
    task.document.looks = options.sampling.declared_looks();
    if (watch != nullptr) task.document.environment.merge(watch->environment());
    if (!earlier) measure_answers(options, handover, task);
    for (const std::string& note : gpu_notes) task.document.notes.push_back(note);
  }
  measure_latencies(options, handover, stretch, watch.get(), tasks);
  bool troubled = false;
  for (const Task& task : tasks)
    troubled = deliver_samples(task.document, earlier, options.runner.output) || troubled;
  return troubled ? ExitCode::error : ExitCode::pass;
}

}  // namespace modelgate
