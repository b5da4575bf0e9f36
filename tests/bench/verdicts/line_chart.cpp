#include "tests/bench/verdicts/line_chart.h"

#include <fmt/format.h>

namespace modelgate {
namespace {

constexpr double width = 880, height = 440, left = 64, right = 610, top = 72, bottom = 384;

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else
      result += c;
  }
  return result;
}

std::string text_at(double x, double y, const std::string& anchor, const std::string& style,
                    const std::string& text) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" class=\"{}\">{}</text>\n", x, y,
                     anchor, style, escaped(text));
}

std::string rule(double x1, double y1, double x2, double y2, const std::string& style) {
  return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"{}\"/>\n", x1, y1,
                     x2, y2, style);
}

std::string stroke(const ChartLine& line) {
  return fmt::format("fill=\"none\" stroke=\"{}\" stroke-width=\"{:g}\" stroke-linejoin=\"round\"{}",
                     line.colour, line.width,
                     line.dashes.empty() ? "" : " stroke-dasharray=\"" + line.dashes + "\"");
}

double place(double value, const std::vector<Tick>& ticks, double from, double to) {
  return from + (value - ticks.front().at) / (ticks.back().at - ticks.front().at) * (to - from);
}

}  // namespace

std::string svg_of(const LineChart& chart) {
  const auto x_of = [&](double x) { return place(x, chart.x_ticks, left, right); };
  const auto y_of = [&](double y) { return place(y, chart.y_ticks, bottom, top); };
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:g} {1:g}\" width=\"{0:g}\" "
      "height=\"{1:g}\" "
      "role=\"img\" aria-label=\"{2}\">\n"
      "<style>\n"
      "text {{ font: 13px system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #57606a; }}\n"
      ".title {{ font-size: 17px; font-weight: 600; fill: #24292f; }}\n"
      ".grid {{ stroke: #8c959f; stroke-opacity: 0.25; }}\n"
      ".axis {{ stroke: #8c959f; }}\n"
      ".mark {{ stroke: #8c959f; stroke-dasharray: 2 3; }}\n"
      "@media (prefers-color-scheme: dark) {{ text {{ fill: #9198a1; }} .title {{ fill: #f0f6fc; }} }}\n"
      "</style>\n",
      width, height, escaped(chart.title));
  svg += text_at(left, 26, "start", "title", chart.title);
  svg += text_at(left, 46, "start", "", chart.subtitle);
  for (const Tick& tick : chart.y_ticks) {
    svg += rule(left, y_of(tick.at), right, y_of(tick.at), "grid");
    svg += text_at(left - 8, y_of(tick.at) + 4, "end", "", tick.text);
  }
  for (const Tick& tick : chart.x_ticks) {
    svg += rule(x_of(tick.at), bottom, x_of(tick.at), bottom + 5, "axis");
    svg += text_at(x_of(tick.at), bottom + 20, "middle", "", tick.text);
  }
  svg += rule(left, bottom, right, bottom, "axis");
  for (const Tick& mark : chart.marks) {
    svg += rule(x_of(mark.at), top, x_of(mark.at), bottom, "mark");
    svg += text_at(x_of(mark.at), top - 5, "middle", "", mark.text);
  }
  svg += text_at((left + right) / 2, bottom + 42, "middle", "", chart.x_name);
  svg += fmt::format(
      "<text x=\"16\" y=\"{0:g}\" text-anchor=\"middle\" transform=\"rotate(-90 16 {0:g})\">{1}</text>\n",
      (top + bottom) / 2, escaped(chart.y_name));
  // The first lines are the most important ones and lie on top.
  for (auto line = chart.lines.rbegin(); line != chart.lines.rend(); ++line) {
    std::string points;
    for (const auto& [x, y] : line->points) points += fmt::format("{:.1f},{:.1f} ", x_of(x), y_of(y));
    if (!points.empty()) points.pop_back();
    svg += fmt::format("<polyline points=\"{}\" {}/>\n", points, stroke(*line));
  }
  double y = top + 8;
  for (const ChartLine& line : chart.lines) {
    svg += fmt::format("<path d=\"M{:g} {:g}h26\" {}/>\n", right + 22, y, stroke(line));
    svg += text_at(right + 56, y + 4, "start", "", line.name);
    y += 24;
  }
  return svg + "</svg>\n";
}

}  // namespace modelgate
