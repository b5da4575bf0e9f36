#pragma once

namespace modelgate {

/// Readable from the moment at which an interrupt has come; -1 where nobody watches for one. Internal to
/// runners/process.
int interrupt_descriptor();

}  // namespace modelgate
