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

const LOG_LINES = [
  'Events:',
  '  Type     Reason     Age                From               Message',
  '  Normal   Scheduled  5m12s              default-scheduler  Successfully assigned shop/web-6f7c9 to cn-hangzhou.10.1.2.3',
  '  Warning  BackOff    2m (x14 over 5m)   kubelet            Back-off restarting failed container',
  '  Normal   Pulled     4m50s              kubelet            Container image "registry.example.com/shop/web:1.8" already present on machine',
  'I0312 09:14:02.118312       1 main.go:214] starting, build 7c1e0a2',
  'time="2026-03-12T09:14:05Z" level=info msg="sync finished" duration=1.2s',
  'W0312 09:14:07.902113   18233 reflector.go:424] watch of *v1.Node ended with: too old resource version',
  '2026-03-12T09:14:09.551Z INFO  http server listening on :8080',
  'E0312 09:14:11.330120       1 controller.go:117] sync failed, will retry in 30s',
  'Mar 12 09:14:12 iZbp1 systemd[1]: Started Session 4411 of user root.',
  'Name:         web-6f7c9',
  'Namespace:    shop',
  'Labels:       app=web',
  'Status:       Pending',
];
const PASTE_OPENINGS = [
  'any idea what this means?',
  'we get this:',
  'see below',
  'help, what is wrong here',
  '',
];

/** An error text as it is pasted: somewhere in a log, under a short remark. */
export function insideLog(error: string, random: () => number): string {
  const pick = (texts: readonly string[]): string => texts[Math.floor(random() * texts.length)] ?? '';
  const lines = Array.from({ length: 2 + Math.floor(random() * 12) }, () => pick(LOG_LINES));
  lines.splice(
    Math.floor(random() * lines.length),
    0,
    `${pick(LOG_LINES)} ${error.replaceAll('…', 'vsw-8vb3x7')}`,
  );
  return [pick(PASTE_OPENINGS), ...lines].join('\n');
}

const FRAMES = [
  'how do I enable {x} on ACK',
  'what is the maximum number of {x} per cluster',
  '{x} stuck in Pending, what now',
  'can I change the {x} of an existing cluster',
  'what is the difference between {x} and {y}',
  '{x} cannot reach the Internet',
  'how can I tell whether {x} is in use in this cluster',
  'creation of the {x} fails with an error, not found',
  'the upgrade of {x} failed, is it still supported?',
  'pods cannot access the {x}',
  'where do I see the {x} in the console',
  'how should we plan the {x} for a new cluster',
  '{x} is slow right after the pod has started',
  'is {x} supported with Terway',
  'should we choose {x} or {y}',
  'how do I raise the limit of {x} on our nodes',
  'how do I modify the {x} configuration',
  'nodes are not ready since we updated the {x}',
  'kubectl shows the wrong {x} for our pods',
  'how do I clean up leaked {x} on a node',
  'we added a second {x} and it still is not used',
  'is there no {x} left? everything is full',
  'the {x} is not reachable over IPv6',
  'what exactly is {x}',
];

/** Our questions about things that are not ours: what shares the frame of a question with the FAQ is no topic of it. */
export function framedThings(things: readonly string[], random: () => number): readonly string[] {
  const pick = (texts: readonly string[]): string => texts[Math.floor(random() * texts.length)] ?? '';
  return things.flatMap((thing) =>
    Array.from({ length: 4 }, () => pick(FRAMES).replace('{x}', thing).replace('{y}', pick(things))),
  );
}
