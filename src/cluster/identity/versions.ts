/** Up to four numbers; suffixes such as `-aliyun`, `-1718bc8`, `-gfd2b7b8-aliyun` carry no order. */
export type Version = readonly [number, number, number, number];

const VERSION = /(?:^|[:v])(\d+)\.(\d+)(?:\.(\d+))?(?:\.(\d+))?/;

/** Reads `v0.15.1.11-7e95fe23-aliyun`, `1.34.1-aliyun.1`, or the tag of `…/acs/terway:v1.15.3`. */
export function parseVersion(text: string): Version | undefined {
  const tag = text.includes('/') ? text.slice(text.lastIndexOf('/')) : text;
  const match = VERSION.exec(tag);
  if (!match) return undefined;
  return [Number(match[1]), Number(match[2]), Number(match[3] ?? 0), Number(match[4] ?? 0)];
}

/** Negative when `a` is older than `b`. */
export function compareVersions(a: Version, b: Version): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at === -1 ? 0 : (a[at] as number) - (b[at] as number);
}

export function isAtLeast(version: Version, floor: string): boolean {
  const parsed = parseVersion(floor);
  if (parsed === undefined) throw new TypeError(`not a version: ${floor}`);
  return compareVersions(version, parsed) >= 0;
}

export function formatVersion(version: Version): string {
  return version[3] === 0 ? version.slice(0, 3).join('.') : version.join('.');
}
