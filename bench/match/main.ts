import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createConversations } from '../../src/intents/conversation/create-conversations.js';
import { openConversation } from '../../src/intents/conversation/open-conversation.js';
import { loadTalk } from '../../src/intents/conversation/talk-data.js';
import { loadThreadWeights } from '../../src/intents/conversation/thread-weights.js';
import { judgeQuestions, summarize } from '../../src/intents/evaluation/evaluate.js';
import { judgeConversations } from '../../src/intents/evaluation/judge-conversations.js';
import {
  type Question,
  type ReadQuestions,
  readQuestions,
} from '../../src/intents/evaluation/read-questions.js';
import { summarizeConversations } from '../../src/intents/evaluation/summarize-conversations.js';
import { createMatcher } from '../../src/intents/match/create-matcher.js';
import { loadMatchData } from '../../src/intents/match/data/load-match-data.js';
import { loadCueWords } from '../../src/intents/passages/cue-words.js';
import { loadPassageKinds } from '../../src/intents/passages/passage-kinds.js';
import { scoreAll } from './fit/fit-weights.js';
import { openFit } from './fit/open-fit.js';
import { ablate } from './measure/ablation.js';
import { measureSearch } from './measure/measure-search.js';
import { fuse, lunrSearch, miniSearch, ours } from './measure/searchers.js';
import { growTo } from './measure/synthetic-entries.js';
import { renderPage } from './page/render-page.js';

/** `npm run bench:match [-- --json] [FILE.jsonl]`: measures the matcher; without --json it writes docs/matching.md. */
const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
const [development = '../shared/eval/questions.dev.jsonl'] = positionals;

const SIZES = [43, 500, 1000, 2500, 5000];

const input = await openFit();
const data = await loadMatchData('intents');
const passageKinds = await loadPassageKinds('intents');
const names = {
  intents: new Set(input.intents.map(({ id }) => id)),
  passages: new Set(Object.keys(passageKinds)),
};

const written: Record<string, readonly Question[]> = {};
if (existsSync(development)) written.development = (await readSet(development)).questions;
written['held out'] = (await readSet('bench/match/sets/held-out.jsonl')).questions;
written['held out, terse'] = (await readSet('bench/match/sets/held-out-terse.jsonl')).questions;
const asked = Object.values(written).flat();
const pastes = (await readSet('bench/match/sets/pastes.jsonl')).questions;
const nearMisses = (await readSet('bench/match/sets/near-misses.jsonl')).questions;
const { conversations } = await readSet('bench/match/sets/conversations.jsonl');

const matcher = createMatcher(input.intents, data);
const { takeTurn } = createConversations({
  ...{ intents: input.intents, matcher, passageKinds, commonWords: data.commonWords },
  cueWords: await loadCueWords('intents'),
  talk: await loadTalk('intents'),
  weights: await loadThreadWeights('intents'),
});
const figures = Object.entries({ ...written, pastes, 'near misses': nearMisses }).map(
  ([name, questions]) => ({
    name,
    ...summarize(judgeQuestions(matcher, questions, () => performance.now())),
  }),
);
const threads = summarizeConversations(judgeConversations(() => openConversation(takeTurn), conversations));
const searchers = [ours(data), fuse, miniSearch, lunrSearch];
const peers = searchers.map((searcher) =>
  measureSearch(searcher, input.intents, { questions: asked, runs: 3, limitMs: 120_000 }),
);
const words = [...data.commonWords].filter((word) => word.length > 4);
const growth = SIZES.flatMap((size) => {
  const intents = growTo(size, input.intents, words);
  const questions = asked.filter((_, at) => at % 8 === 0);
  return searchers.map((searcher) =>
    measureSearch(searcher, intents, { questions, runs: 2, limitMs: 10_000 }),
  );
});
const ablation = ablate({
  opened: input,
  data,
  scored: scoreAll(input),
  sets: { ...written, pastes, 'near misses': nearMisses },
});

const results = { figures, threads, peers, growth, ablation, phrasings: input.knowledge.phrasings.length };
if (values.json) console.log(JSON.stringify(results));
else {
  const page = renderPage(results);
  await writeFile('docs/matching.md', page);
  console.log(page);
}

async function readSet(file: string): Promise<ReadQuestions> {
  const read = readQuestions(await readFile(file, 'utf8'), names);
  if (read.faults.length > 0) throw new Error(`${file}: ${read.faults.join('\n')}`);
  return read;
}
