import type { CheckRun } from '../../../engine/checking/check-run.js';
import { count } from '../../../texts/count.js';
import { blocksOf, context } from '../../kit/blocks.js';
import type { KnownBlock } from '../../kit/message.js';
import { literal, when } from '../../kit/mrkdwn.js';

const SHOWN = 5;

/** What the coming minutes decide; it is neither a problem nor well. */
export function recoveringLines({ recovering = [] }: CheckRun): KnownBlock[] {
  const since = new Map<string, string[]>();
  for (const { about, since: at } of recovering) since.set(at, [...(since.get(at) ?? []), nameOf(about)]);
  return blocksOf(
    ...[...since].map(([at, names]) => {
      const rest = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
      const shown = literal(names.slice(0, SHOWN).join(', '));
      return context(
        `:hourglass_flowing_sand: ${count(names.length, 'pod')} recovering since ${when(at)}, when the network of the node came back: ${shown}${rest}. Check again in a few minutes.`,
      );
    }),
  );
}

const nameOf = ({ namespace, name }: NonNullable<CheckRun['recovering']>[number]['about']): string =>
  namespace === undefined ? name : `${namespace}/${name}`;
