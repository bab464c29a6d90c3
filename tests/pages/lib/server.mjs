// Serves a site below its base path on loopback, as a static host does: exact files, `index.html`, and `404.html`.

import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileAt } from './site.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.xml': 'application/xml',
  '.svg': 'image/svg+xml', '.jpg': 'image/jpeg', '.png': 'image/png', '.webp': 'image/webp', '.woff2': 'font/woff2', '.txt': 'text/plain',
};

/** A listening server; its port is whatever was free. */
export async function serve(site) {
  const server = createServer((request, response) => {
    // What a slow browser asks for on its own, before it has read which icon a page names.
    if (request.url === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const found = fileAt(site, request.url, '/')?.file;
    const file = found ?? '404.html';
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(found ? 200 : 404, { 'content-type': type, 'cache-control': 'max-age=3600' });
    createReadStream(join(site.dir, file)).on('error', () => response.end('nothing here')).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
