import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where `.ci/run` puts the real ones. */
const folder = path.resolve('.cache/kubectl-layer');

const inLayer = (name: string): string => path.join(folder, name, name);
const onPath = (name: string): readonly string[] =>
  (process.env.PATH ?? '').split(':').map((at) => path.join(at, name));
const isThere = (file: string): boolean => existsSync(file);

export const helm = [inLayer('helm'), ...onPath('helm')].find(isThere);

/** Each kubectl there is, by where it is from: the newest, and the system's own. */
export const kubectls: readonly (readonly [string, string])[] = [
  ...[inLayer('kubectl')].filter(isThere).map((file) => ['of the layer', file] as const),
  ...onPath('kubectl')
    .filter(isThere)
    .slice(0, 1)
    .map((file) => ['of the system', file] as const),
];

/** A machine without helm leaves these tests out; the gate may not. */
export const needsHelm = helm !== undefined || process.env.ACKNET_REQUIRE_HELM === '1';

/** Throws with what helm said where it failed. */
export function runHelm(...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(helm ?? 'helm', args, { encoding: 'utf8' });
  if (error !== undefined || status !== 0) throw new Error(`helm ${args[0]}: ${error?.message ?? stderr}`);
  return stdout;
}
