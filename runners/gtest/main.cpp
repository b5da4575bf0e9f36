#include "runners/gtest/gtest.h"
#include "schemas/tool/tool.h"

int main(int argc, char** argv) {
  modelgate::GtestOptions gtest;
  return modelgate::run_tool(
      argc, argv,
      {"modelgate-run-gtest",
       "Runs a GoogleTest program test by test, surviving tests that crash, hang or exit.",
       "modelgate-run-gtest --candidate out/new --output measured --program '{subject}/unit_tests'"},
      [&](modelgate::OptionSet& options) { gtest.declare(options); },
      [&] { return modelgate::run_gtest(gtest); });
}
