#include "gates/baseline/commands.h"

namespace modelgate {

void BaselineOptions::declare(OptionSet& options) {
  const auto in_store = [&](OptionSet& command) {
    command.text("store", store, "DIR", "The store's folder");
  };
  const auto waiting = [&](OptionSet& command) {
    command.number("wait", wait_seconds, 0, 1e6, "SECONDS",
                   "How long to wait for others that write into the store");
  };

  OptionSet& saving = options.subcommand("save", "Copy a folder's files into the store, under a version",
                                         "modelgate-baseline save candidates/v1.0.0 --version v1.0.0",
                                         [this] { return run_save(*this); });
  saving.positional("dir", folder, "The folder that holds what would be released, and nothing else");
  saving.text("version", version, "VERSION", "What to call it; a version never changes", Need::required);
  saving.text("name", name, "NAME", "Of the model; a store is of one model");
  saving.text("commit", commit, "COMMIT", "That it was built from");
  in_store(saving);
  waiting(saving);

  OptionSet& listing = options.subcommand("list", "List all versions", "modelgate-baseline list",
                                          [this] { return run_list(*this); });
  in_store(listing);
  listing.flag("json", json, "As JSON");

  OptionSet& showing =
      options.subcommand("show", "Show one version: its files, and the verdict that let it through",
                         "modelgate-baseline show latest", [this] { return run_show(*this); });
  showing.positional("version", version, "VERSION, 'latest', or branch:NAME: that branch's last green");
  in_store(showing);
  showing.flag("json", json, "Its manifest, as JSON");

  OptionSet& promoting =
      options.subcommand("promote", "Release a saved version, if a verdict lets it through",
                         "modelgate-baseline promote v1.1.0 --verdict gate-results/verdict.json",
                         [this] { return run_promote(*this); });
  promoting.positional("version", version, "A saved version");
  promoting.text(
      "verdict", verdict, "FILE",
      "The verdict of `modelgate run`: of all gates of the plan, of exactly these files, against the latest "
      "release (of a first release, if there is none), every check passing. Any other releases nothing: exit "
      "code 1, 3 or 4 as the verdict says; 2 if it is of other files, of some gates only, or not "
      "against the latest release",
      Need::required);
  in_store(promoting);
  waiting(promoting);

  OptionSet& marking = options.subcommand(
      "green", "Mark a version as a branch's last green, if a verdict lets it through",
      "modelgate-baseline green v1.1.0-dev.7 --branch main --verdict gate-results/verdict.json",
      [this] { return run_green(*this); });
  marking.positional("version", version, "A saved version, or a release");
  marking.text("branch", branch, "NAME", "Of which it is the last green until another is marked",
               Need::required);
  marking.text(
      "verdict", verdict, "FILE",
      "The verdict of `modelgate run`: as for promote, but against any release or green of the store. "
      "A green is no release: 'latest' never means one",
      Need::required);
  in_store(marking);
  waiting(marking);

  OptionSet& verifying = options.subcommand(
      "verify", "Find what was damaged or changed: every file, manifest, green and verdict",
      "modelgate-baseline verify", [this] { return run_verify(*this); });
  verifying.positional_list("version", versions,
                            "Only these (default: all, and whatever else lies in the store)", Need::optional);
  in_store(verifying);

  OptionSet& fetching = options.subcommand(
      "checkout", "Write the files of a release or green into a folder, checking every byte",
      "modelgate-baseline checkout latest --to baseline", [this] { return run_checkout(*this); });
  fetching.positional(
      "version", version,
      "VERSION, or 'latest': the highest release by version (v1.10.0 is above v1.9.0, v1.0.0 above "
      "v1.0.0-rc.1), not by date; or branch:NAME, that branch's last green");
  fetching.text("to", to, "DIR", "The folder, which must not exist, be empty, or be an unchanged checkout",
                Need::required);
  in_store(fetching);
  fetching.flag("saved", saved_too, "Also a version that is saved and neither released nor green");
  fetching.text("history", history, "DIR",
                "Write the verdicts that let it and the baselines before it through into this folder");
  fetching.flag("json", json, "Print its manifest as JSON");
}

}  // namespace modelgate
