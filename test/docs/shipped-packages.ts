import { readFileSync } from 'node:fs';

export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** What acknet's own dependencies lead to, by the lock file: each once by name and version. */
export function shippedPackages(): readonly ShippedPackage[] {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Readonly<Record<string, Locked>>;
  };
  const found = new Map<string, Locked>();
  const visit = (at: string): void => {
    for (const name of neededBy(packages[at] ?? {})) {
      const next = resolve(packages, at, name);
      if (next === undefined || found.has(next)) continue;
      found.set(next, packages[next] ?? {});
      visit(next);
    }
  };
  visit('');
  const all = [...found].map(([at, { version = '', license = 'unknown' }]) => {
    const name = at.slice(at.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return [`${name}@${version}`, { name, version, licence: license }] as const;
  });
  return [...new Map(all)].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, shipped]) => shipped);
}

const neededBy = (entry: Locked): readonly string[] => [
  ...Object.keys(entry.dependencies ?? {}),
  ...Object.keys(entry.optionalDependencies ?? {}),
  ...Object.keys(entry.peerDependencies ?? {}).filter(
    (name) => !entry.peerDependenciesMeta?.[name]?.optional,
  ),
];

/** As Node looks: beside, then further out. An optional one may not be there. */
function resolve(packages: Readonly<Record<string, Locked>>, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (packages[place] !== undefined) return place;
    if (at === '') return undefined;
  }
}
