#pragma once

#include "reporters/posting/post_program.h"
#include "schemas/pipeline/pipeline.h"

namespace modelgate {

/// What the options and the pipeline's variables say together; options stand above variables. Errors: kind
/// usage for what is missing, contradicts itself, or is not what it should be. The token is taken out of the
/// texts before they are rendered: what Markdown escapes in it would not be found afterwards.
Message message_of(const PostOptions& options, const PostPlatform& platform, const Pipeline& pipeline,
                   const Token& token);

/// The API's address: --api-url, else that of the pipeline. Errors: kind usage.
ApiAddress api_of(const PostOptions& options, const Pipeline& pipeline);

}  // namespace modelgate
