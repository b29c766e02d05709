import { goDuration } from '../go/go-duration.js';

/** From this minor on the decoder hands on what a duration's own parser says. */
const SINCE = 23;

/** What kube-proxy exits with over a duration that is none; undefined = not known for this release or this kind of value. */
export function durationDecodeText(value: unknown, minor: number | undefined): string | undefined {
  if (minor === undefined || minor < SINCE) return undefined;
  if (typeof value === 'number') return failed('json: cannot unmarshal number into Go value of type string');
  if (typeof value === 'boolean') return failed('json: cannot unmarshal bool into Go value of type string');
  if (typeof value !== 'string' || goDuration(value) !== undefined) return undefined;
  const shown = JSON.stringify(value);
  const [, unit] = /^[-+]?(?:\d+\.?\d*|\.\d+)([^\d.]*)/.exec(value) ?? [];
  if (unit === undefined) return failed(`time: invalid duration ${shown}`);
  if (unit === '') return failed(`time: missing unit in duration ${shown}`);
  return /^(?:ns|us|µs|μs|ms|s|m|h)$/.test(unit)
    ? undefined
    : failed(`time: unknown unit ${JSON.stringify(unit)} in duration ${shown}`);
}

const failed = (text: string): string => `failed complete: failed to decode: ${text}`;
