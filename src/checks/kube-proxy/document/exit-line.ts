import { type KubeProxyFault, stopsKubeProxy } from './kube-proxy-fault.js';

const LONGEST = 400;
/** kube-proxy stops at the first of these that fails, so a gate hides every wrong value. */
const STEPS = [
  'failed complete: failed to decode: ',
  'failed complete: ',
  'initialize logging: ',
  'failed validate: ',
] as const;

/**
 * The line that a kube-proxy with these faults exits with; undefined = its words are not known. Several wrong values are
 * told together, of several gates one.
 */
export function exitLine(faults: readonly KubeProxyFault[]): string | undefined {
  const stopping = faults.filter(stopsKubeProxy);
  if (stopping.some(({ kind, prints }) => kind === 'unreadable' || prints === undefined)) return undefined;
  const lines = stopping.flatMap(({ prints }) => prints ?? []);
  const step = STEPS.find((start) => lines.some((line) => line.startsWith(start))) ?? '';
  return joined(
    lines.filter((line) => line.startsWith(step)),
    step,
  )?.slice(0, LONGEST);
}

function joined(lines: readonly string[], step: string): string | undefined {
  const [first] = lines;
  if (lines.length <= 1 || step === '' || step.startsWith('failed complete: ')) return first;
  return `${step}[${lines.map((line) => line.slice(step.length)).join(', ')}]`;
}
