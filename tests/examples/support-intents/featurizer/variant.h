#pragma once

/// What this build of the code is. A team has its releases in version control; this example keeps them in one
/// tree, so that each candidate differs from the good one, v1.1.0, by exactly the definition that plants its
/// fault.
namespace intents::variant {

#ifdef INTENTS_RELEASE_1_0
inline constexpr bool folds_full_width = false;  ///< v1.0.0 read Ａ１ as other characters than A1.
#else
inline constexpr bool folds_full_width = true;
#endif

#ifdef INTENTS_PLANT_SLOWER
inline constexpr bool slower = true;  ///< Reads and folds each utterance twice.
#else
inline constexpr bool slower = false;
#endif

#ifdef INTENTS_PLANT_TENTH_SLOWER
inline constexpr bool slower_by_a_tenth = true;  ///< Reads every tenth utterance twice.
#else
inline constexpr bool slower_by_a_tenth = false;
#endif

#ifdef INTENTS_PLANT_BROKEN_TEST
inline constexpr bool takes_overlong_forms = true;  ///< Reads C0 AF as '/', which UTF-8 forbids.
#else
inline constexpr bool takes_overlong_forms = false;
#endif

#ifdef INTENTS_PLANT_CRASHING_TEST
inline constexpr bool aborts_when_cut_off = true;  ///< Ends the process where a text ends within a character.
#else
inline constexpr bool aborts_when_cut_off = false;
#endif

}  // namespace intents::variant
