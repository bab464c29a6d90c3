// The kinds of pages that a site shows. A site like the demo must have all of them, or the sample has holes.

import { KINDS } from '../lib/site.mjs';

export const title = 'kinds of pages';

export const look = async ({ sample }) => [...sample.keys()];

export const judge = (kinds) => Object.keys(KINDS).filter((kind) => !kinds.includes(kind))
  .map((kind) => ({ kind: 'no page of this kind', page: '', detail: kind }));
