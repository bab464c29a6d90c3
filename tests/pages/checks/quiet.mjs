// No page writes to the console, asks another host for anything, or asks in vain.

import { HOST } from '../lib/site.mjs';

export const title = 'console and requests';

/** What happened at each page while the other checks looked at it; `width` has been everywhere. */
export const look = async ({ events }) => [...events].map(([page, happened]) => ({ page, happened }));

export const judge = (things) => things.flatMap(({ page, happened }) => happened
  // Leaving a page ends what it was still loading.
  .filter(({ type, detail }) => (type === 'request' ? isForeign(detail) : !detail.endsWith('net::ERR_ABORTED')))
  .map(({ type, detail }) => ({ kind: type === 'request' ? 'request to another host' : type, page, detail })));

const isForeign = (address) => !/^(data|blob|about):/.test(address) && new URL(address).host !== HOST;
