import type { Evaluation } from '../../../src/intents/evaluation/evaluate.js';
import type { ConversationFigures } from '../../../src/intents/evaluation/summarize-conversations.js';
import type { AblationRow } from '../measure/ablation.js';
import type { CorrectionFigures } from '../measure/corrections.js';
import type { SearchFigures } from '../measure/measure-search.js';
import { percent, table } from './render-table.js';
import { THREADS_NOTE, threadsTable } from './render-threads.js';

export interface Results {
  readonly figures: readonly (Evaluation & { readonly name: string })[];
  readonly threads: Readonly<Record<string, ConversationFigures>>;
  readonly peers: readonly SearchFigures[];
  readonly growth: readonly SearchFigures[];
  readonly ablation: readonly AblationRow[];
  readonly corrections: readonly CorrectionFigures[];
  readonly phrasings: number;
}

const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

export function renderPage(results: Results): string {
  return `${[
    INTRODUCTION,
    '## What it reaches',
    figuresTable(results),
    FIGURES_NOTE,
    '## In a thread',
    threadsTable(results.threads),
    THREADS_NOTE,
    '## What each signal is worth',
    ablationTable(results),
    SIGNALS_NOTE,
    correctionsTable(results),
    CORRECTIONS_NOTE,
    '## Against search libraries',
    peersTable(results),
    PEERS_NOTE,
    '## Growth',
    growthTable(results),
    GROWTH_NOTE,
    HOW_TO,
  ].join('\n\n')}\n`;
}

const INTRODUCTION = `# How questions are matched

Written by \`npm run bench:match\`; do not edit by hand.

A message is cleaned (mark-up, links, quotes, repeated lines), cut into words, and slips are corrected towards the words of the field.
Word stems, concepts of \`intents/vocabulary.yaml\` ("NIC" and "network card" are one), pairs of neighbours and groups of letters are then
compared with the phrasings (\`ask\`), keywords, error texts and text of every entry. Each comparison is a *signal*, one file under
\`src/intents/match/signals/\`, with a weight. The weighted sum ranks the entries. Two further decisions look at how good the best entry is:
is it the **right** one (then the answer is *sure*), and is the message about anything of **ours** at all (then it is *torn* between two to
four entries, else *unplaced*).

Before that, a message is read for what it is. What is asked, lines of logs and manifests are kept apart: a manifest is context where something is
asked, and only words of the asker are corrected. Texts that several components print alike (\`generic\` in the vocabulary) are taken out: alone they
decide nothing. Terway or Flannel, named or known of the cluster, rules out the entries about the other one; another cloud or plugin leaves those that
speak of it. Names written by ear that correction leaves ("konntrack", "silium") are looked up with Fuse. Chinese terms are read as the
words they stand for (\`chinese\` in the vocabulary). Where nothing matches, the checks that can see what is told of are offered.

All weights are data, \`intents/match-weights.json\` (under two kilobytes), written by \`npm run fit:match\` with \`intents/foreign-words.json\`, the words of
messages on other topics; the words of our own are counted while loading. It asks each phrasing of each entry as if it had never been written (leave one
out), as it stands, with slips of the keyboard, and among chatter; it asks the error texts inside logs; and it sets messages on other topics against them
(\`bench/match/sets/out-of-scope.txt\`, errors of other components in \`foreign-errors.txt\`, and things that are not ours in the frames of our questions).
The same phrasings always give the same weights. The evaluation set is never read by it.`;

function figuresTable({ figures }: Results): string {
  return table(
    [
      'questions',
      'in scope',
      'out',
      'right first',
      'in first 3',
      'answered',
      'wrong sure',
      'false sure',
      'false torn',
      'median',
      'p99',
    ],
    [
      ['promised', '', '', '≥ 92 %', '≥ 98 %', '≥ 92 %', '≤ 3 %', '≤ 4 %', '≤ 15 %', '', '≤ 2 ms'],
      ...figures.map((one) => [
        one.name,
        String(one.inScope),
        String(one.outOfScope),
        ...[one.top1, one.top3, one.answered, one.wrongSure].map((share) => shareOf(one.inScope, share)),
        ...[one.falseSure, one.falseTorn].map((share) => shareOf(one.outOfScope, share)),
        ms(one.p50Ms),
        ms(one.p99Ms),
      ]),
    ],
  );
}

