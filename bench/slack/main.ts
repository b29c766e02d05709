import { parseArgs } from 'node:util';
import { measureLoad } from './measure-load.js';
import { type LoadResult, ratiosOf, summaryOf } from './summary.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '100' },
    warm: { type: 'string', default: '0' },
    together: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const load = { seconds: Number(values.seconds), rate: Number(values.rate) };
const warmSeconds = Number(values.warm);
if (![load.seconds, load.rate, warmSeconds + 1].every((value) => Number.isInteger(value) && value > 0)) {
  console.error('usage: npm run bench:slack -- [--seconds N] [--rate N] [--warm N] [--together] [--json]');
  process.exit(64);
}

const result = await measureLoad(load, { warmSeconds, together: values.together });
console.log(values.json ? JSON.stringify(summaryOf(result)) : inWords(result));
for (const line of result.complaints.slice(0, 20)) console.error(line);
if (result.acknet.unanswered + result.echo.unanswered + result.complaints.length > 0) process.exitCode = 1;

function inWords(load: LoadResult): string {
  const summary = summaryOf(load);
  const { ack, answer, growth } = ratiosOf(summary);
  const part = (share: number): string => `${Math.round(share * 100)} %`;
  return [
    `acks: p50 ${summary.ackP50Ms} ms, p99 ${summary.ackP99Ms} ms, echo p99 ${summary.echoAckP99Ms} ms: ${ack.toFixed(1)} x`,
    `answers: p50 ${summary.answerP50Ms} ms, p99 ${summary.answerP99Ms} ms, echo p99 ${summary.echoAnswerP99Ms} ms: ${answer.toFixed(1)} x`,
    `memory: ${summary.rssStartMb} MB to ${summary.rssEndMb} MB, ${part(growth)}`,
    `processor time a mention: ${load.cpuPerMentionMs.toFixed(1)} ms`,
    `unanswered: ${load.acknet.unanswered}, echo ${load.echo.unanswered}; complaints in the logs: ${load.complaints.length}`,
    `workspace's own processor time ${part(load.acknet.share)}, its event loop's p99 ${load.acknet.ownDelayP99Ms.toFixed(1)} ms; echo's ${part(load.echo.share)}, ${load.echo.ownDelayP99Ms.toFixed(1)} ms`,
  ].join('\n');
}
