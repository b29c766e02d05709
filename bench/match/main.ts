import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openConversation } from '../../src/intents/conversation/open-conversation.js';
import { loadThreadWeights } from '../../src/intents/conversation/thread-weights.js';
import { judgeQuestions, summarize } from '../../src/intents/evaluation/evaluate.js';
import { judgeConversations } from '../../src/intents/evaluation/judge-conversations.js';
import type { Question } from '../../src/intents/evaluation/read-questions.js';
import { summarizeConversations } from '../../src/intents/evaluation/summarize-conversations.js';
import type { Matcher } from '../../src/intents/intent.js';
import { createMatcher } from '../../src/intents/match/create-matcher.js';
import { loadMatchData } from '../../src/intents/match/data/load-match-data.js';
import { fitThreadsTo } from './fit/fit-threads-to.js';
import { scoreAll } from './fit/fit-weights.js';
import { openFit } from './fit/open-fit.js';
import { ablate } from './measure/ablation.js';
import { measureCorrections } from './measure/corrections.js';
import { measureSearch } from './measure/measure-search.js';
import { fuse, lunrSearch, miniSearch, ours } from './measure/searchers.js';
import { growTo } from './measure/synthetic-entries.js';
import { openConversations } from './open-conversations.js';
import { renderPage } from './page/render-page.js';
import { readSet } from './sets/read-set.js';

/** `npm run bench:match [-- --json] [FILE.jsonl]`: measures the matcher; without --json it writes docs/matching.md. */
const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
const [development = '../shared/eval/questions.dev.jsonl'] = positionals;

const SIZES = [43, 500, 1000, 2500, 5000];

const input = await openFit();
const data = await loadMatchData('intents');
const matcher = createMatcher(input.intents, data);
const weights = await loadThreadWeights('intents');
const { takeTurn, names } = await openConversations({ intents: input.intents, matcher, weights });
const setOf = (name: string) => readSet(`bench/match/sets/${name}.jsonl`, names);

const written: Record<string, readonly Question[]> = {};
if (existsSync(development)) written.development = (await readSet(development, names)).questions;
written['held out'] = (await setOf('held-out')).questions;
written['held out, terse'] = (await setOf('held-out-terse')).questions;
const asked = Object.values(written).flat();
const unasked = {
  pastes: (await setOf('pastes')).questions,
  'pastes, second set': (await setOf('second-pastes')).questions,
  'pastes, third set': (await setOf('third-pastes')).questions,
  'pastes, fourth set': (await setOf('fourth-pastes')).questions,
  'pastes, fifth set': (await setOf('fifth-pastes')).questions,
  'near misses': (await setOf('near-misses')).questions,
  'near misses, second set': (await setOf('second-near-misses')).questions,
  'near misses, third set': (await setOf('third-near-misses')).questions,
  'near misses, fourth set': (await setOf('fourth-near-misses')).questions,
  'near misses, fifth set': (await setOf('fifth-near-misses')).questions,
};

const figures = Object.entries({ ...written, ...unasked }).map(([name, questions]) => ({
  name,
  ...summarize(judgeQuestions(matcher, questions, () => performance.now())),
}));
const threadsOf = async (name: string, take = takeTurn) => {
  const { conversations } = await setOf(name);
  return summarizeConversations(judgeConversations(() => openConversation(take), conversations));
};
const converse = async (tried: Matcher) => {
  const { intents } = input;
  const fitted = await fitThreadsTo(intents, tried);
  const opened = await openConversations({ intents, matcher: tried, weights: fitted });
  return threadsOf('second-conversations', opened.takeTurn);
};
const threads = {
  'tuned on': await threadsOf('conversations'),
  second: await threadsOf('second-conversations'),
  third: await threadsOf('third-conversations'),
  fourth: await threadsOf('fourth-conversations'),
  'two in one': await threadsOf('fourth-two-questions'),
  fifth: await threadsOf('fifth-conversations'),
  sixth: await threadsOf('sixth-conversations'),
  'two in one, fifth': await threadsOf('fifth-two-questions'),
  'held out': await threadsOf('held-out-conversations'),
};
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
const questionsOf = (begin: string) =>
  Object.entries(unasked).flatMap(([name, questions]) => (name.startsWith(begin) ? questions : []));
const ablation = await ablate({
  opened: input,
  data,
  scored: scoreAll(input),
  converse,
  sets: {
    ...written,
    pastes: questionsOf('pastes'),
    'near misses': questionsOf('near misses'),
  },
});

const corrections = measureCorrections(input.knowledge);

const phrasings = input.knowledge.phrasings.length;
const results = { figures, threads, peers, growth, ablation, corrections, phrasings };
if (values.json) console.log(JSON.stringify(results));
else {
  const page = renderPage(results);
  await writeFile('docs/matching.md', page);
  console.log(page);
}
