#include "schemas/documents/status_code.h"

namespace modelgate {

ExitCode exit_code_of(Status status) {
  switch (status) {
    case Status::pass:
      return ExitCode::pass;
    case Status::fail:
      return ExitCode::fail;
    case Status::inconclusive:
      return ExitCode::inconclusive;
    case Status::error:
    case Status::not_compared:
      break;
  }
  return ExitCode::error;
}

}  // namespace modelgate
