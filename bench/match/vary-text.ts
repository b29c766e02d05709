/** Deterministic numbers in [0, 1) (mulberry32): a fit must give the same weights every time. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The text as a hurried typist writes it: about one longer word in four has a slip. */
export function withSlips(text: string, random: () => number): string {
  return text
    .split(' ')
    .map((word) => (/^[A-Za-z]{4,}$/.test(word) && random() < 0.25 ? slip(word, random) : word))
    .join(' ');
}

function slip(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const kind = Math.floor(random() * 4);
  if (kind === 0) return word.slice(0, at) + word.slice(at + 1);
  if (kind === 1) return word.slice(0, at) + (word[at] ?? '') + word.slice(at);
  if (kind === 2) return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
  return word.slice(0, at) + String.fromCharCode(97 + Math.floor(random() * 26)) + word.slice(at + 1);
}

const OPENINGS = [
  'Hi team, sorry to bother you again.',
  'Morning! We have been looking at this for two hours now and need a second pair of eyes.',
  'Quick one for the platform people:',
  "Context: this came up in yesterday's incident review, my manager wants an answer by tonight.",
  'hey, new here, took over from a colleague who left last month.',
  'Not sure whether this is the right channel.',
  'I already searched the wiki and found nothing.',
  'ok so this is weird,',
];

const ENDINGS = [
  'Any help is appreciated!',
  'I can send more logs if you tell me which ones.',
  'It is our staging environment, so nothing burns yet, but production is next week.',
  'Has anyone seen this before?',
  'I opened a ticket with the vendor too but they take ages to answer.',
  'What would you suggest, and how long does it usually take?',
  'thx!!',
  'Nothing was deployed since Monday as far as I know.',
];

/** The text among the pleasantries and side remarks that people put around a question. */
export function withChatter(text: string, random: () => number): string {
  const pick = (texts: readonly string[]): string => texts[Math.floor(random() * texts.length)] ?? '';
  return [
    pick(OPENINGS),
    random() < 0.4 ? pick(OPENINGS) : '',
    text,
    pick(ENDINGS),
    random() < 0.4 ? pick(ENDINGS) : '',
  ]
    .filter(Boolean)
    .join(' ');
}
