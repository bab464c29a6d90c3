// HTML and CSS are valid by the Nu Html Checker: neither errors nor warnings.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import vnu from 'vnu-jar';
import { filesOf } from '../lib/site.mjs';

export const title = 'valid HTML and CSS';

/** The files, then the messages. One call for all, because starting Java takes longer than checking a page. */
export async function look({ site }) {
  const files = [...filesOf(site, '.html'), ...filesOf(site, '.css')];
  return files.length ? [...files, ...JSON.parse(await report(site.dir, files)).messages] : [];
}

export const judge = (things, site) => things.filter(({ type, subType }) => type && (type !== 'info' || subType === 'warning'))
  .map(({ message, url = '', lastLine, extract = '' }) => (
    { kind: message, page: url.slice(`file:${site.dir}/`.length), detail: `line ${lastLine}: ${extract}` }));

/** What the checker writes to stderr; its exit status only repeats whether there are messages. */
function report(dir, files) {
  return new Promise((resolve, reject) => {
    const args = ['-Xss4m', '-jar', `${vnu}`, '--format', 'json', '--also-check-css', ...files.map((file) => join(dir, file))];
    const child = spawn('java', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (text) => { output += text; });
    child.on('error', reject).on('close', () => resolve(output));
  });
}
