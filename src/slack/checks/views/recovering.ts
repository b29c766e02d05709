import type { ContextBlock } from '@slack/types';
import type { CheckRun } from '../../../engine/checking/check-run.js';
import { checkTexts } from '../../../texts/checks.js';
import { context } from '../../kit/blocks.js';
import { literal, when } from '../../kit/writing/mrkdwn.js';

const SHOWN = 5;

/** What the coming minutes decide; it is neither a problem nor well. */
export function recoveringLines({ recovering = [] }: CheckRun): ContextBlock[] {
  const since = new Map<string, string[]>();
  for (const { about, since: at } of recovering) since.set(at, [...(since.get(at) ?? []), nameOf(about)]);
  return [...since].map(([at, names]) => {
    const rest = names.length > SHOWN ? checkTexts.andMore(names.length - SHOWN) : '';
    const shown = literal(names.slice(0, SHOWN).join(', '));
    return context(
      `:hourglass_flowing_sand: ${checkTexts.recovering(names.length, when(at), `${shown}${rest}`)}`,
    );
  });
}

const nameOf = ({ namespace, name }: NonNullable<CheckRun['recovering']>[number]['about']): string =>
  namespace === undefined ? name : `${namespace}/${name}`;
