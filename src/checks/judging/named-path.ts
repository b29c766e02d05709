import { isIP } from 'node:net';
import { z } from 'zod';
import { AcknetError } from '../../errors.js';
import { pathTexts } from '../../texts/checks.js';
import { canonicalAddress } from '../cidr.js';

const POD = /^[a-z0-9][-a-z0-9]{0,62}\/[a-z0-9][-a-z0-9.]{0,252}$/;
const INSTANCE = /^i-[a-z0-9]{4,40}$/;

/** `<namespace>/<pod>`, the id of an ECS instance, or its address. */
const isPod = (end: string): boolean => POD.test(end);
const isEnd = (end: string): boolean => isPod(end) || INSTANCE.test(end) || isIP(end) !== 0;

/** What somebody typed for an end is kept only where it can be one: else it may be a secret, pasted. */
const endSchema = z.string().max(320).refine(isEnd, 'is no pod, instance or address');

const trafficSchema = z.object({
  protocol: z.enum(['icmp', 'tcp', 'udp']),
  /** Absent with `icmp`. */
  port: z.int().min(1).max(65_535).optional(),
});
export type Traffic = z.infer<typeof trafficSchema>;

/** A pod and an ECS instance that a person named, in the order in which one connects to the other. */
export const namedPathSchema = trafficSchema.extend({ from: endSchema, to: endSchema });
export type NamedPath = z.infer<typeof namedPathSchema>;

interface Typed {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly port?: string | undefined;
}

/** Checks that look at two named ends, and at nothing else. */
const pathChecks = ['security-groups'] as const;

interface Asked {
  readonly path: NamedPath | undefined;
  /** Namespaces or a node are named as well. */
  readonly narrowed: boolean;
}

/**
 * The checks that a run is made of: two ends alone are asked of those that look at ends. Throws `usage.invalid` where such a
 * check is asked for without ends: it would say nothing, and nothing found would be taken for well.
 */
export function checksOnPath(ids: readonly string[], { path, narrowed }: Asked): string[] {
  if (path === undefined) {
    const lost = ids.length <= pathChecks.length ? pathChecks.find((id) => ids.includes(id)) : undefined;
    if (lost !== undefined) throw refused(pathTexts.needsEnds(lost));
    return [...ids];
  }
  if (narrowed) throw refused(pathTexts.notNarrowed);
  return [...new Set([...pathChecks, ...ids])];
}

/** What was typed behind `--from`, `--to` and `--port`; undefined = none of them. Throws `usage.invalid`. */
export function readPath({ from, to, port }: Typed): NamedPath | undefined {
  if (from === undefined && to === undefined && port === undefined) return undefined;
  if (from === undefined || to === undefined) throw refused(pathTexts.needsBoth);
  const stray = [from, to].find((end) => !isEnd(end));
  if (stray !== undefined) throw refused(pathTexts.noEnd(stray.slice(0, 80)));
  if (isPod(from) === isPod(to)) throw refused(pathTexts.oneOfEach);
  return { from: canonicalEnd(from), to: canonicalEnd(to), ...readTraffic(port) };
}

const canonicalEnd = (end: string): string => (isIP(end) === 0 ? end : canonicalAddress(end));

/** `443`, `443/tcp`, `53/udp`, `icmp`; absent = ping. */
function readTraffic(port = 'icmp'): Traffic {
  const [, number = '', protocol = 'tcp'] = /^(\d{1,5})(?:\/(tcp|udp))?$/i.exec(port) ?? [];
  const parsed = trafficSchema.safeParse(
    port.toLowerCase() === 'icmp'
      ? { protocol: 'icmp' }
      : { protocol: protocol.toLowerCase(), port: Number(number) },
  );
  if (parsed.success) return parsed.data;
  throw refused(pathTexts.noPort(port.slice(0, 80)));
}

const refused = (what: string): AcknetError =>
  new AcknetError('usage.invalid', what, { hint: pathTexts.example });

/** The end that is a pod. */
export function podOf({ from, to }: NamedPath): { readonly namespace: string; readonly name: string } {
  const [namespace = '', name = ''] = (isPod(from) ? from : to).split('/');
  return { namespace, name };
}

export const startsAtPod = ({ from }: NamedPath): boolean => isPod(from);

/** The end that is an ECS instance: its id or its address. */
export const instanceEnd = ({ from, to }: NamedPath): string => (isPod(from) ? to : from);

/** `ping (ICMP)`, `TCP 443`. */
export const trafficWords = ({ protocol, port }: Traffic): string =>
  port === undefined ? pathTexts.ping : `${protocol.toUpperCase()} ${port}`;
