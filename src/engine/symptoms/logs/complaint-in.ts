import { type ComplaintWording, complaintWordings, type Speaker } from './complaint-wordings.js';
import { endsByItself } from './passing-errors.js';

const LONGEST = 2_000;

/** What a line tells of its component's work; undefined = nothing that is known. */
export function complaintIn(speaker: Speaker, line: string): ComplaintWording | undefined {
  const text = line.slice(0, LONGEST);
  const wording = complaintWordings.find(
    ({ by, pattern }) => by[speaker] !== undefined && pattern.test(text),
  );
  return wording === undefined || endsByItself(text) ? undefined : wording;
}
