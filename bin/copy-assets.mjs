#!/usr/bin/env node
// usage: copy-assets.mjs FROM TO. The compiler copies no data: scenario files and the like go beside the code that reads them.
import { cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [from, to] = process.argv.slice(2).map((folder) => path.join(root, folder));
const data = /\.(yaml|json|lua|txt)$/;
/** Built by a tool of its own, or not for running. */
const apart = /^(page|dist|node_modules)[\\/]|^(package|tsconfig)\.json$/;

for (const file of readdirSync(from, { recursive: true }))
  if (data.test(file) && !apart.test(file)) cpSync(path.join(from, file), path.join(to, file));
