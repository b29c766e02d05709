import { nearestName } from '../nearest-name.js';

/** `Continent/Place`, however deep, as IANA names zones. */
const NAMED = /^[a-z_]{2,20}(?:\/[a-z0-9_+-]{1,30}){1,2}$/i;

/** A zone as it is spelt; undefined = there is none of that name. Abbreviations such as CST mean several, and are none. */
export function readZone(typed: string): string | undefined {
  if (/^(?:utc|gmt|z)$/i.test(typed)) return 'UTC';
  if (!NAMED.test(typed)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** What is shorter is an abbreviation, and near to every other zone. */
const SHORTEST = 5;
/** Places without a zone of their own name that people name all the same. */
const places: Readonly<Record<string, string>> = {
  beijing: 'Asia/Shanghai',
  shenzhen: 'Asia/Shanghai',
  hangzhou: 'Asia/Shanghai',
  china: 'Asia/Shanghai',
  prc: 'Asia/Shanghai',
};

/** The zone that was meant: by its place alone, or with a slip. */
export function zoneNear(typed: string): string | undefined {
  const zones = Intl.supportedValuesOf('timeZone');
  const place = typed.toLowerCase().split('/').at(-1) ?? '';
  return (
    places[place] ??
    zones.find((zone) => zone.toLowerCase().endsWith(`/${place}`)) ??
    (typed.length < SHORTEST ? undefined : nearestName(typed, zones))
  );
}
