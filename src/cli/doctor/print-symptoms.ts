import { doctorTexts } from '../../texts/cli/doctor.js';
import { exitCodes } from '../terminal/exit-codes.js';
import { forTerminal } from '../terminal/for-terminal.js';
import type { Terminal } from '../runtime.js';
import type { Symptom } from './symptom.js';

const marks = { ok: 'ok     ', fault: 'FAULT  ', unread: 'UNREAD ' } as const;

/** Exit code 0 all is as it should be, 1 a fault, 2 something could not be looked at. */
export function printSymptoms(symptoms: readonly Symptom[], stdout: Terminal): number {
  for (const { state, what, todo } of symptoms)
    stdout.write(forTerminal(`${marks[state]}${what}${todo === undefined ? '' : doctorTexts.todo(todo)}\n`));
  if (symptoms.some(({ state }) => state === 'fault')) return exitCodes.found;
  return symptoms.some(({ state }) => state === 'unread') ? exitCodes.notReadable : exitCodes.done;
}
