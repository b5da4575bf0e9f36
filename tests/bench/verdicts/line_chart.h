#pragma once

#include <string>
#include <utility>
#include <vector>

namespace modelgate {

/// A line of a chart.
struct ChartLine {
  std::string name, colour, dashes;  ///< `dashes` as SVG has them; empty: solid.
  double width = 2;
  std::vector<std::pair<double, double>> points;
};

/// A mark on an axis.
struct Tick {
  double at = 0;
  std::string text;
};

/// A chart of lines: axes that begin and end at their first and last tick, a legend on the right.
struct LineChart {
  std::string title, subtitle, x_name, y_name;
  std::vector<Tick> x_ticks, y_ticks;
  std::vector<Tick> marks;  ///< Upright lines with a text.
  std::vector<ChartLine> lines;
};

/// As SVG that reads well on light and on dark ground.
std::string svg_of(const LineChart& chart);

}  // namespace modelgate
