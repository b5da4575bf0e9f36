#include "schemas/formats/safetensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "schemas/documents/node.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

// The format's own limit, against hostile headers.
constexpr std::uint64_t maximum_header_bytes = 100u << 20;
constexpr char metadata_name[] = "__metadata__";

std::uint64_t header_length(std::string_view text, const std::string& file) {
  if (text.size() < 8)
    throw usage_error(file, "is no safetensors file: it has only " + std::to_string(text.size()) + " bytes");
  std::uint64_t length = 0;
  for (int i = 7; i >= 0; --i)
    length = length << 8 | static_cast<unsigned char>(text[static_cast<std::size_t>(i)]);
  if (length > maximum_header_bytes || length > text.size() - 8)
    throw usage_error(file, "is no safetensors file, or was cut off: its header should have " +
                                std::to_string(length) + " bytes, the file has " +
                                std::to_string(text.size()));
  return length;
}

/// The number of elements; refuses negative sizes and products that overflow.
std::int64_t elements_of(const Node& shape) {
  std::int64_t count = 1;
  for (const Node& item : shape.items()) {
    const std::int64_t size = item.integer_at_least(0);
    if (__builtin_mul_overflow(count, size, &count)) shape.refuse("the shape is too large");
  }
  return count;
}

Tensor tensor_from(const std::string& name, const Node& node, std::span<const std::byte> data,
                   std::int64_t& begin) {
  Fields fields(node);
  Tensor tensor;
  tensor.name = name;
  const Node dtype = fields.required("dtype");
  tensor.dtype = dtype.text();
  const std::size_t element = dtype_bytes(tensor.dtype);
  if (element == 0) dtype.refuse("the dtype '" + beginning(tensor.dtype) + "' is not known");
  const Node shape = fields.required("shape");
  const std::int64_t count = elements_of(shape);
  for (const Node& item : shape.items()) tensor.shape.push_back(item.integer());
  const Node offsets = fields.required("data_offsets");
  const auto ends = offsets.items();
  if (ends.size() != 2) offsets.refuse("expected two offsets");
  begin = ends[0].integer_at_least(0);
  const std::int64_t end = ends[1].integer_at_least(begin);
  std::int64_t size = 0;
  if (__builtin_mul_overflow(count, static_cast<std::int64_t>(element), &size) || size != end - begin)
    shape.refuse(
        fmt::format("a shape of {} elements of {} does not fit {} bytes", count, tensor.dtype, end - begin));
  if (static_cast<std::uint64_t>(end) > data.size())
    offsets.refuse(
        fmt::format("the tensor ends at byte {}, and the file holds {}: it was cut off", end, data.size()));
  tensor.bytes = data.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(size));
  fields.finish();
  return tensor;
}

}  // namespace

std::int64_t Tensor::elements() const {
  std::int64_t count = 1;
  for (const std::int64_t size : shape) count *= size;
  return count;
}

std::size_t dtype_bytes(const std::string& dtype) {
  static const std::map<std::string, std::size_t> sizes = {
      {"F64", 8}, {"F32", 4}, {"F16", 2}, {"BF16", 2}, {"I64", 8}, {"U64", 8}, {"I32", 4},
      {"U32", 4}, {"I16", 2}, {"U16", 2}, {"I8", 1},   {"U8", 1},  {"BOOL", 1}};
  const auto found = sizes.find(dtype);
  return found == sizes.end() ? 0 : found->second;
}

Safetensors::Safetensors(const std::filesystem::path& path) : file_(path) {
  const std::string where = path.string();
  const std::string_view text = file_.text();
  const std::uint64_t length = header_length(text, where);
  const std::string_view header = text.substr(8, length);
  if (header.empty() || header.front() != '{')
    throw usage_error(where, "is no safetensors file: its header is no JSON object");
  const Node root = parse_json(header, where);
  const auto data = file_.bytes().subspan(8 + length);

  std::vector<std::pair<std::int64_t, Tensor>> by_offset;
  for (const auto& [name, node] : Fields(root).all()) {
    if (name == metadata_name) {
      metadata_ = node.text_map();
      continue;
    }
    std::int64_t begin = 0;
    Tensor tensor = tensor_from(name, node, data, begin);
    by_offset.emplace_back(begin, std::move(tensor));
  }
  std::stable_sort(by_offset.begin(), by_offset.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first, a.second.bytes.size()) < std::pair(b.first, b.second.bytes.size());
  });
  std::int64_t expected = 0;
  for (auto& [begin, tensor] : by_offset) {
    if (begin != expected)
      throw usage_error(where, "the bytes of the tensor '" + beginning(tensor.name) +
                                   (begin < expected ? "' overlap another tensor's" : "' follow a gap"));
    expected += static_cast<std::int64_t>(tensor.bytes.size());
    places_.emplace(tensor.name, tensors_.size());
    tensors_.push_back(std::move(tensor));
  }
  if (static_cast<std::uint64_t>(expected) != data.size())
    throw usage_error(where, "holds " + std::to_string(data.size() - static_cast<std::uint64_t>(expected)) +
                                 " bytes that belong to no tensor");
}

const Tensor* Safetensors::find(const std::string& name) const {
  const auto found = places_.find(name);
  return found == places_.end() ? nullptr : &tensors_[found->second];
}

void write_safetensors(const std::filesystem::path& path, const std::vector<Tensor>& tensors,
                       const std::map<std::string, std::string>& metadata) {
  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  if (!metadata.empty()) header[metadata_name] = metadata;
  std::size_t offset = 0;
  for (const Tensor& tensor : tensors) {
    const std::size_t element = dtype_bytes(tensor.dtype);
    const bool fits =
        element > 0 && tensor.bytes.size() == static_cast<std::size_t>(tensor.elements()) * element;
    if (!fits || tensor.name == metadata_name || header.contains(tensor.name))
      throw std::logic_error("the tensor " + tensor.name + " does not fit its shape, or its name is taken");
    header[tensor.name] = {{"dtype", tensor.dtype},
                           {"shape", tensor.shape},
                           {"data_offsets", {offset, offset + tensor.bytes.size()}}};
    offset += tensor.bytes.size();
  }
  std::string text = header.dump();
  text.append((8 - text.size() % 8) % 8, ' ');  // so that the data are aligned
  std::string content(8, '\0');
  for (int i = 0; i < 8; ++i)
    content[static_cast<std::size_t>(i)] = static_cast<char>(text.size() >> (8 * i) & 0xff);
  content.reserve(8 + text.size() + offset);
  content += text;
  for (const Tensor& tensor : tensors)
    content.append(reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size());
  write_file(path, content);
}

}  // namespace modelgate
