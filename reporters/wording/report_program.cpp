#include "reporters/wording/report_program.h"

#include "schemas/tool/files.h"

namespace modelgate {

int run_reporter(int argc, char** argv, const ToolDescription& tool,
                 const std::function<void(OptionSet&)>& declare,
                 const std::function<std::string(const Verdict&, bool to_file)>& render) {
  return run_reporter(argc, argv, tool, declare,
                      [&](const Verdict& verdict, const std::string& /*path*/, bool to_file) {
                        return render(verdict, to_file);
                      });
}

int run_reporter(
    int argc, char** argv, const ToolDescription& tool, const std::function<void(OptionSet&)>& declare,
    const std::function<std::string(const Verdict&, const std::string& path, bool to_file)>& render) {
  std::string verdict, output;
  return run_tool(
      argc, argv, tool,
      [&](OptionSet& options) {
        options.positional("verdict", verdict,
                           "The verdict document, of a gate or of the suite; whatever it says, the exit code "
                           "is 0 if the report was written");
        options.text("output", output, "FILE", "Write the report here (default: stdout)");
        declare(options);
      },
      [&] {
        const std::string report = render(read_verdict(verdict), verdict, !output.empty());
        if (output.empty())
          write_stdout(report);
        else
          write_file(output, report);
        return ExitCode::pass;
      });
}

}  // namespace modelgate
