#include "schemas/documents/inconclusive.h"

#include "schemas/documents/inconclusive_fields.h"
#include "schemas/documents/names.h"

namespace modelgate {
namespace {

const Names<InconclusiveAction> actions = {{InconclusiveAction::block, "block"},
                                           {InconclusiveAction::warn, "warn"}};

}  // namespace

std::string name_of(InconclusiveAction action) { return name_in(actions, action); }

InconclusiveAction inconclusive_action_from(const Node& node) { return value_in(actions, node); }

InconclusivePolicy inconclusive_policy_from(const Node& node) {
  Fields fields(node);
  const InconclusivePolicy policy{inconclusive_action_from(fields.required("action")),
                                  fields.text("because")};
  fields.finish();
  return policy;
}

}  // namespace modelgate
