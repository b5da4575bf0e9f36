// Reads a JUnit file as two of GitHub's actions do: with the parsers that they use (xml-js, xml2js), by their rules.
//
//   node readers.mjs NODE_MODULES FILE      prints what each of them sees, as JSON
//
// mikepenz/action-junit-report 5 and dorny/test-reporter 2 (java-junit); neither is published as a package.
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {join, resolve} from 'node:path'

const [modules, file] = process.argv.slice(2)
const installed = createRequire(join(resolve(modules), 'here.js'))
const xmljs = installed('xml-js'), xml2js = installed('xml2js')
const text = readFileSync(file, 'utf8')

const list = value => (value === undefined ? [] : Array.isArray(value) ? value : [value])

/// Every suite at any depth; a case fails by <failure> or <error> unless it is skipped, and then it never does. File
/// and line are those of the case, of its failure, or the class's last part and what the text says behind its name.
function mikepenz() {
  const report = JSON.parse(xmljs.xml2json(text, {compact: true}))
  const seen = {total: 0, skipped: 0, failed: 0, cases: []}
  const walk = suite => {
    for (const test of list(suite.testcase)) {
      const attributes = test._attributes, failure = list(test.failure)[0]
      const skipped = Boolean(test.skipped) || ['disabled', 'ignored'].includes(attributes.status)
      const failed = Boolean(test.failure || test.error) && !skipped
      const body = String(failure?._cdata ?? failure?._text ?? test.error?._cdata ?? test.error?._text ?? '').trim()
      const message = failure?._attributes?.message ?? test.error?._attributes?.message ?? body.split('\n').slice(0, 2).join('\n')
      seen.total += 1
      seen.skipped += skipped ? 1 : 0
      seen.failed += failed ? 1 : 0
      seen.cases.push({
        name: attributes.name, class: attributes.classname, failed, skipped, body,
        message: (message || attributes.name).trim(),
        retries: list(test.flakyFailure).length,
        file: attributes.file ?? (attributes.classname ?? attributes.name).split('.').slice(-1)[0],
        line: attributes.line === undefined ? null : Number.parseInt(attributes.line)
      })
    }
    for (const child of list(suite.testsuite)) walk(child)
  }
  walk(report.testsuites ?? report.testsuite)
  seen.passed = seen.total - seen.failed - seen.skipped
  return seen
}

/// A suite without a name, and a case without one, is an exception; cases are grouped by their class.
async function dorny() {
  const report = await xml2js.parseStringPromise(text)
  const seen = {passed: 0, failed: 0, skipped: 0, seconds: Number.parseFloat(report.testsuites.$?.time), suites: []}
  for (const suite of report.testsuites.testsuite ?? []) {
    const groups = {}
    for (const test of suite.testcase ?? []) {
      const result = test.failure || test.error ? 'failed' : test.skipped ? 'skipped' : 'passed'
      const outcome = (test.failure ?? test.error)?.[0]
      const group = test.$.classname === suite.$.name ? '' : test.$.classname
      seen[result] += 1
      ;(groups[group] ??= []).push({
        name: test.$.name.trim(), result, milliseconds: Number.parseFloat(test.$.time) * 1000,
        details: typeof outcome === 'object' ? outcome._ : outcome, message: outcome?.$?.message
      })
    }
    seen.suites.push({name: suite.$.name.trim(), milliseconds: Number.parseFloat(suite.$.time) * 1000, groups})
  }
  return seen
}

process.stdout.write(JSON.stringify({mikepenz: mikepenz(), dorny: await dorny()}))
