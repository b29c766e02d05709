import type { CloudAction } from '../../cloud/actions.js';
import type { CloudReader } from '../../cloud/ports.js';
import { isAcknetError } from '../../errors.js';
import { type KnownThings, nothing, questionFor, rawRead } from './cloud-probes.js';
import { knownThings } from './examine-cloud.js';

/** What one action answered: names of fields and words of closed sets, never ids, addresses or names of things. */
interface Probe {
  readonly action: CloudAction;
  readonly outcome: string;
  readonly ms: number;
  readonly entries?: number;
  readonly fields?: readonly string[];
  /** Values of fields whose values are words of the API. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
}

/** Read only: settles what docs/cloud.md lists as not verified, in a form fit for a bug report. */
export async function probeCloud(
  reader: CloudReader,
  actions: readonly CloudAction[],
  watch: () => number,
): Promise<readonly Probe[]> {
  const known = await knownThings(reader).catch(() => ({ ...nothing, region: reader.region }));
  const probes: Probe[] = [];
  for (const action of actions) probes.push(await probe(reader, action, { known, watch }));
  return probes;
}

async function probe(
  reader: CloudReader,
  action: CloudAction,
  { known, watch }: { readonly known: KnownThings; readonly watch: () => number },
): Promise<Probe> {
  const from = watch();
  try {
    const { items } = await reader.read(rawRead(action), questionFor(action, known));
    const ms = Math.round(watch() - from);
    return {
      action,
      outcome: 'ok',
      ms,
      entries: items.length,
      fields: [...new Set(items.flatMap(Object.keys))].sort(),
      words: wordsOf(items),
    };
  } catch (error) {
    if (!isAcknetError(error)) throw error;
    return { action, outcome: error.code, ms: Math.round(watch() - from) };
  }
}

const WORDS = ['Type', 'Status', 'NetworkType', 'ShareType', 'AssociateType', 'RouteTableType', 'state'];

function wordsOf(items: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const field of WORDS) {
    const values = items.flatMap((item) => (typeof item[field] === 'string' ? [String(item[field])] : []));
    if (values.length > 0)
      found[field] = [...new Set(values)].slice(0, 20).map((value) => value.slice(0, 40));
  }
  return found;
}
