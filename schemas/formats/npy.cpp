#include "schemas/formats/npy.h"

#include <charconv>
#include <string_view>

#include "schemas/formats/python_literal.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

using Kind = PythonLiteral::Kind;

constexpr std::size_t most_header_bytes = 1u << 20, most_fields = 1000;

/// Elements and what they hold, before it is known how many there are.
struct Layout {
  std::size_t bytes = 0;
  std::vector<ArrayView> fields;     ///< Strides and shapes of what is within one element.
  std::vector<std::size_t> offsets;  ///< Of the fields within the element.
};

class HeaderReader {
 public:
  explicit HeaderReader(const std::string& where) : where_(where) {}

  [[noreturn]] void fail(const std::string& what, const std::string& hint = "") const {
    throw usage_error(where_, what, hint);
  }

  /// None negative.
  std::vector<std::int64_t> shape_from(const PythonLiteral& value) const {
    std::vector<std::int64_t> shape;
    if (value.kind == Kind::whole) shape.push_back(value.whole);
    for (const PythonLiteral& item : value.items) shape.push_back(item.whole);
    for (const std::int64_t size : shape)
      if (size < 0) fail("has a header with a negative size");
    return shape;
  }

  /// The number of elements; refuses what overflows.
  std::size_t product(std::size_t count, const std::vector<std::int64_t>& shape) const {
    for (const std::int64_t size : shape)
      if (__builtin_mul_overflow(count, static_cast<std::size_t>(size), &count))
        fail("has a shape that is too large");
    return count;
  }

  /// Of one dtype, such as "<f8".
  Layout simple(const std::string& descr) const {
    ArrayView field;
    field.dtype = descr;
    std::string_view rest = descr;
    if (!rest.empty() && std::string_view("<>|=").find(rest.front()) != std::string_view::npos) {
      field.big_endian = rest.front() == '>';
      rest.remove_prefix(1);
    }
    const char kind = rest.empty() ? '\0' : rest.front();
    std::size_t size = 0;
    if (!rest.empty()) {
      rest.remove_prefix(1);
      const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), size);
      if (failure != std::errc() && kind != 'O')
        fail("has elements of '" + beginning(descr) + "', which are not known");
      static_cast<void>(end);
    }
    if (kind == 'O')
      fail("holds Python objects (dtype O), which are not read", "Save texts as dtype U or S.");
    if (kind == 'U' && __builtin_mul_overflow(size, std::size_t{4}, &size))
      fail("has a shape that is too large");
    field.element_bytes = size;
    field.type = type_of(kind, size);
    Layout layout{size, {}, {0}};
    layout.fields.push_back(std::move(field));
    return layout;
  }

  Layout layout_of(const PythonLiteral& descr) const {
    if (descr.kind == Kind::text) return simple(descr.text);
    if (descr.kind != Kind::sequence) fail("has a header without a dtype");
    Layout layout;
    for (const PythonLiteral& item : descr.items) add_field(item, layout);
    return layout;
  }

 private:
  static ElementType type_of(char kind, std::size_t size) {
    const bool is_integer = size == 1 || size == 2 || size == 4 || size == 8;
    if (kind == 'i' && is_integer) return ElementType::whole;
    if (kind == 'u' && is_integer) return ElementType::natural;
    if (kind == 'f' && (size == 2 || size == 4 || size == 8)) return ElementType::floating;
    if (kind == 'b' && size == 1) return ElementType::boolean;
    if (kind == 'S' || kind == 'a') return ElementType::bytes;
    return kind == 'U' ? ElementType::characters : ElementType::unreadable;
  }

  /// ('name', dtype) or ('name', dtype, shape); the name may be a pair of title and name.
  void add_field(const PythonLiteral& item, Layout& layout) const {
    if (item.kind != Kind::sequence || item.items.size() < 2 || item.items.size() > 3)
      fail("has a header with a field that is not understood");
    const PythonLiteral& first = item.items[0];
    const std::string name = first.items.size() == 2 ? first.items[1].text : first.text;
    Layout within = layout_of(item.items[1]);
    const std::vector<std::int64_t> shape =
        item.items.size() == 3 ? shape_from(item.items[2]) : std::vector<std::int64_t>();
    std::vector<std::int64_t> strides(shape.size());
    std::size_t stride = within.bytes;
    for (std::size_t d = shape.size(); d-- > 0;) {
      strides[d] = static_cast<std::int64_t>(stride);
      stride = product(stride, {shape[d]});
    }
    for (std::size_t i = 0; i < within.fields.size(); ++i) {
      ArrayView& field = within.fields[i];
      field.name = field.name.empty() ? name : name + "." + field.name;
      field.shape.insert(field.shape.begin(), shape.begin(), shape.end());
      field.strides.insert(field.strides.begin(), strides.begin(), strides.end());
      layout.offsets.push_back(layout.bytes + within.offsets[i]);
      layout.fields.push_back(std::move(field));
    }
    if (layout.fields.size() > most_fields) fail("has more than " + std::to_string(most_fields) + " fields");
    if (__builtin_add_overflow(layout.bytes, stride, &layout.bytes)) fail("has a shape that is too large");
  }

  const std::string& where_;
};

