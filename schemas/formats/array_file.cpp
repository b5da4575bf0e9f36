#include "schemas/formats/array_file.h"

#include "schemas/formats/npy.h"
#include "schemas/formats/zip.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/standard_input.h"

namespace modelgate {
namespace {

constexpr std::uint64_t most_unpacked = std::uint64_t{4} << 30;

ElementType type_of(const std::string& dtype) {
  if (dtype == "BF16") return ElementType::brain_floating;
  if (dtype == "BOOL") return ElementType::boolean;
  if (dtype.starts_with("F")) return ElementType::floating;
  return dtype.starts_with("I") ? ElementType::whole : ElementType::natural;
}

ArrayView view_of(const Tensor& tensor) {
  ArrayView view;
  view.name = tensor.name;
  view.dtype = tensor.dtype;
  view.type = type_of(tensor.dtype);
  view.element_bytes = dtype_bytes(tensor.dtype);
  view.shape = tensor.shape;
  view.strides.resize(view.shape.size());
  auto stride = static_cast<std::uint64_t>(view.element_bytes);
  for (std::size_t d = view.shape.size(); d-- > 0;) {
    view.strides[d] = static_cast<std::int64_t>(stride);
    stride *= static_cast<std::uint64_t>(view.shape[d]);
  }
  view.bytes = tensor.bytes;
  return view;
}

}  // namespace

std::optional<ArrayFormat> array_format(std::string_view text) {
  if (text.starts_with(npy_magic)) return ArrayFormat::npy;
  if (text.starts_with(zip_magic) || text.starts_with(empty_zip_magic)) return ArrayFormat::npz;
  // A safetensors file begins with the length of its header, whose first byte is '{'.
  if (text.size() > 9 && text[8] == '{' && text[7] == '\0' && text[6] == '\0' && text[5] == '\0')
    return ArrayFormat::safetensors;
  return std::nullopt;
}

ArrayFile::ArrayFile(const std::filesystem::path& path,
                     const std::function<bool(const std::string&)>& wanted) {
  file_.emplace(path);
  const std::optional<ArrayFormat> format = array_format(file_->text());
  if (!format) throw usage_error(input_name(path), "is no file of arrays");
  if (*format == ArrayFormat::npy)
    read_npy(input_name(path));
  else if (*format == ArrayFormat::npz)
    read_npz(input_name(path), wanted);
  else
    read_safetensors(path);
}

void ArrayFile::read_npy(const std::string& where) {
  arrays_ = npy_arrays(file_->bytes(), where);
  if (arrays_.size() == 1 && arrays_.front().name.empty())
    throw usage_error(where, "holds one array without a name",
                      "Save the columns by their names: numpy.savez(\"rows.npz\", id=ids, label=labels).");
  for (const ArrayView& array : arrays_) names_.push_back(array.name);
}

void ArrayFile::read_npz(const std::string& where, const std::function<bool(const std::string&)>& wanted) {
  constexpr std::string_view ending = ".npy";
  std::uint64_t left = most_unpacked;
  for (const ZipMember& member : zip_members(file_->bytes(), where)) {
    if (!member.name.ends_with(ending)) continue;
    const std::string name = member.name.substr(0, member.name.size() - ending.size());
    names_.push_back(name);
    if (!wanted(name)) continue;
    const std::string member_place = where + " (" + beginning(name) + ")";
    std::vector<std::byte>& storage = unpacked_.emplace_back();
    const auto content = content_of(member, storage, left, member_place);
    left -= storage.size();
    for (ArrayView& array : npy_arrays(content, member_place)) {
      array.name = array.name.empty() ? name : name + "." + array.name;
      arrays_.push_back(std::move(array));
    }
  }
}

void ArrayFile::read_safetensors(const std::filesystem::path& path) {
  safetensors_.emplace(path);
  for (const Tensor& tensor : safetensors_->tensors()) {
    arrays_.push_back(view_of(tensor));
    names_.push_back(tensor.name);
  }
}

}  // namespace modelgate
