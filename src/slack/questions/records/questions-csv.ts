import type { QuestionRecord } from './question-records.js';

const columns = ['at', 'kind', 'entry', 'score', 'user', 'question'] as const;

/** RFC 4180. A leading `=`, `+`, `-` or `@` is quoted with an apostrophe: spreadsheets would run it. */
export function questionsCsv(records: readonly QuestionRecord[]): string {
  const rows = records.map((record) => columns.map((column) => cell(String(record[column] ?? ''))).join(','));
  return `${[columns.join(','), ...rows].join('\r\n')}\r\n`;
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