/** Nothing where there was nothing to ask. */
const shareOf = (asked: number, share: number): string => (asked === 0 ? '' : percent(share));

const FIGURES_NOTE = `*Answered*: sure of a right entry, or torn with a right one among the candidates. *Wrong sure* is a share of the questions in scope, *false
sure* and *false torn* of those out of scope. Nothing was fitted to the development set. The held-out set (\`bench/match/sets/held-out.jsonl\`) was
written before anything was tuned, the terse one (\`held-out-terse.jsonl\`) late, in another voice; afterwards phrasings in that voice were added to
the entries, and it decided how many foreign messages the cross-validation may place. Both are by the hand that wrote most of the
vocabulary: the development set, by another hand, says more.

*Pastes* (\`pastes.jsonl\`) are output of real components as people paste it: events, logs, ConfigMaps with a question beside them; about half of
them no entry covers. *Near misses* (\`near-misses.jsonl\`) are questions and errors near the field that no entry covers. Both, and the
conversations below, were written by another hand than entries and phrasings, before anything was tuned on them; afterwards
their misses were read, and vocabulary and rules grew by the kinds found there, so that a set nobody has seen would do somewhat worse. The texts that the
weights are fitted to share no line with them, and a test holds that. A text that does not decide by itself says which entries may be offered at most
(\`atMost\`): torn over those is not false. The second sets (\`second-pastes.jsonl\`, \`second-near-misses.jsonl\`) were written later, from source and
reports of components, before their writer had seen what the matcher makes of them; nothing was tuned on them since. The third sets (\`third-pastes.jsonl\`,
\`third-near-misses.jsonl\`, \`third-conversations.jsonl\`) are by yet another hand, which wrote them before it had looked at the matcher: terse, in Chinese, other
components and clouds. It read the misses of a set that is not kept and mended their kinds; of these it had seen the figures before, and tuned nothing on them.
As first seen: 0 % wrong and sure and 3.2 % false and sure (one text, which an entry does claim) of the pastes, 0 % falsely sure and 6.1 % falsely torn of the near misses.
The fourth (\`fourth-pastes.jsonl\`, \`fourth-near-misses.jsonl\`) were written, from source and reports of components, by one who had read the code and not
run it. As first seen: of 40 pastes none wrong and sure and one false and sure (a path in an error of kube-proxy that the entry on conntrack does not cover), of
60 near misses one falsely sure ("DigitalOcean", cut into two words) and one falsely torn. Those two kinds were then mended, so that the table flatters; six texts of the fourth sets that others had nearly word for word were put in other words. The fifth
(\`fifth-pastes.jsonl\`, \`fifth-near-misses.jsonl\`, 40 each) were written before their writer had looked at the matcher. As first seen: every covered paste right and first, none wrong or
false and sure, one of the 20 others falsely torn; no near miss placed. Promised of pastes: wrong or false and sure at most 1 %; of near misses: falsely sure at most 2 %, falsely
torn at most 10 %.`;

/** What each set is there to show: right answers where an entry is right, restraint where none is. */
function ablationTable({ ablation }: Results): string {
  const sets = Object.keys(ablation[0]?.sets ?? {});
  const inScope = sets.filter((set) => (ablation[0]?.sets[set]?.top1 ?? 0) > 0);
  return table(
    [
      '',
      ...inScope.flatMap((set) => [`${set}: first`, 'answered', 'wrong or false, sure']),
      ...sets.slice(-2).map((set) => `${set}: falsely torn`),
      'follow-ups: entry',
      'passage',
    ],
    ablation.map(({ name, sets: figures, threads }) => [
      name,
      ...inScope.flatMap((set) => {
        const one = figures[set];
        return [
          percent(one?.top1 ?? 0),
          percent(one?.answered ?? 0),
          percent((one?.wrongSure ?? 0) + (one?.falseSure ?? 0)),
        ];
      }),
      ...sets.slice(-2).map((set) => percent(figures[set]?.falseTorn ?? 0)),
      percent(threads.followUp),
      percent(threads.passage),
    ]),
  );
}

