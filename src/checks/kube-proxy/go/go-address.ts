import { isIP } from 'node:net';

/** Longest text that can be an address or a range; the rest is not looked at. */
const LONGEST = 128;

/**
 * The family of an IP address as kube-proxy reads one; undefined = none. Leading zeros are taken in every upstream release
 * (the standard library of old Go, a lenient parser since), zones never.
 */
export function goAddress(text: string): 4 | 6 | undefined {
  if (text.length > LONGEST || text.includes('%')) return undefined;
  const family = isIP(text.replace(/[^.:]+/g, (part) => part.replace(/^0+(?=.)/, '')));
  return family === 4 || family === 6 ? family : undefined;
}

/** The family of a CIDR block; undefined = none. Bits behind the mask may be set. */
export function goCidr(text: string): 4 | 6 | undefined {
  const slash = text.indexOf('/');
  const family = slash === -1 ? undefined : goAddress(text.slice(0, slash));
  const mask = text.slice(slash + 1);
  if (family === undefined || !/^\d{1,9}$/.test(mask)) return undefined;
  return Number(mask) <= (family === 4 ? 32 : 128) ? family : undefined;
}

interface HostPort {
  readonly host: string;
  readonly port: string;
}

/** As Go's net.SplitHostPort: an IPv6 address must be in brackets; undefined = refused. */
export function splitHostPort(text: string): HostPort | undefined {
  const colon = text.lastIndexOf(':');
  if (colon === -1) return undefined;
  const bracketed = text.startsWith('[');
  const end = bracketed ? text.indexOf(']') : colon;
  if (bracketed && end + 1 !== colon) return undefined;
  const host = bracketed ? text.slice(1, end) : text.slice(0, colon);
  const port = text.slice(colon + 1);
  const odd = /[[\]]/.test(host + port) || (!bracketed && host.includes(':'));
  return odd ? undefined : { host, port };
}

/** As Go's strconv.Atoi within the range of ports; undefined = refused. */
export function goPort(text: string): number | undefined {
  if (!/^[-+]?\d{1,19}$/.test(text)) return undefined;
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : undefined;
}
