import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where `.ci/run` puts the real ones. */
const folder = path.resolve('.cache/kubectl-layer');

const find = (name: string): string | undefined =>
  [
    path.join(folder, name, name),
    ...(process.env.PATH ?? '').split(':').map((at) => path.join(at, name)),
  ].find((file) => existsSync(file));

export const helm = find('helm');

/** A machine without helm leaves these tests out; the gate may not. */
export const needsHelm = helm !== undefined || process.env.ACKNET_REQUIRE_HELM === '1';

/** Throws with what helm said where it failed. */
export function runHelm(...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(helm ?? 'helm', args, { encoding: 'utf8' });
  if (error !== undefined || status !== 0) throw new Error(`helm ${args[0]}: ${error?.message ?? stderr}`);
  return stdout;
}
