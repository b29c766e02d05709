import { existsSync } from 'node:fs';
import { readVariant } from '../../sandbox/cluster/scenario.js';
import { type NamedPath, readPath } from '../../src/checks/judging/named-path.js';

/** The ends that a check of this simulated cluster names; only a variant has some. */
export async function namedIn(name: string): Promise<NamedPath | undefined> {
  if (!existsSync(`sandbox/cluster/scenarios/variants/${name}.yaml`)) return undefined;
  return readPath((await readVariant(name)).names ?? {});
}
