import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { judgeQuestions, summarize } from '../../src/intents/evaluation/evaluate.js';
import { type Question, readQuestions } from '../../src/intents/evaluation/read-questions.js';
import { createMatcher } from '../../src/intents/match/create-matcher.js';
import { loadMatchData } from '../../src/intents/match/load-match-data.js';
import { ablate } from './ablation.js';
import { measureSearch } from './measure-search.js';
import { openFit } from './open-fit.js';
import { renderPage } from './render-page.js';
import { fuse, lunrSearch, miniSearch, ours } from './searchers.js';
import { growTo } from './synthetic-entries.js';

/** `npm run bench:match [-- --json] [FILE.jsonl]`: measures the matcher; without --json it writes docs/matching.md. */
const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true });
const [development = '../shared/eval/questions.dev.jsonl'] = positionals;

const SIZES = [43, 500, 1000, 2500, 5000];

const input = await openFit();
const data = await loadMatchData('intents');
const known = new Set(input.intents.map(({ id }) => id));

const files: Record<string, readonly Question[]> = {};
if (existsSync(development)) files.development = await questionsIn(development);
files['held out'] = await questionsIn('bench/match/held-out.jsonl');
files['held out, terse'] = await questionsIn('bench/match/held-out-terse.jsonl');
const asked = Object.values(files).flat();

const matcher = createMatcher(input.intents, data);
const figures = Object.entries(files).map(([name, questions]) => ({
  name,
  ...summarize(judgeQuestions(matcher, questions, () => performance.now())),
}));
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
const ablation = ablate(input, files);

const results = { figures, peers, growth, ablation, phrasings: input.knowledge.phrasings.length };
if (values.json) console.log(JSON.stringify(results));
else {
  const page = renderPage(results);
  await writeFile('docs/matching.md', page);
  console.log(page);
}

async function questionsIn(file: string): Promise<readonly Question[]> {
  const { questions, faults } = readQuestions(await readFile(file, 'utf8'), known);
  if (faults.length > 0) throw new Error(`${file}: ${faults.join('\n')}`);
  return questions;
}
