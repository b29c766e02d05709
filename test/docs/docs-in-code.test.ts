import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { readPages } from './reading/pages.js';

const pages = readPages();
const sources = ['src', 'sandbox', 'bin', 'deploy'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|tsx|mjs|yaml|tpl)$/.test(file) && !/node_modules|dist\//.test(file))
    .map((file) => path.join(root, file)),
);

it('every page and heading that code, chart or manifest points at is there', () => {
  const dead = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bdocs\/([\w-]+\.md)(?:#([\w-]+))?/g)]
      .filter(([, name, heading]) => {
        const page = pages.find((one) => one.file === `docs/${name}`);
        return page === undefined || (heading !== undefined && !page.anchors.has(heading));
      })
      .map(([said]) => `${file}: ${said}`),
  );
  expect(sources.length).toBeGreaterThan(500);
  expect(dead).toEqual([]);
});
