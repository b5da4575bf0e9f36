#pragma once

#include <string>
#include <vector>

#include "schemas/documents/verdict.h"

namespace modelgate {

inline Check check_of(const std::string& gate, const std::string& name, Status status,
                      const std::string& sentence = "") {
  Check check;
  check.gate = gate;
  check.name = name;
  check.status = status;
  check.reason = "reason_code";
  check.sentence = sentence.empty() ? name + " was judged" : sentence;
  return check;
}

/// 1.2 ms → 1.5 ms, 25 % slower with bounds, of a margin of 10 %.
inline Check slowdown(const std::string& name = "BM_x real_time", Status status = Status::fail) {
  Check check =
      check_of("performance", name, status, name + " is 25.0 % slower, more than the margin of 10 %");
  check.baseline = 1.2e-3;
  check.candidate = 1.5e-3;
  check.unit = "s";
  check.direction = Direction::lower_is_better;
  check.effect = Effect{25, 23.5, 26.5, 0.95, "percent"};
  check.margin = 10;
  return check;
}

/// An accuracy of 95.3 % → 94.9 %, −0.4 points, of a margin of 1 point.
inline Check accuracy(const std::string& language = "", Status status = Status::pass) {
  Check check = check_of("quality", "accuracy", status, "accuracy fell by 0.4 points");
  if (!language.empty()) check.slice["lang"] = language;
  check.baseline = 0.953;
  check.candidate = 0.949;
  check.direction = Direction::higher_is_better;
  check.effect = Effect{-0.4, -0.9, 0.1, 0.95, "points"};
  check.margin = 1;
  return check;
}

/// A test that failed, crashed, and then did or did not pass.
inline Check retried(const std::string& name, Status status) {
  const bool passes = status == Status::pass;
  Check check = check_of("unit", name, status, name + (passes ? ": passes only at attempt 3" : ": fails"));
  check.attempts = {
      {CaseStatus::failed, 0.5, "expected 3, got 2"},
      {CaseStatus::crashed, 0.25, "killed by SIGSEGV"},
      {passes ? CaseStatus::passed : CaseStatus::failed, 0.5, passes ? "" : "expected 3, got 4"}};
  if (passes) check.warnings = {"flaky, did not pass at first: expected 3, got 2"};
  return check;
}

/// A suite's verdict with the status of its checks.
inline Verdict verdict_of(std::vector<Check> checks) {
  Verdict verdict;
  verdict.gate = "suite";
  verdict.gate_version = "0.1.0";
  verdict.created = "2026-11-23T20:15:00Z";
  verdict.sentence = "the whole in one sentence";
  verdict.candidate = {Role::candidate, "support-intents", "v1.1.0", "f27ab90c4417de53",
                       "sha256:" + std::string(64, 'c')};
  verdict.baseline = {Role::baseline, "support-intents", "v1.0.0", "8d3c1f0a7be24655",
                      "sha256:" + std::string(64, 'b')};
  verdict.status = worst(checks);
  verdict.checks = std::move(checks);
  return verdict;
}

/// What people and machines put into names and messages, by mistake or on purpose.
inline const std::vector<std::string> hostile_texts = {
    "]]> </testcase><testcase name=\"forged\"/> & <!-- \"'",
    "control \x01\x02\x1b[2J\x7f\xc2\x9b and " + std::string(1, '\0') + " inside",
    "bytes that are not UTF-8: \xff\xfe\x80 \xc0\xaf \xed\xa0\x80 cut \xe2\x82",
    "noncharacters \xef\xbf\xbe \xef\xbf\xbf",
    "two\nlines\r\nand\rmore\ttabs",
    "right to left \xe2\x80\xae and separators \xe2\x80\xa8\xe2\x80\xa9",
    "| a | table | `code` **bold** [link](https://evil.example) <script>alert(1)</script>",
    "@everyone #1 !2 GH-3 www.evil.example https://evil.example :tada: ~label $x$",
    "准确率 [语言=中文] e\xcc\x81\xcc\x81\xcc\x81 👩‍💻",
    "\\ \\n %s %d ${HOME} $(reboot) ::error::x",
    "",
    "   ",
};

/// A verdict with every hostile text everywhere it may stand, with every status.
inline Verdict hostile_verdict() {
  std::vector<Check> checks;
  for (const std::string& text : hostile_texts)
    for (const Status status :
         {Status::pass, Status::fail, Status::inconclusive, Status::error, Status::not_compared}) {
      Check check = check_of(text, text, status, text);
      check.slice[text] = text;
      check.reason = check.needs = check.details = check.method = check.file = check.unit = text;
      check.line = 7;
      check.warnings = {text, text};
      check.candidate = 1;
      check.n[text] = 3;
      if (status == Status::pass) check.waiver = text;
      check.attempts = {
          {CaseStatus::failed, 1, text}, {CaseStatus::crashed, 0, text}, {CaseStatus::passed, 0, ""}};
      checks.push_back(check);
    }
  Verdict verdict = verdict_of(std::move(checks));
  verdict.sentence = verdict.gate_version = verdict.created = verdict.plan_digest = hostile_texts[0];
  verdict.candidate = {Role::candidate, hostile_texts[1], hostile_texts[2], hostile_texts[7],
                       hostile_texts[6]};
  verdict.left_out = verdict.warnings = hostile_texts;
  return verdict;
}

}  // namespace modelgate
