#include "reporters/attestation/attestation.h"
#include "reporters/wording/report_program.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  std::string url;
  return run_reporter(
      argc, argv,
      {"modelgate-report-attestation",
       "Writes a verdict as the predicate of an in-toto test-result attestation, for actions/attest and "
       "other "
       "signers.",
       "modelgate-report-attestation gate-results/verdict.json --output predicate.json"},
      [&](OptionSet& options) { options.text("url", url, "URL", "Where the run is to be seen"); },
      [&](const Verdict& verdict, bool) { return test_result_predicate(verdict, url); });
}
