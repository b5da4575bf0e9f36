#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "tests/bench/verdicts/line_chart.h"

namespace modelgate {
namespace {

LineChart chart() {
  LineChart chart;
  chart.title = "a < b & c";
  chart.x_name = "x";
  chart.y_name = "y";
  chart.x_ticks = {{0, "0"}, {10, "10"}};
  chart.y_ticks = {{0, "0"}, {1, "1"}};
  chart.marks = {{5, "margin"}};
  chart.lines = {{"ours", "#123456", "", 3, {{0, 0}, {10, 1}}},
                 {"theirs", "#654321", "2 2", 2, {{0, 1}, {5, 0.5}}}};
  return chart;
}

TEST(LineChart, is_well_formed_whatever_the_texts_hold) {
  pugi::xml_document document;
  const std::string svg = svg_of(chart());
  ASSERT_TRUE(document.load_string(svg.c_str())) << svg;
  EXPECT_STREQ(document.child("svg").attribute("aria-label").value(), "a < b & c");
}

TEST(LineChart, draws_the_ends_of_its_axes_at_the_ends_of_its_area) {
  pugi::xml_document document;
  document.load_string(svg_of(chart()).c_str());
  std::vector<std::string> lines;
  for (const auto node : document.child("svg").children("polyline"))
    lines.push_back(node.attribute("points").value());
  // The first line lies on top, so it is drawn last.
  EXPECT_THAT(lines, testing::ElementsAre("64.0,72.0 337.0,228.0", "64.0,384.0 610.0,72.0"));
}

TEST(LineChart, names_every_line_and_suits_dark_grounds) {
  const std::string svg = svg_of(chart());
  EXPECT_THAT(svg, testing::HasSubstr(">ours<"));
  EXPECT_THAT(svg, testing::HasSubstr(">theirs<"));
  EXPECT_THAT(svg, testing::HasSubstr(">margin<"));
  EXPECT_THAT(svg, testing::HasSubstr("prefers-color-scheme: dark"));
}

}  // namespace
}  // namespace modelgate
