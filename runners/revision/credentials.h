#pragma once

#include <map>
#include <string>

namespace modelgate {

/// A name and password that stand in a remote's address, as CI systems write them. Git hands an address to
/// the program that fetches from it on its command line, which everyone on the machine can read.
struct AddressCredentials {
  std::string address;  ///< Without them: "https://gitlab.example/team/model.git".
  std::string server;   ///< "https://gitlab.example/"
  std::string header;   ///< What is sent instead: "Authorization: Basic …".
};

/// Those of an http or https address; all empty where it has none. Internal to runners/revision.
AddressCredentials credentials_in(const std::string& address);

/// Adds variables to `environment` by which Git, for what is configured as `configured`, uses the address
/// without its credentials and sends them in the header: configuration that is on no command line (Git 2.31;
/// an older one goes on as it did).
void keep_apart(const AddressCredentials& credentials, const std::string& configured,
                std::map<std::string, std::string>& environment);

}  // namespace modelgate
