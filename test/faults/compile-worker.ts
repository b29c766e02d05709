import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { transformFile } from '@swc/core';

const files = [
  'test/faults/worker-process.ts',
  ...['apply-stand', 'moving-clock', 'patience'].map((name) => `test/support/${name}.ts`),
];

/** Compiles the sources and the worker script to plain JavaScript inside node_modules, where packages resolve. */
export async function compileWorker(): Promise<{ script: string; remove(): Promise<void> }> {
  const cache = path.resolve('node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(path.join(cache, 'acknet-worker-'));
  await copyFile('package.json', path.join(folder, 'package.json'));
  const sources = (await Promise.all([sourcesIn('src'), sourcesIn('sandbox')])).flat();
  await Promise.all([...sources, ...files].map((file) => compile(file, folder)));
  return {
    script: path.join(folder, 'test/faults/worker-process.js'),
    remove: () => rm(folder, { recursive: true }),
  };
}

async function sourcesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true });
  return found
    .filter((file) => file.endsWith('.ts') && !/^(page|dist|node_modules)\//.test(file))
    .map((file) => path.join(folder, file));
}

async function compile(file: string, folder: string): Promise<void> {
  const { code } = await transformFile(file, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
  });
  const out = path.join(folder, file.replace(/\.ts$/, '.js'));
  await mkdir(path.dirname(out), { recursive: true });
  await writeFile(out, code);
}
