#!/usr/bin/env node
// The compiler copies no data: scenario files and the like go to dist beside the code that reads them.
import { cpSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const data = new Set(['.yaml', '.json', '.lua', '.txt']);

cpSync(path.join(root, 'src'), path.join(root, 'dist'), {
  recursive: true,
  filter: (source) =>
    !source.includes(path.join('sandbox', 'page')) &&
    path.basename(source) !== 'tsconfig.json' &&
    (path.extname(source) === '' || data.has(path.extname(source))),
});