/// The header's text, and the bytes behind it.
std::pair<std::string_view, std::span<const std::byte>> parted(std::span<const std::byte> file,
                                                               const HeaderReader& reader) {
  const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
  if (!text.starts_with(npy_magic) || text.size() < 12) reader.fail("is no .npy file");
  const auto byte = [&](std::size_t at) { return std::size_t{static_cast<unsigned char>(text[at])}; };
  const std::size_t version = byte(6);
  if (version < 1 || version > 3)
    reader.fail("is of version " + std::to_string(version) + " of the .npy format, which is not known");
  std::size_t length = byte(8) | byte(9) << 8, begin = 10;
  if (version > 1) {
    length |= byte(10) << 16 | byte(11) << 24;
    begin = 12;
  }
  if (length > most_header_bytes) reader.fail("has a header of more than 1 MiB");
  if (length > text.size() - begin) reader.fail("is cut off within its header");
  return {text.substr(begin, length), file.subspan(begin + length)};
}

}  // namespace

std::vector<ArrayView> npy_arrays(std::span<const std::byte> file, const std::string& where) {
  const HeaderReader reader(where);
  const auto [header, data] = parted(file, reader);
  const PythonLiteral fields = python_literal(header, where);
  const PythonLiteral *const descr = fields.find("descr"), *const order = fields.find("fortran_order"),
                             *const sizes = fields.find("shape");
  if (descr == nullptr || order == nullptr || sizes == nullptr || sizes->kind != Kind::sequence)
    reader.fail("has a header without 'descr', 'fortran_order' or 'shape'");
  Layout layout = reader.layout_of(*descr);
  const std::vector<std::int64_t> shape = reader.shape_from(*sizes);
  const std::size_t needed = reader.product(layout.bytes, shape);
  if (data.size() < needed)
    reader.fail("is cut off: " + std::to_string(needed) + " bytes of elements are announced, and " +
                std::to_string(data.size()) + " are there");
  if (data.size() > needed)
    reader.fail("holds " + std::to_string(data.size() - needed) + " bytes that belong to no element");
  std::vector<std::int64_t> strides(shape.size());
  std::size_t stride = layout.bytes;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const std::size_t d = order->whole != 0 ? i : shape.size() - 1 - i;
    strides[d] = static_cast<std::int64_t>(stride);
    stride *= static_cast<std::size_t>(shape[d]);
  }
  for (std::size_t i = 0; i < layout.fields.size(); ++i) {
    ArrayView& field = layout.fields[i];
    field.shape.insert(field.shape.begin(), shape.begin(), shape.end());
    field.strides.insert(field.strides.begin(), strides.begin(), strides.end());
    if (field.type != ElementType::unreadable && needed > 0) field.bytes = data.subspan(layout.offsets[i]);
  }
  return layout.fields;
}

}  // namespace modelgate
