import { clusterLines } from './cluster-lines.js';
import { flannelLines } from './flannel-lines.js';
import { ipv6Lines } from './ipv6-lines.js';
import { kubeProxyLines } from './kube-proxy-lines.js';
import { terwayLines } from './terway-lines.js';
import type { Line, Measured } from './words.js';

/** By id of the finding; a problem without one is a mistake (test/texts/finding-line.test.ts). */
export const findingLines: Readonly<Record<string, Line>> = {
  ...clusterLines,
  ...terwayLines,
  ...flannelLines,
  ...kubeProxyLines,
  ...ipv6Lines,
};

/**
 * A finding in one line. One that the catalogue does not know, such as what no check explains, says so in the first
 * sentence of its own message.
 */
export function findingLine({ id, data, message }: Said): string {
  const line = Object.hasOwn(findingLines, id) ? findingLines[id] : undefined;
  const said = line?.(data);
  // A run kept by another version may lack a value that the line needs.
  return said === undefined || /\bundefined\b/.test(said) ? firstSentence(message) : said;
}

interface Said {
  readonly id: string;
  readonly data: Measured;
  readonly message: string;
}

/** Up to the first full stop or colon before a space: what follows is detail. */
const firstSentence = (message: string): string => {
  const end = message.search(/[.:] /);
  return end < 0 ? message.replace(/\.$/, '') : message.slice(0, end);
};
