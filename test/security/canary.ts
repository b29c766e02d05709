/** Every planted secret starts like this; letters alone, so that no escaping hides it. */
const STEM = 'LEAKCANARY';

/** A secret that names the field it was planted in: a leak says where it comes from. */
export const canary = (field: string): string => `${STEM}${field.replace(/[^A-Za-z0-9]/g, '')}0123456789`;

/** The parts of a text's base64 form that do not depend on what stands before and after it. */
const inBase64 = (text: string): string[] =>
  [0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${'-'.repeat(before)}${text}`).toString('base64');
    return encoded.slice([0, 2, 3][before] ?? 0, Math.floor(((before + text.length) * 8) / 6));
  });

const patterns = [
  new RegExp(`.{0,80}${STEM}\\w*`, 'gi'),
  ...inBase64(STEM).map((part) => new RegExp(part, 'g')),
];

/** What leaked into a text, in any letter case or as base64; `also` = secrets that cannot be named freely. */
export function leaksIn(value: unknown, also: readonly string[] = []): string[] {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return [
    ...patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([found]) => found)),
    ...also.filter((secret) => text.includes(secret)),
  ];
}
