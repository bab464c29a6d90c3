// Checks a built site: `node check.mjs DIR BASE_PATH [--every-kind]`. Exit status 1 if anything was found.

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { inspect } from './lib/inspect.mjs';

const SHOWN_OF_A_KIND = 20;

const { values, positionals: [dir, base] } = parseArgs({ allowPositionals: true, options: { 'every-kind': { type: 'boolean' } } });
if (!/^\/(.*\/)?$/.test(base)) throw new Error('usage: node check.mjs DIR BASE_PATH [--every-kind]');

const verdicts = (await inspect(resolve(dir), base)).filter(({ name }) => name !== 'kinds' || values['every-kind']);
for (const { title, things, findings: { length } } of verdicts) {
  console.log(`${length ? 'FAIL' : 'ok  '}  ${title.padEnd(22)} ${String(length).padStart(5)} findings, ${things} looked at`);
}
for (const { title, findings } of verdicts) {
  for (const kind of new Set(findings.map((finding) => finding.kind))) print(title, kind, findings.filter((each) => each.kind === kind));
}
const failed = verdicts.filter(({ findings }) => findings.length).length;
console.log(`${verdicts.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

function print(title, kind, group) {
  console.log(`\n${title}: ${kind} (${group.length})`);
  for (const { page, detail } of group.slice(0, SHOWN_OF_A_KIND)) console.log(`  ${page}  ${detail.replace(/\s+/g, ' ')}`);
  if (group.length > SHOWN_OF_A_KIND) console.log(`  and ${group.length - SHOWN_OF_A_KIND} more`);
}