const SIGNALS_NOTE = `Each row is a fit of its own without those signals. Many signals see the same thing, so that losing one costs little. What each adds:

- **letters**: slips that correction leaves, word forms, compounds written together.
- **concepts**: the same said in other words.
- **odds**: words that are telling for an entry although no single phrasing is near (naive Bayes).
- **error texts**: a literal message decides, wherever in a paste it stands. One that two entries have decides between neither of them: its words are then
  taken out before the other signals look.
- **keywords**: words that no phrasing uses. Single questions lose nothing without them; threads do, where a follow-up is a few words long.
- **entry texts**: the words of the answer. Without them pastes that nobody had read have the right entry first less often.

Dropped, since without all of these no bar is missed, in questions or in threads: the nearest phrasings by stems and pairs, how much of a phrasing a long story
contains, the sides of contrasts (inbound or outbound), error texts that are nearly there, and before them the single nearest phrasing, the three most telling
words, and the share of the question's words that an entry knows.`;

function correctionsTable({ corrections }: Results): string {
  return table(
    ['slips', 'read as meant', 'a word', 'asked'],
    corrections.map(({ name, right, msPerWord, asked }) => [
      name,
      percent(right),
      `${msPerWord.toFixed(3)} ms`,
      String(asked),
    ]),
  );
}

const CORRECTIONS_NOTE = `Words of the phrasings with one slip each, asked for the first time. So two libraries stay beside the signals: \`fastest-levenshtein\` for the
correction that every word of every question goes through, and Fuse for what that leaves, names of the field that were written by ear. Without Fuse "konntrack is
full on two nodes" is a word that nobody knows, and has no answer (\`test/intents/match/mangled-names.test.ts\`).`;

function peersTable({ peers }: Results): string {
  return table(
    ['searcher', 'right first', 'in first 3', 'index', 'median', 'p99'],
    peers.map((one) => [
      one.name,
      percent(one.top1),
      percent(one.top3),
      ms(one.indexMs),
      ms(one.p50Ms),
      ms(one.p99Ms),
    ]),
  );
}

const PEERS_NOTE = `All questions of these sets, the same entries and phrasings for everyone. Times are the best of three runs, so that other work on the machine
counts less; the page is written under \`nice -n -10\`. None of the libraries says when it has no answer.`;

function growthTable({ growth }: Results): string {
  return table(
    ['entries', 'searcher', 'index', 'median', 'p99', 'right first', 'asked'],
    growth.map((one) => [
      String(one.entries),
      one.name,
      ms(one.indexMs),
      ms(one.p50Ms),
      ms(one.p99Ms),
      percent(one.top1),
      String(one.asked),
    ]),
  );
}

const GROWTH_NOTE = `The real entries and made-up ones with eight phrasings each, every eighth question, as many of them as ten seconds allow. The weights are those fitted for the real entries.`;

const HOW_TO = `## To see for yourself

\`\`\`bash
npm run fit:match                       # fit the weights again
npm run bench:match                     # measure, and write this page
npm run bench:match -- --json           # the same figures as JSON
acknet eval questions.jsonl [--json]    # measure on a file of your own
acknet ask "…" --why                    # the signals behind one answer
\`\`\`

\`acknet eval --json\` prints one object: \`inScope\`, \`outOfScope\` (counts), \`top1\`, \`top3\`, \`answered\`, \`wrongSure\`, \`falseSure\`, \`falseTorn\`
(shares from 0 to 1), \`p50Ms\`, \`p99Ms\` (best of three runs of each match), and \`kinds\` with the same shares per \`kind\` where lines carry one.
A line is \`{"text": "…", "intents": ["id", …], "atMost": ["id", …], "kind": "…"}\`; an empty list is out of scope, \`atMost\` and \`kind\` may be left out.
Where a line holds a conversation instead, \`{"turns": [{"text": "…", "intents": ["id", …], "passage": "…", "said": false, "kind": "…"}, …]}\`, the object
has \`conversations\` too: the counts of \`turns\` and the shares of the table above. \`passage\` is a name of \`intents/passages.yaml\`, or a list of
those that would be right; \`said: false\` marks what the entry has no answer to; \`kind\` is \`first\`, \`follow-up\`, \`switch\`, \`still-broken\`,
\`two-questions\` or \`talk\`, and follows from place and entries where it is left out. Lines that cannot be used are reported by number and the
exit code is 2.

After entries, phrasings or the vocabulary have changed, fit the weights again and commit both.`;
