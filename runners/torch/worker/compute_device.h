#pragma once

#include <c10/core/Device.h>

#include <map>
#include <string>
#include <vector>

namespace modelgate {

/// The device that "cpu", "cuda" or "auto" means here; "auto" is a GPU if one can be used, and otherwise the
/// CPU with a note. ModelFailure "no_gpu" if "cuda" cannot be had.
c10::Device compute_device(const std::string& asked, std::vector<std::string>& notes);

/// Waits until the device has done all that it was given.
void synchronize(const c10::Device& device);

/// Versions, threads, device and libraries: what decides whether two measurements can be compared.
std::map<std::string, std::string> torch_environment(const c10::Device& device);

}  // namespace modelgate
