import type { Approvals } from '../../../approvals/create-approvals.js';
import { questionTexts as texts } from '../../../texts/questions.js';
import type { Command, CommandContext } from '../../commands/command-context.js';
import { type QuestionGroup, questionsView } from '../../commands/lists.js';
import { noticeView, refusalView } from '../../kit/notices.js';
import type { Poster } from '../../wire/create-poster.js';
import { groupSimilar } from './group-similar.js';
import type { QuestionRecord, QuestionRecords } from './question-records.js';
import { questionsCsv } from './questions-csv.js';

interface ListKind {
  readonly title: string;
  readonly file: string;
  readonly kinds: readonly QuestionRecord['kind'][];
}

interface QuestionListPorts {
  readonly approvals: Pick<Approvals, 'may'>;
  readonly records: Pick<QuestionRecords, 'list'>;
  readonly poster: Pick<Poster, 'hand'>;
}

const list =
  ({ title, file, kinds }: ListKind) =>
  (ports: QuestionListPorts): Command =>
  async (context) => {
    const { who, command } = context;
    const may = await ports.approvals.may('maintain', who);
    if (!may.ok) return context.reply(refusalView(may));
    const records = await ports.records.list(kinds);
    if (command.options.csv === undefined) return context.reply(...questionsView(title, grouped(records)));
    return sendCsv(ports, context, { file, title, records });
  };

export const unansweredCommand = list({
  title: texts.notPlaced,
  file: 'acknet-unanswered.csv',
  kinds: ['unplaced', 'not-it'],
});

export const feedbackCommand = list({
  title: texts.feedback,
  file: 'acknet-feedback.csv',
  kinds: ['helpful', 'not-helpful'],
});

function grouped(records: readonly QuestionRecord[]): QuestionGroup[] {
  const groups = groupSimilar(records, ({ question, entry }) => `${entry ?? ''} ${question}`);
  return groups.map((group) => {
    const [newest] = group as [QuestionRecord, ...QuestionRecord[]];
    const good = group.filter(({ kind }) => kind === 'helpful').length;
    const bad = group.filter(({ kind }) => kind === 'not-helpful').length;
    return {
      example: newest.question,
      times: group.length,
      entry: newest.entry,
      score: newest.score,
      verdicts: good + bad > 0 ? texts.verdicts(good, bad) : undefined,
      last: newest.at,
    };
  });
}

/** To the maintainer's own DM: questions are not for the whole channel. */
async function sendCsv(
  { poster }: QuestionListPorts,
  { who, reply }: CommandContext,
  { file, title, records }: { file: string; title: string; records: readonly QuestionRecord[] },
): Promise<void> {
  await poster.hand(who.user, { name: file, title, content: questionsCsv(records) });
  return reply(noticeView(texts.fileInDm(file)));
}
