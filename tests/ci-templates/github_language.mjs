// What the tests take of GitHub's packages, bundled when they are installed.
export * as expressions from "@actions/expressions";
export * as languageservice from "@actions/languageservice";
export {TextDocument} from "vscode-languageserver-textdocument";
